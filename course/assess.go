package course

import (
	"context"
	"strings"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// Assessment is a check or a final assessment with where its learner stands.
type Assessment struct {
	Course   *Course
	Module   *modules.Module // nil for the final assessment
	Rules    quiz.Rules
	Minutes  int
	Standing quiz.Standing
	Missing  *Step           // what must be done first; nil when it may begin
	Needs    *modules.Module // which module must be finished first; nil when the module is not locked
	Several  bool            // and others as well
	Wait     *Wait           // until when what is missing waits itself; nil when it can be done now
	Done     bool            // the module or the course is completed
	// Unaccepted: the final assessment waits until an administrator has accepted
	// that nobody has reviewed the course. One that is open may be gone on with.
	Unaccepted bool

	// Alone: the final assessment is sat anew by somebody who has finished the course,
	// since an agency asks for it alone.
	Alone bool

	enrolment string // id
	sitting   string // the name, where Alone
}

// Names of assessments, as quiz keeps them.
func checkName(module string) string { return "module:" + module }
func finalName(course string) string { return "final:" + course }

// assessmentNamed tells which module a name is about; "" for the final.
func moduleNamed(name string) string {
	m, _ := strings.CutPrefix(name, "module:")
	if m == name {
		return ""
	}
	return m
}

func (a Assessment) name() string {
	switch {
	case a.Alone:
		return a.sitting
	case a.Module == nil:
		return finalName(a.Course.Slug)
	}
	return checkName(a.Module.Slug)
}

func (a Assessment) bank() string {
	if a.Module == nil {
		return a.Course.Final.Bank
	}
	return a.Module.Slug
}

func (s *School) edition(a Assessment) string {
	if a.Module == nil {
		return s.editions[a.Course.Slug]
	}
	return a.Module.Edition
}

// Assessment shows a module's check, or the final assessment when module is
// empty, before it begins. No such module, or no enrolment, is problem.NotFound.
func (s *School) Assessment(ctx context.Context, v people.Viewer, course, module string) (Assessment, error) {
	return s.assessment(s.db.Read(ctx), v.Person, course, module)
}

func (s *School) assessment(rx store.Rx, person, course, module string) (Assessment, error) {
	c, err := s.Course(course)
	if err != nil {
		return Assessment{}, err
	}
	a := Assessment{Course: c, Rules: c.Final.Rules, Minutes: c.Final.Minutes}
	var e Entry
	if module != "" {
		if a.Module, e, err = s.module(c, module); err != nil {
			return Assessment{}, err
		}
		a.Rules, a.Minutes = c.CheckOf(module), a.Module.Minutes.Check
	}
	p, err := progressOf(rx, person, c.Slug)
	if err != nil {
		return Assessment{}, err
	}
	a.enrolment = p.Enrolment
	a.Missing, a.Done = s.missing(c, e, a.Module, p)
	if a.Missing != nil {
		if a.Module != nil {
			st := s.status(c, e, p)
			a.Needs, a.Several = st.Needs, st.Several
		}
		if a.Wait, err = s.waitFor(rx, c, p, *a.Missing); err != nil {
			return Assessment{}, err
		}
	}
	if a.Module == nil && a.Done {
		if err := s.sitAlone(rx, person, p, &a); err != nil {
			return Assessment{}, err
		}
	}
	if a.Module == nil && !a.Done && !a.Alone { // which leads to no certificate
		if a.Unaccepted, err = s.unaccepted(rx, c); err != nil {
			return Assessment{}, err
		}
	}
	a.Standing, err = quiz.StandingOf(rx, p.Enrolment, a.name(), a.Rules)
	return a, err
}

// missing returns the first step that must come before an assessment.
func (s *School) missing(c *Course, e Entry, m *modules.Module, p *Progress) (*Step, bool) {
	if m == nil {
		// Whoever completed the course before it grew has completed it.
		if o := s.overview(c, p); !o.FinalOpen && p.Done == nil {
			return &o.Next, false
		}
		return nil, p.Done != nil
	}
	st := s.status(c, e, p)
	switch {
	case st.State == Finished:
		return nil, true
	case st.State == Locked:
		need := s.opener(c, st, p).Next
		return &need, false
	case st.Next.Kind == StepSection:
		return &st.Next, false
	}
	return nil, false
}

// opener returns the module to go on with so that a locked one opens in the end:
// what it needs may itself be locked, and then what that needs. A module needs
// only what stands before it, so this ends.
func (s *School) opener(c *Course, st ModuleStatus, p *Progress) ModuleStatus {
	for i := len(c.Entries) - 1; i >= 0 && st.State == Locked; i-- {
		if c.Entries[i].Slug == st.Needs.Slug {
			st = s.status(c, c.Entries[i], p)
		}
	}
	return st
}

// StartAttempt begins an attempt, or finds the open one, and returns its id.
//
// Something still to be done first is problem.Conflict (course.step_missing),
// no attempt left is problem.Conflict, too early is problem.TooMany. Once the
// course is completed there is no further final assessment; until its certificates
// may be issued there is none either (problem.Conflict, course.final_waits).
func (s *School) StartAttempt(ctx context.Context, v people.Viewer, lang i18n.Lang, course, module string) (string, error) {
	var a quiz.Attempt
	err := s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) (err error) {
		a, err = s.StartIn(tx, v.Person, lang, course, module)
		return err
	})
	return a.ID, err
}

