package course

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/modules/exercise"
)

// Exercise is an exercise of a module as its learner stands in it.
type Exercise struct {
	Course *Course
	Module *modules.Module
	*exercise.Exercise
	Run    int               // the newest that is kept, 0 for none
	Chosen map[string]string // in that run, by line
	// Anew says that the exercise was rewritten since that run: what was chosen is
	// kept, and there is nothing to lay it beside.
	Anew bool

	enrolment string
}

// Done says whether there is a run to look back on.
func (x Exercise) Done() bool { return x.Run > 0 && !x.Anew }

// Exercises lists the exercises of a module. A locked module is problem.Conflict
// (StepMissing), a module without exercises problem.NotFound.
func (s *School) Exercises(ctx context.Context, v people.Viewer, course, module string) ([]Exercise, error) {
	rx := s.db.Read(ctx)
	first, err := s.exerciseOf(rx, v.Person, course, module, "")
	if err != nil {
		return nil, err
	}
	all := make([]Exercise, len(first.Module.Exercises))
	for i, e := range first.Module.Exercises {
		all[i] = first
		if err := all[i].turnTo(rx, e); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Exercise shows where the viewer stands in an exercise. No such exercise is
// problem.NotFound; for the rest see Exercises.
func (s *School) Exercise(ctx context.Context, v people.Viewer, course, module, id string) (Exercise, error) {
	return s.exerciseOf(s.db.Read(ctx), v.Person, course, module, id)
}

// exerciseOf reads an exercise; without an id, the module's first.
func (s *School) exerciseOf(rx store.Rx, person, course, module, id string) (Exercise, error) {
	c, err := s.Course(course)
	if err != nil {
		return Exercise{}, err
	}
	m, entry, err := s.module(c, module)
	if err != nil {
		return Exercise{}, err
	}
	if id == "" && len(m.Exercises) > 0 {
		id = m.Exercises[0].ID
	}
	e, ok := m.Exercise(id)
	if !ok {
		return Exercise{}, problem.New(problem.NotFound, "course.not_found")
	}
	p, err := progressOf(rx, person, c.Slug)
	if err != nil {
		return Exercise{}, err
	}
	if _, err := s.unlocked(rx, c, entry, p); err != nil {
		return Exercise{}, err
	}
	x := Exercise{Course: c, Module: m, enrolment: p.Enrolment}
	err = x.turnTo(rx, e)
	return x, err
}

// turnTo looks at one of the module's exercises, in its newest run.
func (x *Exercise) turnTo(rx store.Rx, e *exercise.Exercise) (err error) {
	x.Exercise = e
	x.Run, x.Chosen, err = exerciseChoices(rx, x.enrolment, x.Module.Slug, e.ID)
	x.Anew = x.Run > 0 && !e.Fits(x.Chosen)
	return err
}

// unlocked returns where somebody stands with a module, or what must be done first
// as StepMissing.
func (s *School) unlocked(rx store.Rx, c *Course, e Entry, p *Progress) (ModuleStatus, error) {
	st := s.status(c, e, p)
	if st.State != Locked {
		return st, nil
	}
	missing := &StepMissing{Step: s.opener(c, st, p).Next, Needs: st.Needs, Several: st.Several}
	var err error
	if missing.Wait, err = s.waitFor(rx, c, p, missing.Step); err != nil {
		return st, err
	}
	return st, missing
}

// Shuffled are the lines as they are asked about: a record as it was written, steps
// in no order that tells.
func (x Exercise) Shuffled() []exercise.Line {
	if x.Kind != exercise.Order {
		return x.Lines
	}
	return byLot(x, slices.Clone(x.Lines), func(l exercise.Line) string { return l.ID })
}

// Offered is what may be chosen for a line, in no order that tells, but for places.
func (x Exercise) Offered(l exercise.Line) []exercise.Choice {
	all := slices.Clone(x.Offers(&l))
	if x.Kind == exercise.Order {
		return all
	}
	of := l.ID
	if x.Kind == exercise.Match {
		of = ""
	}
	return byLot(x, all, func(c exercise.Choice) string { return of + "/" + c.ID })
}

// byLot puts things into an order that is the same for one person all along.
func byLot[T any](x Exercise, all []T, id func(T) string) []T {
	lots := map[string]string{}
	for _, one := range all {
		lot := sha256.Sum256(fmt.Appendln(nil, x.enrolment, x.Module.Slug, x.ID, id(one)))
		lots[id(one)] = string(lot[:])
	}
	slices.SortFunc(all, func(a, b T) int { return cmp.Compare(lots[id(a)], lots[id(b)]) })
	return all
}

// Sent is what somebody chose: the run it is meant for, and a choice for each line.
type Sent struct {
	Run    int
	Chosen map[string]string
}

// KeepExercise keeps what the viewer chose. A line without a choice is
// problem.Invalid with the field of the line. A page that is behind, since the
// exercise was done elsewhere meanwhile, is problem.Conflict
// (course.exercise.elsewhere); the same choices again change nothing. For the rest
// see Exercises.
func (s *School) KeepExercise(ctx context.Context, v people.Viewer, lang i18n.Lang, course, module, id string, sent Sent) error {
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		x, err := s.exerciseOf(tx.Rx, v.Person, course, module, id)
		if err != nil {
			return err
		}
		if sent.Run == x.Run && x.Run > 0 && maps.Equal(sent.Chosen, x.Chosen) {
			return nil // a page sent twice
		}
		if sent.Run != x.Run+1 {
			return problem.New(problem.Conflict, "course.exercise.elsewhere")
		}
		if err := x.Open(sent.Chosen); err != nil {
			return err
		}
		return insertExercise(tx, x, sent, lang)
	})
}

// Open returns what is still open in choices, as problem.Invalid.
func (x Exercise) Open(chosen map[string]string) error {
	gaps, fields := x.Gaps(chosen), map[string]string{}
	for i := range x.Lines {
		l := &x.Lines[i]
		switch gap := gaps[l.ID]; {
		case gap == exercise.Twice:
			fields[l.Field()] = "course.exercise.twice"
		case gap == exercise.None && x.Kind == exercise.Signs:
			fields[l.Field()] = "course.exercise.nothing"
		case gap == exercise.None:
			fields[l.Field()] = "course.exercise.none"
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &problem.Error{Kind: problem.Invalid, Key: "course.exercise.none", Fields: fields}
}
