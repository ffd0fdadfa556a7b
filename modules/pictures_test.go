package modules

import (
	"strings"
	"testing"
)

// A picture that is not there, or that nothing describes, is found with its line,
// in a module and in a case.
func TestPicturesAreThereAndDescribed(t *testing.T) {
	files := good(t)
	replace(t, files, "lamp/cases/lamp.yaml", "id: lamp\n", "id: lamp\nscene: quiet-room\n")
	lib, _ := mustLoad(t, files)
	is := func(names string) func(string) bool {
		return func(name string) bool { return strings.Contains(names, name) }
	}
	for name, c := range map[string]struct {
		drawn, described string
		want             []string
	}{
		"both":            {"one-window quiet-room", "one-window quiet-room", nil},
		"none there":      {"", "one-window quiet-room", []string{`lamp/module.yaml:29: scene of first: there is no picture "one-window": name one`, `lamp/cases/lamp.yaml:3: scene: there is no picture "quiet-room"`}},
		"one undescribed": {"one-window quiet-room", "one-window", []string{`lamp/cases/lamp.yaml:3: scene: nothing says what the picture "quiet-room" shows: add scene.quiet-room`}},
	} {
		found := CheckPictures(files, lib, is(c.drawn), is(c.described))
		if len(found) != len(c.want) {
			t.Errorf("%s: %s", name, list(found))
			continue
		}
		for i, want := range c.want {
			if found[i].Warning || !strings.Contains(found[i].String(), want) {
				t.Errorf("%s: want %s, found %s", name, want, found[i])
			}
		}
	}
}
