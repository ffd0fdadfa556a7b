package main

import (
	"net/http"
	"testing"

	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
	"golau/modules/scenario"
)

// Authors see which share of people went which way, by their work, and of fewer
// than twenty nothing.
func TestWaysThroughACase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, _ := h.school.Library().Module("signs")
	s := m.Cases[0]
	alun := h.as("alun")
	path := "/admin/cases/signs/" + s.ID
	for _, l := range i18n.Langs {
		list := alun.get("/"+string(l)+"/admin/cases").want(http.StatusOK).has(s.Title.In(l), `href="/`+string(l)+path+`"`)
		sound(t, "the cases", list)
		sound(t, "a case of nobody", alun.get("/"+string(l)+path).want(http.StatusOK).has(h.words.T(l, "admin.cases.few", "Fewest", course.FewestShown)).lacks("<td"))
	}
	h.write(func(tx store.Tx) error {
		all, err := people.MembershipsOf(tx.Rx, h.id["huw"])
		for n := 0; err == nil && n < course.FewestShown; n++ {
			var id, member string
			if id, err = people.AddPerson(tx, people.NewPerson{Email: tx.NewID() + "@school-a.example", Name: "Nest Alaw", Language: i18n.CY}); err != nil {
				break
			}
			if member, err = people.AddMembership(tx, people.NewMembership{PersonID: id, OrganisationID: all[0].Organisation.ID,
				BoardID: all[0].Board.ID, Role: people.Learner, JobRole: people.Health}); err != nil {
				break
			}
			if _, err = course.Enrol(tx, id, member, courseSlug); err == nil {
				err = h.school.TakeIn(tx, id, people.Health, i18n.CY, courseSlug, m, s, func(at *scenario.Turn) *scenario.Option {
					if n < 5 {
						return &at.Options[len(at.Options)-1]
					}
					return at.Recommended()
				})
			}
		}
		return err
	})
	for _, l := range i18n.Langs {
		page := alun.get("/"+string(l)+path).want(http.StatusOK).has("75%", "25%", h.words.T(l, "people.job_role.health")+" (20)")
		sound(t, "a case of twenty", page)
		page.lacks("Nest Alaw")
	}
	alun.get("/en/admin/cases/signs/none").want(http.StatusNotFound)
}
