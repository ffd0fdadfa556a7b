package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// The privacy notice promises no more than the account page does: what has a form
// there is the reader's own to change, and for the rest both say whom to ask.
func TestTheNoticePromisesWhatTheAccountDoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("nia")
	own := map[i18n.Lang]string{i18n.EN: "On the account page you can change yourself", i18n.CY: "Ar dudalen eich cyfrif gallwch newid eich hun"}
	for _, l := range i18n.Langs {
		account := b.get("/"+string(l)+"/account").want(http.StatusOK).has(h.words.T(l, "details.wrong"), `href="/`+string(l)+`/privacy"`)
		var fields []string
		for _, in := range findAll(find(account.doc(), tag("main")), tag("input")) {
			if name := attr(in, "name"); name != "" && attr(in, "type") != "hidden" && (len(fields) == 0 || fields[len(fields)-1] != name) {
				fields = append(fields, name)
			}
		}
		if got := strings.Join(fields, " "); got != "name language nation old new" {
			t.Errorf("the account page lets people change %q: say so in the privacy notice", got)
		}
		b.get("/"+string(l)+"/privacy").want(http.StatusOK).has(own[l]).
			lacks("You can see and correct your details", "Gallwch weld a chywiro eich manylion")
	}
}
