package course

import (
	"context"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
)

// Enrolment is a person taking a course, once a cycle.
type Enrolment struct {
	ID           string
	PersonID     string
	MembershipID string
	Course       string
	Cycle        int
	CreatedAt    store.Time
}

// Completion is a module or a course that was finished.
type Completion struct {
	AttemptID  string
	At         store.Time
	Lang       i18n.Lang
	ValidUntil store.Time // of a course; zero = no end
}

// Progress is how far an enrolment has come.
type Progress struct {
	Enrolment string      // id
	Done      *Completion // of the whole course

	read map[string]bool // "module/section"
	done map[string]Completion
}

// Read says whether a section has been finished.
func (p *Progress) Read(module, section string) bool { return p.read[module+"/"+section] }

// CaseDone says whether a branching case has been played to an end, or read.
func (p *Progress) CaseDone(module, id string) bool { return p.Read(module, caseName(id)) }

// ModuleDone returns the completion of a module; ok is false while it lasts.
func (p *Progress) ModuleDone(module string) (Completion, bool) {
	c, ok := p.done[module]
	return c, ok
}

// StepKind says what sort of thing comes next.
type StepKind string

// The kinds of step.
const (
	StepSection StepKind = "section"
	StepCheck   StepKind = "check"
	StepFinal   StepKind = "final"
	StepDone    StepKind = "done"
)

// Step is a place in a course where a person can go on.
type Step struct {
	Kind    StepKind
	Course  string
	Module  string // for a section or a check
	Section string // for a section
}

// State is where a person stands with a module.
type State string

// The states of a module.
const (
	Locked     State = "locked"
	NotStarted State = "not_started"
	InProgress State = "in_progress"
	Finished   State = "done"
)

// ModuleStatus is one line of a course page.
type ModuleStatus struct {
	Module      *modules.Module
	State       State
	Needs       *modules.Module // what must be done first, when locked
	Several     bool            // and that is not all of it
	Wait        *Wait           // until when that waits itself; nil when it does not, and only Overview and Home look
	Read, Parts int
	MinutesLeft int
	Completed   store.Time
	Next        Step
}

// status works out where the person stands with one module.
func (s *School) status(c *Course, e Entry, p *Progress) ModuleStatus {
	m, _ := s.lib.Module(e.Slug)
	st := ModuleStatus{Module: m, State: NotStarted, Parts: len(m.Sections), Next: Step{Kind: StepCheck, Course: c.Slug, Module: m.Slug}}
	for i := len(m.Sections) - 1; i >= 0; i-- {
		if p.Read(m.Slug, m.Sections[i].ID) {
			st.Read++
			continue
		}
		st.MinutesLeft += m.Sections[i].Minutes
		st.Next = Step{Kind: StepSection, Course: c.Slug, Module: m.Slug, Section: m.Sections[i].ID}
	}
	st.MinutesLeft += m.Minutes.Check
	if st.Read == 0 {
		st.MinutesLeft = m.Minutes.Total
	}
	if done, ok := p.ModuleDone(m.Slug); ok {
		st.State, st.Completed, st.MinutesLeft = Finished, done.At, 0
		return st
	}
	for _, need := range e.Needs {
		if _, ok := p.ModuleDone(need); !ok {
			if st.State == Locked {
				st.Several = true
				continue
			}
			st.State = Locked
			st.Needs, _ = s.lib.Module(need)
		}
	}
	if st.State == Locked {
		return st
	}
	if st.Read > 0 {
		st.State = InProgress
	}
	return st
}

// Overview is a course as its learner sees it.
type Overview struct {
	Course       *Course
	Progress     *Progress
	Modules      []ModuleStatus
	ModulesDone  int
	MinutesLeft  int
	MinutesTotal int
	Next         Step
	Ahead        *Ahead // the test that is next; nil when something else is, and only Overview and Home look
	// Held is the certificate that the completed course led to; like Ahead, only
	// Overview and Home look.
	Held      *certificates.Certificate
	FinalOpen bool
	// Unaccepted: the final assessment waits; see Assessment. Only Overview and Home
	// look.
	Unaccepted bool
}

// overview joins the statuses of all modules.
func (s *School) overview(c *Course, p *Progress) Overview {
	o := Overview{Course: c, Progress: p, MinutesTotal: s.Minutes(c), Next: Step{Kind: StepFinal, Course: c.Slug}, FinalOpen: true}
	if p.Done == nil {
		o.MinutesLeft = c.Final.Minutes
	}
	found := Locked // the state of the module that is next: what is begun comes before what is not
	for _, e := range c.Entries {
		st := s.status(c, e, p)
		o.Modules = append(o.Modules, st)
		o.MinutesLeft += st.MinutesLeft
		if st.State == Finished {
			o.ModulesDone++
			continue
		}
		o.FinalOpen = false
		if st.State == InProgress && found != InProgress || st.State == NotStarted && found == Locked {
			o.Next, found = st.Next, st.State
		}
	}
	if p.Done != nil {
		o.Next = Step{Kind: StepDone, Course: c.Slug}
		o.MinutesLeft = 0
	}
	return o
}

// Overview shows a course and how far the viewer has come in it.
func (s *School) Overview(ctx context.Context, v people.Viewer, slug string) (Overview, error) {
	c, err := s.Course(slug)
	if err != nil {
		return Overview{}, err
	}
	rx := s.db.Read(ctx)
	p, err := progressOf(rx, v.Person, c.Slug)
	if err != nil {
		return Overview{}, err
	}
	o := s.overview(c, p)
	if err := s.waits(rx, &o); err != nil {
		return Overview{}, err
	}
	if p.Done != nil {
		o.Held, err = heldBy(rx, v.Person, p.Enrolment)
		return o, err
	}
	if o.Unaccepted, err = s.unaccepted(rx, c); err != nil {
		return o, err
	}
	o.Ahead, err = s.ahead(rx, v.Person, p, c, o.Next)
	return o, err
}

// Home shows what is next for the viewer: the first course they are enrolled in
// and have not finished, else the first of all.
func (s *School) Home(ctx context.Context, v people.Viewer) (Overview, error) {
	var first *Overview
	for _, c := range s.courses {
		o, err := s.Overview(ctx, v, c.Slug)
		if problem.KindOf(err) == problem.NotFound && err != nil {
			continue
		}
		if err != nil {
			return Overview{}, err
		}
		if o.Progress.Done == nil {
			return o, nil
		}
		if first == nil {
			first = &o
		}
	}
	if first == nil {
		return Overview{}, problem.New(problem.NotFound, "course.not_enrolled")
	}
	return *first, nil
}
