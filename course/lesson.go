package course

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
)

// Part is one line of a module's list of parts.
type Part struct {
	Section *modules.Section
	Read    bool
	Here    bool
}

// Lesson is one section of a module as its reader sees it.
type Lesson struct {
	Course    *Course
	Module    *modules.Module
	Section   *modules.Section
	Number    int // from 1
	Parts     []Part
	Previous  *modules.Section
	Following *modules.Section // nil before the check
	Offers    []CaseOffer      // after the last part: the cases of the module, those of one's own work first
	Status    ModuleStatus
}

// Lesson returns a section. A module that is still locked is problem.Conflict,
// with what must be done first; no such section is problem.NotFound.
func (s *School) Lesson(ctx context.Context, v people.Viewer, course, module, section string) (Lesson, error) {
	c, err := s.Course(course)
	if err != nil {
		return Lesson{}, err
	}
	m, e, err := s.module(c, module)
	if err != nil {
		return Lesson{}, err
	}
	sec, ok := m.Section(section)
	if !ok {
		return Lesson{}, problem.New(problem.NotFound, "course.not_found")
	}
	rx := s.db.Read(ctx)
	p, err := progressOf(rx, v.Person, c.Slug)
	if err != nil {
		return Lesson{}, err
	}
	st, err := s.unlocked(rx, c, e, p)
	if err != nil {
		return Lesson{}, err
	}
	l := Lesson{Course: c, Module: m, Section: sec, Status: st, Parts: make([]Part, len(m.Sections))}
	for i := range m.Sections {
		x := &m.Sections[i]
		l.Parts[i] = Part{Section: x, Read: p.Read(m.Slug, x.ID), Here: x == sec}
		if x != sec {
			continue
		}
		l.Number = i + 1
		if i > 0 {
			l.Previous = &m.Sections[i-1]
		}
		if i+1 < len(m.Sections) {
			l.Following = &m.Sections[i+1]
		}
	}
	if l.Following == nil {
		l.Offers = caseOffers(v, m, p)
	}
	return l, nil
}

// Continue notes that the viewer has finished a section, and returns what comes
// next: the following section, or the check. A locked module is
// problem.Conflict, and so is a section before which another is not finished
// (StepMissing, which names it). Continuing twice changes nothing.
func (s *School) Continue(ctx context.Context, v people.Viewer, lang i18n.Lang, course, module, section string) (Step, error) {
	l, err := s.Lesson(ctx, v, course, module, section)
	if err != nil {
		return Step{}, err
	}
	next := Step{Kind: StepCheck, Course: course, Module: module}
	if l.Following != nil {
		next = Step{Kind: StepSection, Course: course, Module: module, Section: l.Following.ID}
	}
	if l.Parts[l.Number-1].Read {
		return next, nil
	}
	if first := l.Status.Next; first.Section != section {
		return Step{}, &StepMissing{Step: first, Skipped: true}
	}
	err = s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		return s.ReadIn(tx, v.Person, lang, l.Course.Slug, l.Module, section)
	})
	return next, err
}

// ReadIn notes a finished section within a transaction that somebody has opened
// already; whether the module is open to the person is their business.
func (s *School) ReadIn(tx store.Tx, person string, lang i18n.Lang, course string, m *modules.Module, section string) error {
	e, err := latestEnrolment(tx.Rx, person, course)
	if err != nil {
		return err
	}
	if err := insertRead(tx, e.ID, m.Slug, section, m.Edition, lang); err != nil {
		return err
	}
	return s.settlePerson(tx, person)
}
