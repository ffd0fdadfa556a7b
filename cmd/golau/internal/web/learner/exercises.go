package learner

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/modules/exercise"
)

func exercisesPath(courseSlug, module string) string {
	return "/learn/" + courseSlug + "/" + module + "/exercises"
}

type exercisesPage struct {
	web.Frame
	Exercises []course.Exercise
	Base      string
}

// exercises lists the exercises of a module.
func (r *Room) exercises(c *web.Context, v people.Viewer) error {
	list, err := r.School.Exercises(c.Request().Context(), v, c.Param("course"), c.Param("module"))
	if err != nil {
		return r.lead(c, err)
	}
	return c.Show(http.StatusOK, "learner/exercises", &exercisesPage{
		web.Frame{Title: c.T("exercise.tab_all", "Number", list[0].Module.Number), Current: "learn"},
		list, exercisesPath(c.Param("course"), c.Param("module"))})
}

// exercisePage is an exercise to do, or to look back on.
type exercisePage struct {
	web.Frame
	web.FormErrors
	course.Exercise
	Base, Self string
	Next       int               // the run that the form is for
	Given      map[string]string // what the form shows as chosen
	Stale      bool              // the page that was sent was behind
	Refused    bool              // what was sent before signing in is not whole
	Looks      []exercise.Looked
}

func newExercisePage(c *web.Context, x course.Exercise) *exercisePage {
	base := exercisesPath(x.Course.Slug, x.Module.Slug)
	p := &exercisePage{Exercise: x, Base: base, Self: base + "/" + x.ID, Next: x.Run + 1}
	p.Title, p.Current = c.T("exercise.tab", "Number", x.Module.Number), "learn"
	return p
}

// Picked says whether the form shows a choice as chosen.
func (p *exercisePage) Picked(l exercise.Line, choice string) bool { return p.Given[l.ID] == choice }

// MeansKey is the message of what a line of a record means.
func (p *exercisePage) MeansKey(m exercise.Meaning) string {
	switch m {
	case exercise.Sign:
		return "exercise.means_sign"
	case exercise.Not:
		return "exercise.means_not"
	}
	return "exercise.means_bias"
}

// exercise shows an exercise: to do, or what was chosen beside what is
// recommended.
func (r *Room) exercise(c *web.Context, v people.Viewer) error {
	x, err := r.School.Exercise(c.Request().Context(), v, c.Param("course"), c.Param("module"), c.Param("exercise"))
	if err != nil {
		return r.lead(c, err)
	}
	p, status := newExercisePage(c, x), http.StatusOK
	switch told := r.told(c, v, p.Self); {
	case told == toldRefused:
		status = r.refill(c, v, p)
	case told == toldStale:
		p.Stale = true
	}
	if x.Done() && c.QueryParam("again") == "" && p.Given == nil {
		return r.lookBack(c, status, p)
	}
	return r.ask(c, status, p)
}

// ask shows the form of an exercise.
func (r *Room) ask(c *web.Context, status int, p *exercisePage) error {
	p.FormID = "exercise"
	return c.Show(status, "learner/exercise", p)
}

// lookBack shows what was chosen beside what is recommended.
func (r *Room) lookBack(c *web.Context, status int, p *exercisePage) error {
	p.Looks = p.Look(p.Chosen)
	return c.Show(status, "learner/exercise_look", p)
}

// kindKey is the message of what is done in an exercise.
func kindKey(k exercise.Kind) string {
	switch k {
	case exercise.Signs:
		return "exercise.kind_signs"
	case exercise.Rewrite:
		return "exercise.kind_rewrite"
	case exercise.Order:
		return "exercise.kind_order"
	}
	return "exercise.kind_match"
}

// KindKey is kindKey for the list.
func (p *exercisesPage) KindKey(k exercise.Kind) string { return kindKey(k) }

// KindKey is kindKey for one exercise.
func (p *exercisePage) KindKey() string { return kindKey(p.Kind) }

// HintKey is the message of what to do.
func (p *exercisePage) HintKey() string {
	switch p.Kind {
	case exercise.Signs:
		return "exercise.hint_signs"
	case exercise.Rewrite:
		return "exercise.hint_rewrite"
	case exercise.Order:
		return "exercise.hint_order"
	}
	return "exercise.hint_match"
}

// Lettered are the choices that all lines share, as the lists name them.
func (p *exercisePage) Lettered() []exercise.Choice { return p.Offered(exercise.Line{}) }

// Quoted is a line as it was first written, in quotation marks.
func (p *exercisePage) Quoted(t i18n.Text) string { return "“" + t.In(p.Lang()) + "”" }
