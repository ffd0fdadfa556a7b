package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
)

// Who leads, who is an officer, who runs the installation: those, as they were
// asked for, and never a learner; nor for anybody but an administrator.
func TestWhoAnswers(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	for person, f := range map[string]MembershipForm{h.rhian: {"both/west", Lead, Health, ""}, h.tom: {"school/east", Officer, Education, ""}} {
		if err := h.GiveMembership(ctx, v, person, f); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		q    AnsweringQuestion
		want []string
	}{
		{AnsweringQuestion{Role: Lead, Board: "west"}, []string{h.rhian}},
		{AnsweringQuestion{Role: Lead, Organisation: "school", Words: "ELLIS"}, []string{h.tom}},
		{AnsweringQuestion{Role: Lead, Organisation: "school", Words: "morys"}, nil},
		{AnsweringQuestion{Role: Officer, Board: "east", Words: "hill school"}, []string{h.tom}},
		{AnsweringQuestion{Role: Officer, Board: "west"}, nil},
		{AnsweringQuestion{Role: Admin}, []string{h.boss}},
		{AnsweringQuestion{Words: "nobody of this name"}, nil},
		{AnsweringQuestion{Role: Learner}, nil},
	} {
		found, err := WhoAnswers(h.rx(), v, c.q, i18n.EN)
		if err != nil || len(found) != len(c.want) {
			t.Fatalf("%+v: %+v, %v", c.q, found, err)
		}
		for i, a := range found {
			if a.ID != c.want[i] || a.Membership.PersonID != a.ID {
				t.Errorf("%+v: %+v", c.q, a)
			}
		}
	}
	all, err := WhoAnswers(h.rx(), v, AnsweringQuestion{}, i18n.CY)
	if err != nil || len(all) < 3 || all[0].Membership.Role != Admin || all[len(all)-1].Membership.Role != Lead {
		t.Errorf("%+v, %v", all, err)
	}
	for _, role := range []Role{Learner, Lead, Officer} {
		_, err := WhoAnswers(h.rx(), Viewer{Person: h.tom, Memberships: []Membership{{Role: role}}}, AnsweringQuestion{}, i18n.EN)
		wants(t, err, problem.Forbidden, "")
	}
}
