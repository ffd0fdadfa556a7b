package modules

import (
	"maps"
	"slices"
	"testing"

	"golau/internal/i18n"
	"golau/internal/yamlfile"
)

// What awaits a professional's check is all of the register that rests on
// practice, was read in a secondary source only or names no source: each with its
// sentence in both languages, under every module that rests on it.
func TestWhatAwaitsACheckIsAllOfIt(t *testing.T) {
	raw, err := embedded.ReadFile("content/fact-ids.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Facts map[string]struct {
			Confidence string
			Sources    []string
			Text, CY   string
		}
	}
	if err := yamlfile.Decode(raw, &file); err != nil {
		t.Fatal(err)
	}
	practice, weak := map[string]bool{}, map[string]bool{}
	for id, f := range file.Facts {
		switch {
		case f.Confidence == "K":
			practice[id] = true
		case f.Confidence == "V2" || len(f.Sources) == 0:
			weak[id] = true
		}
	}
	lib, _, err := Load(Content())
	if err != nil {
		t.Fatal(err)
	}
	if n := lib.Counted(); n != (Counted{len(file.Facts), len(practice), len(weak)}) || len(practice) == 0 || len(weak) == 0 {
		t.Errorf("counted %+v", n)
	}
	metPractice, metWeak := map[string]bool{}, map[string]bool{}
	of := map[*Module][]string{}
	for i, a := range lib.Awaiting() {
		if a.Module == nil && i != len(lib.Awaiting())-1 {
			t.Error("what no module rests on does not stand last")
		}
		for met, list := range map[*map[string]bool][]Awaited{&metPractice: a.Practice, &metWeak: a.Weak} {
			for _, f := range list {
				(*met)[f.ID] = true
				of[a.Module] = append(of[a.Module], f.ID)
				want := file.Facts[f.ID]
				if f.Text != (i18n.Text{EN: want.Text, CY: want.CY}) || !f.Text.Complete() || len(f.Sources) != len(want.Sources) {
					t.Errorf("%s says %v and was read in %d of %d sources", f.ID, f.Text, len(f.Sources), len(want.Sources))
				}
				if a.Module == nil {
					for _, m := range lib.Modules {
						if slices.Contains(lib.restsOn(m), f.ID) {
							t.Errorf("%s rests on %s, which stands as nobody’s", m.Slug, f.ID)
						}
					}
				}
			}
		}
	}
	if !maps.Equal(metPractice, practice) || !maps.Equal(metWeak, weak) {
		t.Errorf("practice %v\nof %v\nweak %v\nof %v", metPractice, practice, metWeak, weak)
	}
	for _, m := range lib.Modules {
		for _, s := range m.Sections {
			for _, id := range s.Facts {
				if (practice[id] || weak[id]) && !slices.Contains(of[m], id) {
					t.Errorf("%s of %s awaits a check and is not listed there", id, m.Slug)
				}
			}
		}
	}
}