// StartIn is StartAttempt within a transaction that somebody has opened already.
func (s *School) StartIn(tx store.Tx, person string, lang i18n.Lang, course, module string) (quiz.Attempt, error) {
	a, err := s.assessment(tx.Rx, person, course, module)
	if err != nil {
		return quiz.Attempt{}, err
	}
	if a.Missing != nil {
		return quiz.Attempt{}, &StepMissing{Step: *a.Missing, Needs: a.Needs, Several: a.Several, Wait: a.Wait}
	}
	if a.Module == nil && a.Done {
		return quiz.Attempt{}, problem.New(problem.Conflict, "course.completed_already")
	}
	if a.Unaccepted && a.Standing.OpenAttempt == "" {
		return quiz.Attempt{}, problem.New(problem.Conflict, "course.final_waits")
	}
	return quiz.Start(tx, quiz.StartInput{Person: person, Enrolment: a.enrolment, Assessment: a.name(),
		Bank: s.banks.Bank(a.bank()), Rules: a.Rules, Edition: s.edition(a), Lang: lang})
}

// StepMissing refuses something because a step comes before it.
type StepMissing struct {
	Step  Step
	Needs *modules.Module // must be done first; nil when it is only a part
	Wait  *Wait           // until when Step waits itself; nil when it can be done now

	Several bool // Needs is not all that must be done
	Skipped bool // a part of a module was to be finished before this one, of the same module
}

// Error is for logs.
func (e *StepMissing) Error() string { return "course.step_missing" }

// Unwrap makes it a problem.Conflict.
func (e *StepMissing) Unwrap() error {
	if e.Needs != nil && e.Several {
		return problem.New(problem.Conflict, "course.locked_several")
	}
	if e.Needs != nil {
		return problem.New(problem.Conflict, "course.locked", "Module", e.Needs.Number)
	}
	if e.Skipped {
		return problem.New(problem.Conflict, "course.part_skipped")
	}
	return problem.New(problem.Conflict, "course.step_missing")
}

// Place says to which course and module an attempt belongs.
type Place struct {
	Course *Course
	Module *modules.Module // nil for the final assessment
	// Unaccepted: nothing may be handed in yet; see Assessment.
	Unaccepted bool
	Alone      bool // the final assessment, sat anew without the lessons
}

func (s *School) place(rx store.Rx, a quiz.Attempt) (Place, error) {
	e, err := enrolmentByID(rx, a.EnrolmentID)
	if err != nil {
		return Place{}, err
	}
	c, err := s.Course(e.Course)
	if err != nil {
		return Place{}, err
	}
	p := Place{Course: c, Alone: isAlone(a.Assessment)}
	if slug := moduleNamed(a.Assessment); slug != "" {
		if p.Module, _, err = s.module(c, slug); err != nil {
			return Place{}, err
		}
		return p, nil
	}
	if a.Open && !p.Alone {
		p.Unaccepted, err = s.unaccepted(rx, c)
	}
	return p, err
}

