package quiz

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// caseOf finds the child whose case a module tells: its last section leads "From
// Lowri to your own job".
var caseOf = regexp.MustCompile(`(?m)^## From (\S+) to your own job \{#mine\}$`)

// A child of a module's case has their name to themselves: no question of another
// module, nor of the final assessment, is about somebody of that name.
func TestChildrenOfTheCasesAreNotInOtherBanks(t *testing.T) {
	lessons, err := filepath.Glob("../modules/content/*/en.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, lesson := range lessons {
		text, err := os.ReadFile(lesson)
		if err != nil {
			t.Fatal(err)
		}
		m := caseOf.FindSubmatch(text)
		if m == nil {
			continue // a module without a case
		}
		found++
		own := filepath.Base(filepath.Dir(lesson))
		name := regexp.MustCompile(`\b` + regexp.QuoteMeta(string(m[1])) + `\b`)
		banks, err := filepath.Glob("bank/*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, bank := range banks {
			if id := strings.TrimSuffix(filepath.Base(bank), ".yaml"); id == own {
				continue
			}
			text, err := os.ReadFile(bank)
			if err != nil {
				t.Fatal(err)
			}
			if name.Match(text) {
				t.Errorf("%s, the child of module %s, is also in %s", m[1], own, bank)
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d modules tell a case", found)
	}
}
