package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Correcting an address and erasing somebody ask the administrator for a proof.
// Without one, and with a wrong one, nothing happens and nothing that was typed
// is lost; after too many the form itself says so, and how long to wait.
func TestWrongProofsLoseNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ page, form, field, value string }{
		{"email", "correct", "email", "huw.penri@shared.example"},
		{"erase", "erase", "confirm", folk["huw"].email},
	} {
		for _, l := range i18n.Langs {
			h := newHouse(t)
			alun, path := h.as("alun"), "/"+string(l)+"/admin/people/"+h.id["huw"]+"/"+c.page
			page := alun.get(path).want(http.StatusOK).has(h.words.T(l, "second.proof_code"))
			try := func(typed string) *reply {
				r := alun.press(page, c.form, "", "reason", "asked by telephone", c.field, c.value, "proof", typed)
				sound(t, "without a right proof", r)
				form := formValues(find(r.doc(), byID(c.form)))
				if form.Get(c.field) != c.value || form.Get("reason") != "asked by telephone" {
					t.Errorf("%s: the form lost %v", path, form)
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
			r.want(http.StatusTooManyRequests).has(h.words.T(l, "people.factor.proofs"))
			if r.Header.Get("Retry-After") == "" {
				t.Errorf("%s: nothing says how long to wait", path)
			}
			try(h.spare("alun")).want(http.StatusTooManyRequests)
			if n := h.count("people_persons WHERE email_key = '" + folk["huw"].email + "' AND erased_at IS NULL"); n != 1 {
				t.Errorf("%s: done without a proof", path)
			}
		}
	}
}