// Question shows question n of an attempt with the current answer. Someone
// else's attempt is problem.NotFound.
func (s *School) Question(ctx context.Context, v people.Viewer, attempt string, n int) (quiz.View, Place, error) {
	rx := s.db.Read(ctx)
	view, err := quiz.Look(rx, v.Person, attempt, n)
	if err != nil {
		return quiz.View{}, Place{}, err
	}
	p, err := s.place(rx, view.Attempt)
	return view, p, err
}

// Asked returns what was asked as question number n of the viewer's attempt.
func (s *School) Asked(ctx context.Context, v people.Viewer, attempt string, n int) (quiz.Asked, error) {
	return quiz.Ask(s.db.Read(ctx), v.Person, attempt, n)
}

// Kept says how the answer to question n of the viewer's attempt stands.
func (s *School) Kept(ctx context.Context, v people.Viewer, attempt string, n int) (quiz.Kept, error) {
	return quiz.KeptOf(s.db.Read(ctx), v.Person, attempt, n)
}

// Answer keeps an answer; see quiz.Answer for what it refuses.
func (s *School) Answer(ctx context.Context, v people.Viewer, attempt string, in quiz.AnswerInput) (saved quiz.Saved, err error) {
	err = s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		saved, err = quiz.Answer(tx, v.Person, attempt, in)
		return err
	})
	return saved, err
}

// Review shows a whole attempt before it is submitted.
func (s *School) Review(ctx context.Context, v people.Viewer, attempt string) (quiz.Attempt, quiz.Paper, []quiz.Given, Place, error) {
	rx := s.db.Read(ctx)
	a, paper, given, err := quiz.Open(rx, v.Person, attempt)
	if err != nil {
		return quiz.Attempt{}, quiz.Paper{}, nil, Place{}, err
	}
	p, err := s.place(rx, a)
	return a, paper, given, p, err
}

// Outcome is a marked attempt and what it led to.
type Outcome struct {
	Place
	quiz.Result
	Standing    quiz.Standing
	Certificate string         // id, when the course is completed by it
	Grown       bool           // the final was passed, and completed nothing: the course has modules that came since
	Anchors     map[int]string // by question number: the paragraph that it rests on
	Offers      []CaseOffer    // the cases of the module that was passed
	Next        Step
}

// Result shows a submitted attempt.
func (s *School) Result(ctx context.Context, v people.Viewer, attempt string) (Outcome, error) {
	rx := s.db.Read(ctx)
	r, err := quiz.ResultOf(rx, v.Person, attempt)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{Result: r, Anchors: s.anchors(r)}
	if o.Place, err = s.place(rx, r.Attempt); err != nil {
		return Outcome{}, err
	}
	if o.Standing, err = quiz.StandingOf(rx, r.Attempt.EnrolmentID, r.Attempt.Assessment, r.Attempt.Rules); err != nil {
		return Outcome{}, err
	}
	p, err := progressIn(rx, r.Attempt.EnrolmentID)
	if err != nil {
		return Outcome{}, err
	}
	o.Next, o.Grown = s.overview(o.Course, p).Next, o.Module == nil && r.Mark.Passed && p.Done == nil
	if o.Module != nil && r.Mark.Passed {
		o.Offers = caseOffers(v, o.Module, p)
	}
	if p.Done != nil {
		o.Certificate, err = certificateOf(rx, v.Person, r.Attempt.EnrolmentID)
	}
	return o, err
}

// anchors finds for each question the paragraph that shares most facts with it.
func (s *School) anchors(r quiz.Result) map[int]string {
	found := map[int]string{}
	for _, q := range r.Questions {
		if m, ok := s.lib.Module(q.Module); ok {
			if sec, ok := m.Section(q.Section); ok {
				found[q.Number] = sec.Anchor(s.facts[q.Ref])
			}
		}
	}
	return found
}
