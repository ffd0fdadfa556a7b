package modules

import (
	"os"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// A module that follows a child into each kind of work has words for it where it
// begins, as a first cue, and where it ends, as what to do: all of them, in both
// languages.
func TestEveryRoleHasACueAndALastWord(t *testing.T) {
	lib, _ := product(t)
	for _, slug := range []string{"signs", "own-streets", "first-hours", "nrm-and-guardian", "victims-not-criminals", "working-together"} {
		m, ok := lib.Module(slug)
		if !ok || len(m.Roles) < 8 {
			t.Fatalf("%s: %d roles", slug, len(m.Roles))
		}
		for _, l := range i18n.Langs {
			raw, err := os.ReadFile("content/" + slug + "/" + string(l) + ".md")
			if err != nil {
				t.Fatal(err)
			}
			sections := strings.Split(string(raw), "\n## ")[1:]
			for _, part := range []int{0, len(sections) - 1} {
				if slug == "signs" && part == 0 {
					part = 1 // it begins with all settings, and goes on to one's own
				}
				for _, role := range m.Roles {
					if strings.Count(sections[part], "::: role "+role+"\n") != 1 {
						t.Errorf("%s/%s.md: part %d has no words of its own for %s", slug, l, part+1, role)
					}
				}
			}
		}
	}
}
