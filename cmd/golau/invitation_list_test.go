package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Before a list is sent, each line shows what it was understood to say, and each
// fault is told in words of its own, with what stands there.
func TestTheListCheckTellsFaultsApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		say := func(key, what string) string { return h.words.T(l, "invitations.fault."+key, "What", what) }
		check := func(list string) *reply {
			return alun.post("/"+string(l)+"/admin/invitations/many", url.Values{"list": {list}, "go": {"check"}})
		}
		ready := check("anna@nowhere.example,Anna Puw,school-a,board-a,lead,health,Cymraeg").want(http.StatusOK)
		table := textOf(find(find(ready.doc(), tag("table")), tag("tbody")))
		for _, want := range []string{h.words.T(l, "people.role.lead"), h.words.T(l, "people.job_role.health"), h.words.T(l, "invitations.language.cy"), "Anna Puw"} {
			if !strings.Contains(flat(table), want) {
				t.Errorf("%s: the check does not show %q: %s", l, want, flat(table))
			}
		}
		bad := check("x,,Nowhere,,king,jester,fr\n,Anna Puw,,,learner,,\n" +
			"anna@nowhere.example,Anna Puw,school-a,board-a,learner,health,en\nanna@nowhere.example,Anna Puw,school-a,board-a,learner,health,en").want(http.StatusUnprocessableEntity)
		bad.has(say("people.email.shape", "x"), say("empty.name", ""), say("people.invite.organisation", "Nowhere"), say("people.role.unknown", "king"),
			say("people.job_role.unknown", "jester"), say("people.language.unknown", "fr"), say("empty.organisation", ""), say("empty.job_role", ""),
			say("empty.language", ""), say("people.invite.twice", ""))
		bad.lacks(h.words.T(l, "people.name.required"), h.words.T(l, "people.email.required"))
		sound(t, "a list with faults", bad)
	}
}
