package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// What is kept of a page is what would be made anew: whoever looks at a lesson,
// in whatever state, at whatever version, sees nothing of who looked before.
func TestWhatIsKeptIsAsMadeAnew(t *testing.T) {
	t.Parallel()
	var w wiring
	warm := newHouse(t, func(given *wiring) { w = *given })
	warm.write(func(tx store.Tx) error { // a second kind of work, for which other words are open
		all, err := people.MembershipsOf(tx.Rx, warm.cast.id["huw"])
		if err == nil {
			err = people.EndMembership(tx, all[0].ID)
		}
		if err == nil {
			_, err = people.AddMembership(tx, people.NewMembership{PersonID: warm.cast.id["huw"], OrganisationID: all[0].Organisation.ID,
				BoardID: all[0].Board.ID, Role: people.Learner, JobRole: people.Health})
		}
		return err
	})
	m, _ := warm.school.Library().Module("what-it-is")
	who := []string{"nia", "huw", "beca"}
	warm.as("beca").post("/en/account/nation", url.Values{"nation": {"england"}}).want(http.StatusSeeOther)
	warm.as("nia").post("/en/account/nation", url.Values{"nation": {"scotland"}}).want(http.StatusSeeOther)
	look := func(state string) {
		t.Helper()
		cold := *warm
		p := *warm.program
		if err := p.open(w); err != nil { // pages of which nothing is kept yet
			t.Fatal(err)
		}
		cold.program = &p
		for _, l := range i18n.Langs {
			for i, s := range m.Sections {
				path := "/" + string(l) + "/learn/" + courseSlug + "/what-it-is/" + s.ID
				for _, version := range []string{"", "?version=short"} {
					for _, name := range []string{who[i%3], who[(i+1)%3], who[i%3]} {
						got, want := warm.as(name).get(path+version), cold.as(name).get(path+version)
						if got.Status != http.StatusOK || got.Body != want.Body {
							t.Fatalf("%s: %s%s is not for %s: %d\n%s", state, path, version, name, got.Status, firstDifference(got.Body, want.Body))
						}
					}
				}
			}
		}
	}
	look("nobody has begun")
	for i := range m.Sections { // one is a part ahead of another
		s := m.Sections[i/3]
		warm.as(who[i%3]).post("/en/learn/"+courseSlug+"/what-it-is/"+s.ID, nil).want(http.StatusSeeOther)
		look("after " + s.ID)
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\n" + y[i]
		}
	}
	return "one is longer"
}
