package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// What cannot be undone, and what makes somebody powerful, asks the administrator
// for a proof. Without one, and with a wrong one, nothing happens and nothing that
// was typed is lost; after too many the form itself says so, and how long to wait.
func TestWrongProofsLoseNothing(t *testing.T) {
	t.Parallel()
	people := "/admin/people/"
	for _, c := range []struct {
		page, form string
		typed      []string
	}{
		{people + "huw/email", "correct", []string{"reason", "asked by telephone", "email", "huw.penri@shared.example"}},
		{people + "huw/erase", "erase", []string{"reason", "asked by telephone", "confirm", folk["huw"].email}},
		{people + "huw", "give", []string{"role", "admin", "place", "school-a/board-a", "job_role", "health"}},
		{people + "lowri/second-factor", "reset", []string{"reason", "asked by telephone"}},
		{"/admin/agency/school-a/merge/both", "merge", []string{"reason", "asked by telephone"}},
		{"/admin/invitations/new", "invite", []string{"email", "guest@nowhere.example", "name", "Guest", "place", "school-a/board-a", "role", "officer", "job_role", "health", "language", "cy"}},
	} {
		for _, l := range i18n.Langs {
			h := newHouse(t)
			path := c.page
			for _, who := range []string{"huw", "lowri"} {
				path = strings.ReplaceAll(path, people+who, people+h.id[who])
			}
			alun, path := h.as("alun"), "/"+string(l)+path
			page := alun.get(path).want(http.StatusOK).has(h.words.T(l, "second.proof_code"))
			before := h.powers()
			try := func(typed string) *reply {
				r := alun.press(page, c.form, "", append(c.typed, "proof", typed)...)
				sound(t, "without a right proof", r)
				form := formValues(find(r.doc(), byID(c.form)))
				for i := 0; i < len(c.typed); i += 2 {
					if form.Get(c.typed[i]) != c.typed[i+1] {
						t.Errorf("%s: the form lost %v", path, form)
					}
				}
				if strings.Contains(r.Body, "000 000") {
					t.Errorf("%s: the code came back", path)
				}
				return r
			}
			try("").want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.factor.required_code"))
			r := try("000 000").want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.factor.wrong"))
			for n := 0; n < 20 && r.Status == http.StatusUnprocessableEntity; n++ {
				r = try("000 000")
			}
			from := h.clock.Now().Add(6*time.Minute - time.Nanosecond).Truncate(time.Minute).In(i18n.London()).Format("15:04")
			r.want(http.StatusTooManyRequests).has(h.words.T(l, "people.factor.proofs", "Time", from))
			if find(r.doc(), byID("proof-error")) == nil {
				t.Errorf("%s: nothing is said beside the proof", path)
			}
			if r.Header.Get("Retry-After") == "" {
				t.Errorf("%s: nothing says how long to wait", path)
			}
			try(h.spare("alun")).want(http.StatusTooManyRequests)
			if h.powers() != before {
				t.Errorf("%s: done without a proof", path)
			}
		}
	}
}

// powers is a print of who is here, belongs, is invited, and by what they sign in.
func (h *house) powers() string {
	all := h.tables()
	return strings.Join([]string{all["people_persons"], all["people_memberships"], all["people_invitations"], all["people_totp"]}, "\n")
}
