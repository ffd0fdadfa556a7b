package course

import (
	"errors"
	"testing"

	"golau/internal/i18n"
)

// chain adds a course in which each of three modules needs the one before.
func (h *house) chain(t *testing.T) *Course {
	t.Helper()
	c := *h.school.courses[0]
	c.Slug = "chain"
	c.Entries = []Entry{{Slug: "what-it-is"}, {Slug: "signs", Needs: []string{"what-it-is"}}, {Slug: "own-streets", Needs: []string{"signs"}}}
	h.school.courses = append(h.school.courses, &c)
	if said := CrossCheck(h.school.courses, h.school.lib, h.school.banks); said != nil {
		t.Fatal(said)
	}
	if err := h.school.Welcome(t.Context(), h.viewer); err != nil {
		t.Fatal(err)
	}
	return &c
}

// Whoever asks for the last of a chain is led to the first step that can be done
// now, never to a part of a module that is locked itself.
func TestTheMissingStepCanBeDone(t *testing.T) {
	h := open(t)
	c := h.chain(t)
	leads := func(when string, want Step) {
		t.Helper()
		a, err := h.school.Assessment(t.Context(), h.viewer, c.Slug, "own-streets")
		if err != nil || a.Missing == nil || *a.Missing != want {
			t.Errorf("%s: the check leads to %+v, want %+v; %v", when, a.Missing, want, err)
		}
		// It opens when the module before it is done; the step is the one to begin with.
		m, _ := h.school.lib.Module("own-streets")
		var missing *StepMissing
		_, err = h.school.Lesson(t.Context(), h.viewer, c.Slug, m.Slug, m.Sections[0].ID)
		if !errors.As(err, &missing) || missing.Step != want || missing.Needs == nil || missing.Needs.Slug != "signs" {
			t.Errorf("%s: a part leads to %v %+v, want %+v", when, err, missing, want)
		}
		if want.Kind == StepSection {
			if _, err := h.school.Continue(t.Context(), h.viewer, i18n.EN, c.Slug, want.Module, want.Section); err != nil {
				t.Errorf("%s: %+v cannot be done: %v", when, want, err)
			}
		}
	}
	for _, slug := range []string{"what-it-is", "signs"} {
		m, _ := h.school.lib.Module(slug)
		for _, part := range m.Sections {
			leads(slug+", "+part.ID, Step{StepSection, c.Slug, slug, part.ID})
		}
		leads(slug+", all read", Step{Kind: StepCheck, Course: c.Slug, Module: slug})
		id, err := h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, c.Slug, slug)
		if err != nil {
			t.Fatal(err)
		}
		h.answer(t, id)
		if mark, err := h.school.Submit(t.Context(), h.viewer, i18n.EN, id); err != nil || !mark.Passed {
			t.Fatalf("%+v, %v", mark, err)
		}
	}
	m, _ := h.school.lib.Module("own-streets")
	if a, err := h.school.Assessment(t.Context(), h.viewer, c.Slug, m.Slug); err != nil || *a.Missing != (Step{StepSection, c.Slug, m.Slug, m.Sections[0].ID}) {
		t.Errorf("when it is open it leads to %+v, %v", a.Missing, err)
	}
}
