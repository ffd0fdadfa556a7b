package learner

import (
	"net/http"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/modules/exercise"
)

// exerciseForm reads the form of an exercise. A number that is none is 0, which
// no run has. What is no exercise is read as nothing: the verb says that it is not
// there.
func (r *Room) exerciseForm(module, id string, field func(string) string) (sent course.Sent) {
	sent.Run, _ = strconv.Atoi(field("run"))
	if m, ok := r.School.Library().Module(module); ok {
		if e, ok := m.Exercise(id); ok {
			sent.Chosen = e.Read(field)
		}
	}
	return sent
}

// doExercise keeps what was chosen and looks back on it.
func (r *Room) doExercise(c *web.Context, v people.Viewer) error {
	slug, module, id := c.Param("course"), c.Param("module"), c.Param("exercise")
	sent := r.exerciseForm(module, id, c.Field)
	var err error
	if !c.Switching() {
		if err = r.School.KeepExercise(c.Request().Context(), v, c.Lang, slug, module, id, sent); err == nil {
			r.forgetExercise(c, v, exercisesPath(slug, module)+"/"+id)
			return c.Go(exercisesPath(slug, module) + "/" + id)
		}
	}
	return r.exerciseAgain(c, v, sent, err)
}

// exerciseAgain shows an exercise with what was chosen: in the other language, with
// what is still open, or looks back on what was chosen elsewhere meanwhile.
func (r *Room) exerciseAgain(c *web.Context, v people.Viewer, sent course.Sent, err error) error {
	p, ok := problem.As(err)
	if err != nil && (!ok || p.Kind != problem.Invalid && p.Key != "course.exercise.elsewhere") {
		return r.lead(c, err)
	}
	x, failed := r.School.Exercise(c.Request().Context(), v, c.Param("course"), c.Param("module"), c.Param("exercise"))
	if failed != nil {
		return r.lead(c, failed)
	}
	page := newExercisePage(c, x)
	switch {
	case p == nil:
		page.Given = sent.Chosen
		return r.ask(c, http.StatusOK, page)
	case p.Kind == problem.Invalid:
		page.Given, page.FormErrors = sent.Chosen, exerciseErrors(c, x, p)
		return r.ask(c, web.Status(p), page)
	}
	if page.Stale = true; x.Done() {
		return r.lookBack(c, web.Status(p), page)
	}
	return r.ask(c, web.Status(p), page)
}

// exerciseErrors says what is still open, and with which control each line begins.
func exerciseErrors(c *web.Context, x course.Exercise, p *problem.Error) web.FormErrors {
	lines, name := x.Shuffled(), map[string]string{}
	var fields []string
	for i := range lines {
		fields = append(fields, lines[i].Field())
		name[lines[i].Field()] = lines[i].Text.In(c.Lang)
	}
	f := c.FormErrors(p, fields...)
	for i := range lines {
		if x.Kind == exercise.Rewrite {
			f.Begin(fields[i], fields[i]+"-"+x.Offered(lines[i])[0].ID)
		}
	}
	if x.Kind != exercise.Signs {
		f.Call(func(field string) string { return name[field] })
	}
	return f
}
