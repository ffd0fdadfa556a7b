package course

import (
	"errors"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/modules"
)

// What is next, from the first part to the certificate.
func TestOneThingNext(t *testing.T) {
	h := open(t)
	var all []*modules.Module
	total := h.school.courses[0].Final.Minutes
	for _, e := range h.school.courses[0].Entries {
		m, _ := h.school.lib.Module(e.Slug)
		m.Sections[len(m.Sections)/2].Minutes += 4 // else the parts could all be as long as each other
		all, total = append(all, m), total+m.Minutes.Total
	}
	if len(all) != 9 || total < 95 || total > 120 {
		t.Errorf("%d modules take %d minutes", len(all), total)
	}
	// parts is how long the parts of a module take from the given one on.
	parts := func(m *modules.Module, from int) (n int) {
		for _, s := range m.Sections[from:] {
			n += s.Minutes
		}
		return n
	}
	next := func(kind StepKind, module, section string, left int) {
		t.Helper()
		o, err := h.school.Home(t.Context(), h.viewer)
		if err != nil {
			t.Fatal(err)
		}
		if want := (Step{kind, slug, module, section}); o.Next != want {
			t.Errorf("next is %+v, want %+v", o.Next, want)
		}
		whole, err := h.school.Overview(t.Context(), h.viewer, slug)
		if err != nil {
			t.Fatal(err)
		}
		missing := 0 // of what opens the last module
		for _, m := range whole.Modules[3:8] {
			if m.State != Finished {
				missing++
			}
		}
		if last := whole.Modules[8]; (last.State == Locked) != (missing > 0) || (last.Needs != nil) != (missing > 0) || last.Several != (missing > 1) {
			t.Errorf("%d are missing, and the last module is %s, needs %v, several %v", missing, last.State, last.Needs, last.Several)
		}
		if o.MinutesLeft != left || whole.MinutesLeft != left || whole.MinutesTotal != total {
			t.Errorf("before %s %s %s: %d minutes left at home and %d of %d on the page of the course, want %d of %d",
				kind, module, section, o.MinutesLeft, whole.MinutesLeft, whole.MinutesTotal, left, total)
		}
	}
	left := total
	for _, m := range all {
		next(StepSection, m.Slug, m.Sections[0].ID, left)
		left -= m.Minutes.Total
		if _, err := h.school.Continue(t.Context(), h.viewer, i18n.EN, slug, m.Slug, m.Sections[0].ID); err != nil {
			t.Fatal(err)
		}
		next(StepSection, m.Slug, m.Sections[1].ID, parts(m, 1)+m.Minutes.Check+left)
		h.read(t, m.Slug)
		next(StepCheck, m.Slug, "", m.Minutes.Check+left)
		if _, err := h.school.Submit(t.Context(), h.viewer, i18n.EN, h.sit(t, m.Slug)); err != nil {
			t.Fatal(err)
		}
	}
	next(StepFinal, "", "", left)
	if _, err := h.school.Submit(t.Context(), h.viewer, i18n.EN, h.sit(t, "")); err != nil {
		t.Fatal(err)
	}
	next(StepDone, "", "", 0)
	_, err := h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, slug, "")
	if p, ok := problem.As(err); !ok || p.Key != "course.completed_already" {
		t.Errorf("a further final assessment: %v", err)
	}
}

