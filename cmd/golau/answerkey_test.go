package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// feedbacks are all that the banks say about choices, in both languages.
func feedbacks(t *testing.T) []string {
	t.Helper()
	all, err := banks()
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	keep := func(x i18n.Text) {
		for _, l := range i18n.Langs {
			if s := flat(x.In(l)); len(s) > 20 {
				said = append(said, s)
			}
		}
	}
	for _, questions := range all {
		for _, q := range questions {
			for _, o := range append(q.Options, q.Steps...) {
				keep(o.Feedback)
			}
			for _, p := range q.Pairs {
				keep(p.Feedback)
			}
			for _, l := range q.Lines {
				for _, o := range l.Options {
					keep(o.Feedback)
				}
			}
		}
	}
	if len(said) < 200 {
		t.Fatalf("only %d feedbacks in the banks", len(said))
	}
	return said
}

// tells returns the first feedback that an answer holds.
func tells(r *reply, said []string) string {
	text := flat(html.UnescapeString(r.Body)) + " " + r.text()
	for _, s := range said {
		if strings.Contains(text, s) {
			return s
		}
	}
	return ""
}

// T1-14, attack A3: before an attempt is closed nothing that is sent tells what
// is right: no page, no answer to the script, no header, no script; and the
// choices differ in nothing but their words and their place.
func TestNothingTellsTheAnswer(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, attempt, said := h.as("nia"), h.did["nia"].open, feedbacks(t)
	check := func(r *reply) {
		t.Helper()
		if s := tells(r, said); s != "" {
			t.Errorf("%s (%d) tells %q", r.path, r.Status, s)
		}
		for name, values := range r.Header {
			if s := strings.ToLower(name + strings.Join(values, " ")); strings.Contains(s, "worth") || strings.Contains(s, "credit") {
				t.Errorf("%s: header %s", r.path, s)
			}
		}
		lower := strings.ToLower(r.Body)
		for _, word := range []string{"worth", "data-right", "data-best", "correct\"", "\"key\"", "feedback\""} {
			if strings.Contains(lower, word) {
				t.Errorf("%s holds %q", r.path, word)
			}
		}
	}
	places := map[string]int{}
	place := func(right url.Values) {
		if len(right["answer"]) == 1 {
			places[right.Get("answer")]++
		}
	}
	for n := 1; n <= 10; n++ {
		for _, l := range i18n.Langs {
			path := questionPath(l, attempt, n)
			page := b.get(path).want(http.StatusOK)
			check(page)
			alike(t, page)
			right := b.fill(page, true)
			place(right)
			check(b.post(path, right, "Accept", "application/json").want(http.StatusOK))
			check(b.post(path, b.fill(page, false), "Accept", "application/json")) // too late, or another answer
		}
	}
	for _, path := range []string{"/en/attempts/" + attempt + "/review", checkPath("what-it-is"), "/en/attempts/" + attempt + "/result"} {
		check(b.get(path))
	}
	for _, r := range b.crawl(questionPath(i18n.EN, attempt, 1)) {
		if strings.HasPrefix(r.path, "/static/") {
			if s := tells(r, said); s != "" {
				t.Errorf("%s tells %q", r.path, s)
			}
		}
	}
	beca := h.as("beca") // a check has few such questions
	for n := 1; n <= 10; n++ {
		place(beca.fill(beca.get(questionPath(i18n.EN, h.did["beca"].open, n)).want(http.StatusOK), true))
	}
	if len(places) < 2 {
		t.Errorf("the right choice always has the same name: %v", places)
	}
	// Afterwards a check does tell: the test above would have seen it.
	b.submit(i18n.EN, attempt)
	if tells(b.get("/en/attempts/"+attempt+"/result").want(http.StatusOK), said) == "" {
		t.Error("the result of a check explains nothing")
	}
}

// alike compares the choices of a question: the same elements, attributes and
// classes, whatever they are worth.
func alike(t *testing.T, page *reply) {
	t.Helper()
	for _, class := range []string{"govuk-radios__item", "govuk-checkboxes__item"} {
		first := ""
		for _, item := range findAll(find(page.doc(), byID("question")), hasClass(class)) {
			var b strings.Builder
			for d := range item.Descendants() {
				if d.Type == html.ElementNode {
					b.WriteString(d.Data)
					for _, a := range d.Attr {
						if a.Key == "class" || a.Key == "type" {
							a.Key += "=" + a.Val
						}
						if a.Key != "checked" {
							b.WriteString(" " + a.Key)
						}
					}
				}
			}
			if first == "" {
				first = b.String()
			}
			if b.String() != first {
				t.Errorf("%s: one choice is %q, another %q", page.path, first, b.String())
			}
		}
	}
}

// Attack A3: the result of the assessment tells how each objective went and not
// what was asked: no stem, no choice, no step, of no question of its bank.
func TestTheAssessmentTellsOnlyObjectives(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	all, err := banks()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs {
		page := h.as("nia").get("/" + string(l) + "/attempts/" + h.did["nia"].final + "/result").want(http.StatusOK)
		text := page.text()
		for _, q := range all["final"] {
			for _, o := range append(append([]bankOption{{Text: q.Stem}}, q.Options...), q.Steps...) {
				if words := flat(o.Text.In(l)); len(words) > 20 && strings.Contains(text, words) {
					t.Errorf("%s tells %q", page.path, words)
				}
			}
		}
		if len(findAll(page.doc(), tag("tr"))) < 3 || find(page.doc(), hasClass("golau-review")) != nil {
			t.Errorf("%s has no objectives, or has questions", page.path)
		}
	}
}
