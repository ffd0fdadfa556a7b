package main

import (
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Whoever is signed out in the middle of a question is told which button keeps
// the answer, by the name that the button has on that page.
func TestSignedOutNamesTheButton(t *testing.T) {
	h := livedIn(t)
	attempt := h.cast.did["nia"].open
	for _, l := range i18n.Langs {
		for _, n := range []int{1, 10} {
			doc := h.as("nia").get(questionPath(l, attempt, n)).doc()
			said := attr(find(doc, byID("question")), "data-signed-out")
			next := findAll(doc, both(tag("button"), with("value", "next"))) // the first is for Enter alone, and hidden
			button := strings.TrimSpace(textOf(next[len(next)-1]))
			if button == "" || !strings.Contains(said, "“"+button+"”") {
				t.Errorf("%s, question %d: %q does not name the button %q", l, n, said, button)
			}
		}
	}
}
