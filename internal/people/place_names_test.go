package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
)

// A name that two agencies have is asked about, and their keys tell them apart.
func TestTwoAgenciesOfOneName(t *testing.T) {
	name := i18n.Text{EN: "Bro School", CY: "Ysgol Bro"}
	board := Board{ID: "b", Key: "bro"}
	ps := []Place{{Organisation{ID: "1", Key: "bro-school", Name: name}, board}, {Organisation{ID: "2", Key: "bro-school-2", Name: name}, board}}
	for _, at := range []string{"", "bro"} {
		_, err := findPlace(ps, "ysgol bro", at)
		if p, ok := problem.As(err); !ok || p.Fields["organisation"] != "people.invite.same_name" {
			t.Errorf("by the name, at %q: %v", at, err)
		}
		for i, key := range []string{"bro-school", "bro-school-2"} {
			if p, err := findPlace(ps, key, at); err != nil || p.Organisation.ID != ps[i].Organisation.ID {
				t.Errorf("by the key %s, at %q: %+v, %v", key, at, p, err)
			}
		}
	}
}