// Nothing can be skipped, and the refusal names the step that is missing.
func TestNothingIsSkipped(t *testing.T) {
	h := open(t)
	missing := func(what string, err error, want Step) {
		t.Helper()
		var m *StepMissing
		if !errors.As(err, &m) || m.Step != want || problem.KindOf(err) != problem.Conflict {
			t.Errorf("%s: %v %+v, want %+v", what, err, m, want)
		}
	}
	first := Step{StepSection, slug, "what-it-is", "case"}
	_, err := h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, slug, "what-it-is")
	missing("a check before the parts", err, first)
	_, err = h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, slug, "signs")
	missing("the second module's check", err, first)
	_, err = h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, slug, "")
	missing("the final assessment", err, Step{StepSection, slug, "before-you-start", "report"})
	_, err = h.school.Lesson(t.Context(), h.viewer, slug, "signs", "case")
	missing("a part of a locked module", err, first)
	_, err = h.school.Continue(t.Context(), h.viewer, i18n.EN, slug, "signs", "case")
	missing("finishing it", err, first)
	_, err = h.school.Continue(t.Context(), h.viewer, i18n.EN, slug, "what-it-is", "act-purpose")
	missing("a part before the first", err, first)
	for range 2 { // twice is once
		if _, err = h.school.Continue(t.Context(), h.viewer, i18n.EN, slug, "what-it-is", "case"); err != nil {
			t.Error(err)
		}
	}
	m, _ := h.school.Library().Module("what-it-is")
	_, err = h.school.Continue(t.Context(), h.viewer, i18n.EN, slug, "what-it-is", m.Sections[len(m.Sections)-1].ID)
	missing("the last part after the first", err, Step{StepSection, slug, "what-it-is", "act-purpose"})
	h.read(t, "what-it-is")
	_, err = h.school.Lesson(t.Context(), h.viewer, slug, "signs", "case")
	missing("a locked module, all read", err, Step{Kind: StepCheck, Course: slug, Module: "what-it-is"})
}

// A module that waits says for which one, also for the one that bears the number 0.
func TestWhatIsMissing(t *testing.T) {
	for number, key := range map[int]string{-1: "course.step_missing", 0: "course.locked", 1: "course.locked"} {
		e := &StepMissing{}
		if number >= 0 {
			e.Needs = &modules.Module{Number: number}
		}
		if p, ok := problem.As(e); !ok || p.Key != key {
			t.Errorf("needing module %d: %+v", number, p)
		}
		if e.Several = number >= 0; e.Several {
			if p, ok := problem.As(e); !ok || p.Key != "course.locked_several" {
				t.Errorf("needing several: %+v", p)
			}
		}
	}
}

// Every way in which catalogue, library and banks may not fit is named.
func TestCrossCheck(t *testing.T) {
	lib, banks := taught(t)
	for name, c := range map[string]struct {
		spoil func(*Course)
		says  string
	}{
		"sound":               {func(*Course) {}, ""},
		"no Welsh title":      {func(c *Course) { c.Title.CY = "" }, "both languages"},
		"no outcomes":         {func(c *Course) { c.Outcomes = nil }, "it has 0 outcomes"},
		"no Welsh outcome":    {func(c *Course) { c.Outcomes[1].CY = "" }, "needs both languages"},
		"unknown module":      {func(c *Course) { c.Entries[1].Slug = "nowhere" }, "there is no module nowhere"},
		"needs a later one":   {func(c *Course) { c.Entries[0].Needs = []string{"signs"} }, "does not stand before it"},
		"no such bank":        {func(c *Course) { c.Final.Bank = "none" }, "no question bank none"},
		"too large a draw":    {func(c *Course) { c.Final.Draw = 50 }, "a paper of 50 needs 150"},
		"impossible pass":     {func(c *Course) { c.Check.PassPercent = 120 }, "percentage"},
		"feedback of no kind": {func(c *Course) { c.Final.Feedback = "none" }, "feedback"},
	} {
		t.Run(name, func(t *testing.T) {
			courses, err := Catalogue()
			if err != nil {
				t.Fatal(err)
			}
			c.spoil(courses[0])
			said := errors.Join(CrossCheck(courses, lib, banks)...)
			switch {
			case c.says == "" && said != nil:
				t.Error(said)
			case c.says != "" && (said == nil || !strings.Contains(said.Error(), c.says)):
				t.Errorf("said %v, want %q", said, c.says)
			}
		})
	}
	if CrossCheck(nil, lib, banks) == nil {
		t.Error("an empty catalogue passes")
	}
}

// How far somebody is, is asked on every page: none of it may read everybody's
// rows.
func TestProgressIsFoundByIndex(t *testing.T) {
	h := open(t)
	for query, args := range map[string][]any{newestProgress: {h.viewer.Person, slug}, progressByID: {"e"}} {
		rows, err := h.db.Read(t.Context()).Query("EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		steps := 0
		for ; rows.Next(); steps++ {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(step, "SCAN course_") || strings.Contains(step, "AUTOMATIC") {
				t.Errorf("it reads a whole table: %s", step)
			}
		}
		if steps < 8 || rows.Err() != nil {
			t.Errorf("%d steps, %v", steps, rows.Err())
		}
	}
}
