package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

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

// Of every line of a record that was rewritten the result says what each wording
// was and why, the best among them; and where nothing was chosen.
func TestARewrittenRecordIsExplained(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	b.readModule(i18n.EN, "what-it-is")
	for range 12 {
		attempt, lines := b.begin(checkPath("what-it-is")), 0
		for n := 1; n <= 10; n++ {
			form := b.fill(b.get(questionPath(i18n.EN, attempt, n)), false)
			var last string
			for name := range form {
				if strings.HasPrefix(name, "line.") {
					lines++
					last = max(last, name)
				}
			}
			if last != "" {
				form.Del(last) // one is left open
				b.post(questionPath(i18n.EN, attempt, n), form).want(http.StatusSeeOther)
			}
		}
		b.submit(i18n.EN, attempt)
		if h.clock.Advance(time.Hour); lines == 0 {
			continue
		}
		for _, l := range i18n.Langs {
			page := b.get("/" + string(l) + "/attempts/" + attempt + "/result").want(http.StatusOK).has(h.words.T(l, "result.line_open"))
			all := findAll(page.doc(), both(tag("li"), with("class", "golau-line")))
			if len(all) != lines {
				t.Errorf("%d of %d lines are explained\n%s", len(all), lines, page.gist())
			}
			for i, line := range all {
				options := findAll(line, tag("li"))
				why := findAll(line, both(tag("p"), with("class", "golau-option__why")))
				if len(options) < 2 || len(why) < len(options) || strings.Count(textOf(line), h.words.T(l, "result.best")) != 1 {
					t.Errorf("line %d: %q", i+1, textOf(line))
				}
			}
		}
		return
	}
	t.Fatal("no record to rewrite was drawn")
}
