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

// Erasing asks the administrator for a proof besides their session: without one,
// or with a wrong one, nobody goes, in both languages. The other administrators
// hear of it, each in their language, and not whom it was.
func TestErasingAsksForAProof(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(func(tx store.Tx) error {
		m, err := people.MembershipsOf(tx.Rx, h.id["alun"])
		if err != nil {
			return err
		}
		_, err = people.AddMembership(tx, people.NewMembership{PersonID: h.id["gwen"], OrganisationID: m[0].Organisation.ID, BoardID: m[0].Board.ID, Role: people.Admin, JobRole: people.Health})
		return err
	})
	alun := h.as("alun")
	path := "/admin/people/" + h.id["nia"] + "/erase"
	for _, l := range i18n.Langs {
		page := alun.get("/" + string(l) + path).want(http.StatusOK).has(h.words.T(l, "second.proof_code"))
		for typed, says := range map[string]string{"": "people.factor.required_code", "000 000": "people.factor.wrong"} {
			r := alun.press(page, "erase", "", "reason", "asked in writing", "confirm", folk["nia"].email, "proof", typed).want(http.StatusUnprocessableEntity)
			sound(t, "without a proof", r)
			if r.has(h.words.T(l, says)); strings.Contains(r.Body, "000 000") {
				t.Error("the code came back")
			}
		}
	}
	alun.post("/en"+path, url.Values{"reason": {"asked"}, "confirm": {folk["nia"].email}, "proof": {h.spare("lowri")}}).want(http.StatusUnprocessableEntity)
	if h.count("people_persons WHERE erased_at IS NOT NULL") != 0 {
		t.Fatal("somebody went without a proof")
	}
	code := h.spare("alun")
	alun.press(alun.get("/cy"+path), "erase", "", "reason", "asked in writing", "confirm", folk["nia"].email, "proof", code).leads("/cy/admin/people?done=erased")
	alun.post("/en/admin/people/"+h.id["huw"]+"/erase", url.Values{"reason": {"asked"}, "confirm": {folk["huw"].email}, "proof": {code}}).want(http.StatusUnprocessableEntity) // used up
	h.work()
	told := map[string]bool{}
	for _, m := range h.mail.Sent() {
		if !strings.HasPrefix(m.ID, "erased-told-") {
			continue
		}
		told[m.To] = true
		l := i18n.Lang(m.Language)
		if m.Subject != h.words.T(l, "letters.erased_told.subject") || !strings.Contains(m.Text, "/"+string(l)+"/admin/audit?verb=people.erased") || !strings.Contains(m.Text, folk["alun"].name) {
			t.Errorf("%s is told\n%s", m.To, m.Text)
		}
		for _, trace := range []string{folk["nia"].email, folk["nia"].name, "Rhydderch", h.id["nia"], "in writing"} {
			if strings.Contains(m.Text+m.HTML+m.Subject, trace) {
				t.Errorf("the letter names %q", trace)
			}
		}
	}
	if !told[folk["gwen"].email] || told[folk["alun"].email] || len(told) != h.count("(SELECT DISTINCT person_id FROM people_memberships WHERE role = 'admin' AND ended_at IS NULL)")-1 {
		t.Errorf("told were %v", told)
	}
}
