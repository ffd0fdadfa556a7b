package course

import (
	"strings"
	"testing"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/problem"
)

// An agency's own words are in the letters from then on, also in one that waits, each
// in that for which it was written.
func TestAnAgencysOwnWords(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela := c.newcomer(t, "ela", "")
	rule := border
	rule.Days = 28
	c.put(t, rule)
	c.at(t, "2026-12-14", 9)
	own := Wording{Opening: i18n.Text{EN: "  Please finish  this. ", CY: "Gorffennwch hyn."}, Closing: i18n.Text{EN: "Ask Ann.\r\n\r\n Or Bob.", CY: "Gofynnwch i Ann."}}
	if err := c.school.SetWording(t.Context(), boss, c.scope, WordedBefore, own); err != nil {
		t.Fatal(err)
	}
	letter := func(n int) Letter {
		t.Helper()
		l, err := c.school.LetterByID(t.Context(), c.letters(t, "position_id = ?", ela)[n].ID)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if w := letter(0).Wording; w.Opening.EN != "Please finish this." || w.Closing.EN != "Ask Ann.\nOr Bob." || w.Opening.CY != "Gorffennwch hyn." || w.Version != 1 {
		t.Errorf("%+v", w)
	}
	for day := due.Day("2026-12-20"); day < "2026-12-24"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	if l := letter(2); l.Worded() != WordedLate || l.Wording.Own() {
		t.Errorf("what is late is said in the words of what is not: %+v", l)
	}
	if err := c.school.SetWording(t.Context(), boss, c.scope, WordedBefore, Wording{Subject: i18n.Text{EN: "A", CY: "B"}}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("over what was not seen: %v", err)
	}
	if err := c.school.SetWording(t.Context(), boss, c.scope, WordedBefore, Wording{Version: 1}); err != nil {
		t.Error(err)
	}
	if w, err := c.school.Wording(t.Context(), c.scope, WordedBefore); err != nil || w.Own() || w.Version != 2 {
		t.Errorf("%+v, %v", w, err)
	}
	if n := c.count(t, "SELECT count(*) FROM audit_events WHERE verb = 'course.wording_set'"); n != 2 {
		t.Errorf("%d on record", n)
	}
}

// What is not kept, and beside which field it is said.
func TestWordsThatAreNotKept(t *testing.T) {
	good := i18n.Text{EN: "Good", CY: "Da"}
	for name, c := range map[string]struct {
		w     Wording
		field string
		key   string
	}{
		"English alone":        {Wording{Subject: i18n.Text{EN: "One"}}, "subject_cy", "course.wording.both"},
		"Welsh alone":          {Wording{Opening: i18n.Text{CY: "Un"}}, "opening_en", "course.wording.both"},
		"long subject":         {Wording{Subject: i18n.Text{EN: strings.Repeat("x", MostSubject+1), CY: "x"}}, "subject_en", "course.wording.subject_long"},
		"long opening":         {Wording{Opening: i18n.Text{EN: strings.Repeat("ŵ", MostOpening+1), CY: "x"}}, "opening_en", "course.wording.opening_long"},
		"long closing":         {Wording{Closing: i18n.Text{EN: "x", CY: strings.Repeat("x", MostClosing+1)}}, "closing_cy", "course.wording.closing_long"},
		"turned writing":       {Wording{Opening: i18n.Text{EN: "a\u202eb", CY: "x"}}, "opening_en", "course.wording.characters"},
		"nothing to be seen":   {Wording{Opening: i18n.Text{EN: "a\x00b", CY: "x"}}, "opening_en", "course.wording.characters"},
		"not UTF-8":            {Wording{Opening: i18n.Text{EN: "a\xffb", CY: "x"}}, "opening_en", "course.wording.characters"},
		"a page":               {Wording{Closing: i18n.Text{EN: "See HTTPS://evil.example", CY: "x"}}, "closing_en", "course.wording.address"},
		"a page by its name":   {Wording{Closing: i18n.Text{EN: "At (hwb-login.example/x), 9 a.m.", CY: "x"}}, "closing_en", "course.wording.address"},
		"a page without https": {Wording{Closing: i18n.Text{EN: "x", CY: "Ewch i WWW.evil.example"}}, "closing_cy", "course.wording.address"},
	} {
		_, err := c.w.Clean()
		if p, ok := problem.As(err); !ok || p.Kind != problem.Invalid || len(p.Fields) != 1 || p.Fields[c.field] != c.key {
			t.Errorf("%s: %v %v", name, err, fieldsOf(err))
		}
	}
	plain := i18n.Text{EN: "Ask training@county.example, 9 a.m. to 5 p.m.", CY: "Gofynnwch i training@county.example."}
	if w, err := (Wording{Subject: good, Opening: good, Closing: plain}).Clean(); err != nil || !w.Own() {
		t.Errorf("%+v, %v", w, err)
	}
	most := Wording{Subject: i18n.Text{EN: strings.Repeat("ŵ", MostSubject), CY: strings.Repeat("ŵ", MostSubject)}}
	if _, err := most.Clean(); err != nil {
		t.Error(err)
	}
}
