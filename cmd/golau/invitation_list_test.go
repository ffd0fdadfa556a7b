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
		// What must be put right stands first, by itself, with its line; how many there are of each is said on top.
		mixed := check("anna@nowhere.example,Anna Puw,school-a,board-a,learner,health,en\n\nx,Bad One,school-a,board-a,learner,health,en\nbeca@nowhere.example,Beca Puw,school-a,board-a,learner,health,cy").want(http.StatusUnprocessableEntity)
		sound(t, "good and bad", mixed)
		tables := findAll(mixed.doc(), tag("table"))
		if len(tables) != 2 {
			t.Fatalf("%s: %d tables", l, len(tables))
		}
		first, second := flat(textOf(tables[0])), flat(textOf(tables[1]))
		if !strings.Contains(first, h.words.T(l, "invitations.line", "Number", 3)) || !strings.Contains(first, "Bad One") || strings.Contains(first, "Anna") || strings.Contains(second, "Bad One") ||
			!strings.Contains(second, h.words.T(l, "invitations.line", "Number", 4)) {
			t.Errorf("%s: first %s, then %s", l, first, second)
		}
		status := find(mixed.doc(), with("role", "status"))
		if status == nil || flat(textOf(status)) != h.words.T(l, "invitations.plan_faults", "Count", 1)+" "+h.words.T(l, "invitations.plan", "Count", 2) {
			t.Errorf("%s: nothing is counted on top", l)
		}
	}
}
