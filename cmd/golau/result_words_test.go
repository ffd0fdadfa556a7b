package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// A result says of every option what it was; what was right is folded away and
// counted; what was not stands open, with the step on above it; and a title that
// has quotation marks of its own gets no second pair.
func TestAResultSpeaksPlainly(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	b.readModule(i18n.EN, "what-it-is")
	attempt := b.begin(checkPath("what-it-is"))
	for n := 1; n <= 10; n++ {
		b.answer(attempt, n, n > 4).want(http.StatusSeeOther)
	}
	b.submit(i18n.EN, attempt)
	for _, l := range i18n.Langs {
		page := b.get("/"+string(l)+"/attempts/"+attempt+"/result").want(http.StatusOK).lacks("““", "“‘", "””")
		folded := find(page.doc(), both(tag("details"), with("class", "govuk-details golau-sound")))
		if folded == nil {
			t.Fatalf("nothing is folded\n%s", page.gist())
		}
		all, right := len(findAll(page.doc(), tag("article"))), len(findAll(folded, tag("article")))
		if all != 10 || right == 0 || right == 10 {
			t.Errorf("%d of %d answers are folded", right, all)
		}
		if said := textOf(find(folded, tag("summary"))); strings.TrimSpace(said) != h.words.T(l, "result.sound", "Count", right) {
			t.Errorf("%d answers are folded as %q", right, said)
		}
		for _, li := range findAll(page.doc(), tag("li")) {
			if class := attr(li, "class"); strings.HasPrefix(class, "golau-option") && len(findAll(li, tag("strong"))) == 0 {
				t.Errorf("an option has no label: %q", textOf(li))
			}
		}
		if at := strings.Index(page.Body, `govuk-button--start`); at < 0 || at > strings.Index(page.Body, "<table") {
			t.Error("the button does not stand above the answers")
		}
		if strings.Count(page.Body, "govuk-button--start") != 1 {
			t.Error("there is more than one filled button")
		}
	}
}
