package course

import (
	"context"

	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/modules/scenario"
)

// Case is a branching case as its learner stands in it.
type Case struct {
	Course *Course
	Module *modules.Module
	*scenario.Scenario
	Run  int // 1 for the first time through
	Play scenario.Play
	Done bool // some time through came to its end, or the case was read as text
	// Anew says that the case was rewritten since its newest run, which does not
	// lead along it any more: it begins again.
	Anew bool

	progress *Progress
	job      people.JobRole // the work of whoever plays it
}

// CaseOffer is a case that somebody may take. It stands beside the course: none
// is asked for, and none is ever shut.
type CaseOffer struct {
	Module *modules.Module
	*scenario.Scenario
	Own  bool // it happens in the reader's own work, or in everybody's
	Done bool // taken to an end, or read
}

// caseOffers lists the cases of a module, those of the viewer's own work first.
func caseOffers(v people.Viewer, m *modules.Module, p *Progress) (offers []CaseOffer) {
	job := string(v.Home().JobRole)
	for _, x := range m.CasesFor(job) {
		offers = append(offers, CaseOffer{m, x, x.For(job), p.CaseDone(m.Slug, x.ID)})
	}
	return offers
}

// Cases lists all cases of a course: first those of the viewer's own work, in the
// order of the modules, then the others. No such course, or one that the viewer is
// not enrolled in, is problem.NotFound.
func (s *School) Cases(ctx context.Context, v people.Viewer, course string) (c *Course, own, others []CaseOffer, err error) {
	if c, err = s.Course(course); err != nil {
		return nil, nil, nil, err
	}
	p, err := progressOf(s.db.Read(ctx), v.Person, c.Slug)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, e := range c.Entries {
		m, _ := s.lib.Module(e.Slug)
		for _, o := range caseOffers(v, m, p) {
			if o.Own {
				own = append(own, o)
			} else {
				others = append(others, o)
			}
		}
	}
	return c, own, others, nil
}

// Case shows where the viewer stands in a case. No such case, or a course that the
// viewer is not enrolled in, is problem.NotFound.
func (s *School) Case(ctx context.Context, v people.Viewer, course, module, id string) (Case, error) {
	return s.caseOf(s.db.Read(ctx), v, course, module, id)
}

func (s *School) caseOf(rx store.Rx, v people.Viewer, course, module, id string) (Case, error) {
	c, err := s.Course(course)
	if err != nil {
		return Case{}, err
	}
	m, _, err := s.module(c, module)
	if err != nil {
		return Case{}, err
	}
	x, ok := m.Case(id)
	if !ok {
		return Case{}, problem.New(problem.NotFound, "course.not_found")
	}
	p, err := progressOf(rx, v.Person, c.Slug)
	if err != nil {
		return Case{}, err
	}
	k := Case{Course: c, Module: m, Scenario: x, Done: p.CaseDone(m.Slug, x.ID), progress: p, job: v.Home().JobRole}
	return k, k.follow(rx)
}

// follow reads the newest run. One that was begun in another edition, and does
// not lead along this one, is left behind for a new run.
func (k *Case) follow(rx store.Rx) error {
	run, choices, err := choicesOf(rx, k.progress.Enrolment, k.Module.Slug, k.ID)
	if err != nil {
		return err
	}
	k.Run, k.Anew = max(run, 1), false
	if k.Play, err = k.Scenario.Play(choices); err != nil {
		k.Run, k.Anew = run+1, true
		k.Play, err = k.Scenario.Play(nil)
	}
	return err
}

// HasCases says whether the course has a case to try.
func (o Overview) HasCases() bool {
	for _, m := range o.Modules {
		if len(m.Module.Cases) > 0 {
			return true
		}
	}
	return false
}
