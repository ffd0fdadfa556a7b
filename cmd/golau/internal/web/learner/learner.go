// Package learner is the room of those who take a course: what is next, the
// sections, the questions, the results, the certificates.
//
// It reads the request, calls one verb of the school and shows the outcome; it
// decides nothing.
package learner

import (
	"embed"
	"errors"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
)

// Files holds the room's pages.
//
//go:embed pages
var Files embed.FS

// Room is what the learner's pages need.
type Room struct {
	Author *Author // nil but where the site reads the course at each request
	School *course.School
	People *people.Directory
	Local  *site.LocalShelf
	Seal   *web.Seal // opens an answer that waited and was refused
	Verify string    // where certificates are checked: the site's own address
}

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	return []web.Route{
		web.Get("/learn", web.Learning, r.home),
		web.Get("/learn/:course", web.Learning, r.course),
		web.Get("/learn/:course/assessment", web.Learning, r.assessment),
		web.Post("/learn/:course/again", web.Learning, r.takeAgain),
		web.Post("/learn/:course/assessment", web.Learning, r.start),
		web.Get("/learn/:course/cases", web.Learning, r.cases),
		web.Get("/learn/:course/:module", web.Learning, r.module),
		web.Get("/learn/:course/:module/check", web.Learning, r.assessment),
		web.Post("/learn/:course/:module/check", web.Learning, r.start),
		web.Get("/learn/:course/:module/cases/:case", web.Learning, r.story),
		web.Post("/learn/:course/:module/cases/:case", web.Learning, r.choose),
		web.Post("/learn/:course/:module/cases/:case/text", web.Learning, r.readCase),
		web.Get("/learn/:course/:module/exercises", web.Learning, r.exercises),
		web.Get("/learn/:course/:module/exercises/:exercise", web.Learning, r.exercise),
		web.Post("/learn/:course/:module/exercises/:exercise", web.Learning, r.doExercise),
		web.Get("/learn/:course/:module/:section", web.Learning, r.section),
		web.Post("/learn/:course/:module/:section", web.Learning, r.advance),
		web.Post("/learn/:course/:module/:section/nation", web.Learning, r.nation),
		web.Get("/attempts/:attempt/questions/:n", web.Learning, r.question),
		web.Post("/attempts/:attempt/questions/:n", web.Learning, r.answer),
		web.Get("/attempts/:attempt/review", web.Learning, r.review),
		web.Post("/attempts/:attempt/submit", web.Learning, r.submit),
		web.Get("/attempts/:attempt/result", web.SignedIn, r.result),
		web.Get("/certificates", web.SignedIn, r.certificates),
		web.Get("/certificates/:certificate", web.SignedIn, r.certificate),
		web.Get("/certificates/:certificate/pdf", web.SignedIn, r.pdf),
	}
}

// lead adds to a refusal the way to the step that is missing, and its name.
func (r *Room) lead(c *web.Context, err error) error {
	var missing *course.StepMissing
	p, ok := problem.As(err)
	if !errors.As(err, &missing) || !ok {
		return err
	}
	number := 0
	if missing.Needs != nil {
		number = missing.Needs.Number
	}
	key, step := p.Key, r.firstStep(c, missing.Step, missing.Wait)
	args := []any{"Module", number, "Part", r.partName(c, missing.Step), "Step", c.Local(step.Path), "StepName", step.Label}
	if w := missing.Wait; w != nil {
		if key = "course.step_missing_until"; missing.Needs != nil {
			key = "course.locked_until"
		}
		args = append(args, "Check", w.Module.Number, "Time", i18n.Clock(c.Lang, w.Until.Time), "Date", i18n.Date(c.Lang, w.Until.Time))
	}
	return problem.New(p.Kind, key, args...)
}

// firstStep is the button to what comes first. Nothing offers a check before it
// may be tried again: until then there is its module to read.
func (r *Room) firstStep(c *web.Context, s course.Step, wait *course.Wait) button {
	if wait != nil {
		return button{"/learn/" + s.Course + "/" + s.Module + "/" + wait.Module.Sections[0].ID, c.T("tries.read_module", "Number", wait.Module.Number)}
	}
	return button{stepPath(s), r.stepName(c, s)}
}

// stepName is what a button says that leads to a step.
func (r *Room) stepName(c *web.Context, s course.Step) string {
	m, ok := r.School.Library().Module(s.Module)
	switch {
	case s.Kind == course.StepSection && ok:
		return c.T("step.section", "Number", m.Number, "Part", r.partName(c, s))
	case s.Kind == course.StepCheck && ok:
		return c.T("step.check", "Number", m.Number)
	}
	return c.T("assessment.go_missing")
}

// partName is the title of a part of a module, "" where the step is none.
func (r *Room) partName(c *web.Context, s course.Step) string {
	if m, ok := r.School.Library().Module(s.Module); ok {
		if part, ok := m.Section(s.Section); ok {
			return part.Title.In(c.Lang)
		}
	}
	return ""
}

// stepPath is where a step stands among the pages.
func stepPath(s course.Step) string {
	switch s.Kind {
	case course.StepSection:
		return "/learn/" + s.Course + "/" + s.Module + "/" + s.Section
	case course.StepCheck:
		return "/learn/" + s.Course + "/" + s.Module + "/check"
	case course.StepFinal:
		return "/learn/" + s.Course + "/assessment"
	}
	return "/certificates"
}
