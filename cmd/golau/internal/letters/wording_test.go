package letters

import (
	"strings"
	"testing"

	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
)

// An agency's own words stand in place of the usual ones in both parts of a letter
// and in its sample, beside what is asked and the link, which always stay; what is
// typed is text, whatever it looks like.
func TestOwnWordsInALetter(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	at := people.Place{Organisation: ysgol(), Board: people.Board{Key: "bro"}}
	c := &course.Course{Slug: "c", Title: i18n.Text{EN: "The course", CY: "Y cwrs"}}
	own := course.Wording{Subject: i18n.Text{EN: "Our subject", CY: "Ein pwnc"}, Opening: i18n.Text{EN: "<b>Our</b> {{.Name}} opening", CY: "Ein dechrau"},
		Closing: i18n.Text{EN: "Ask Ann.\nOr Bob.", CY: "Gofynnwch i Ann."}}
	for _, of := range course.WordedLetters {
		for n, s := range o.Samples(of, at, c, "2026-11-23", own) {
			l := i18n.Langs[n]
			told := strings.Join(s.Paragraphs, "\n")
			for _, want := range []string{own.Opening.In(l), own.Closing.In(l), c.Title.In(l), "2026"} {
				if of == course.WordedWeekly && want == c.Title.In(l) {
					continue // names people and days
				}
				if !strings.Contains(told, want) {
					t.Errorf("%s %s: %q is not in %q", of, l, want, told)
				}
			}
			if s.Subject != own.Subject.In(l) || strings.Contains(told, s.Usual.Opening) || s.Usual.Closing != "" && strings.Contains(told, s.Usual.Closing) {
				t.Errorf("%s %s: %+v", of, l, s)
			}
			usual := o.Samples(of, at, c, "2026-11-23", course.Wording{})[n]
			if told := strings.Join(usual.Paragraphs, "\n"); usual.Subject != s.Usual.Subject || !strings.Contains(told, s.Usual.Opening) || !strings.Contains(told, s.Usual.Closing) {
				t.Errorf("%s %s says %q as usual", of, l, told)
			}
		}
	}
	n := sample(course.WordedManager, at, c, "2026-11-23")
	n.Wording = own
	m, err := o.message("x", sian(), o.reminded(sian(), n))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.HTML, "<b>Our") || !strings.Contains(m.HTML, "&lt;b&gt;Our&lt;/b&gt; {{.Name}} opening") && !strings.Contains(m.HTML, "Ein dechrau") {
		t.Error(m.HTML)
	}
	if nobody := o.voice(sian().Language).t("overdue_told.no_answers"); !strings.Contains(said(m.Text), nobody) {
		t.Errorf("without %q: %s", nobody, m.Text)
	}
}
