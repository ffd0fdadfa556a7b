package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// Whoever has finished everything reads what they hold, till when and where it
// is, and nothing of what there would still be to do; and the truth when the
// certificate has since been withdrawn or has come to its end.
func TestFinishedSaysWhatIsHeld(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	h.learnt(h.id["huw"], i18n.CY)
	b.sit(in(i18n.CY, finalPath), true)
	until := h.clock.Now().AddDate(3, 0, 0)
	for _, l := range i18n.Langs {
		page := b.get("/"+string(l)+"/learn").want(http.StatusOK).has(h.words.T(l, "finished.passed_on", "Date", i18n.Date(l, h.clock.Now())),
			h.words.T(l, "finished.held_until", "Date", i18n.Date(l, until)), h.words.T(l, "finished.where"), h.words.T(l, "finished.again"))
		page.lacks(h.words.T(l, "learn.whole_text"), h.words.T(l, "learn.kept"), h.words.T(l, "finished.expired"))
		if page.buttonsTo("/"+string(l)+"/certificates") != 1 {
			t.Errorf("the page in %s does not lead to the certificate\n%s", l, page.gist())
		}
	}
	h.clock.Set(until.AddDate(0, 0, 2))
	b = h.visitor().signIn("huw")
	b.get("/cy/learn").has(h.words.T(i18n.CY, "finished.expired")).lacks(h.words.T(i18n.CY, "finished.held_until", "Date", i18n.Date(i18n.CY, until)))
}
