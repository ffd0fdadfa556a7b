package learner

import (
	"net/http"
	"regexp"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// exercisePath is the address to which an exercise is sent.
var exercisePath = regexp.MustCompile(`^/(en|cy)/learn/([^/]+)/([^/]+)/exercises/([^/]+)$`)

// storeExercise is Store for an exercise: back to it, which says what became of
// what was sent. One that is not whole waits on, to be shown again.
func (r *Room) storeExercise(c *web.Context, v people.Viewer, p web.Pending) (path string, settled bool, err error) {
	m := exercisePath.FindStringSubmatch(p.Path)
	self := exercisesPath(m[2], m[3]) + "/" + m[4]
	if p.Person != "" && p.Person != v.Person {
		path, err = r.tell(c, v, "/learn", toldOther)
		return path, false, err
	}
	if p.Form.Get("switch") == "" { // else it was not sent, but the language changed
		err = r.School.KeepExercise(c.Request().Context(), v, i18n.Lang(m[1]), m[2], m[3], m[4], r.exerciseForm(m[3], m[4], p.Form.Get))
	}
	switch k := problem.KindOf(err); {
	case err == nil || k == problem.NotFound:
		return c.Local(self), true, nil
	case k == problem.Conflict:
		path, err = r.tell(c, v, self, toldStale)
		return path, true, err
	case k == problem.Invalid:
		if err := r.setAside(c, v, p); err != nil {
			return "", false, err
		}
		path, err = r.tell(c, v, self, toldRefused)
		return path, false, err
	}
	return "", false, err
}

// waitingExercise is what was set aside of an exercise for the viewer.
func (r *Room) waitingExercise(c *web.Context, v people.Viewer, self string) (web.Pending, bool) {
	p, err := r.Seal.Open(c.Waits())
	if err != nil || p.Person != v.Person {
		return p, false
	}
	m := exercisePath.FindStringSubmatch(p.Path)
	return p, m != nil && exercisesPath(m[2], m[3])+"/"+m[4] == self
}

// forgetExercise takes away what was set aside of an exercise, now that it is done.
func (r *Room) forgetExercise(c *web.Context, v people.Viewer, self string) {
	if _, ok := r.waitingExercise(c, v, self); ok {
		c.SetWaits("")
	}
}

// refill puts what was set aside back into the form of an exercise, with what is
// still open, and returns the page's status.
func (r *Room) refill(c *web.Context, v people.Viewer, p *exercisePage) int {
	sent, ok := r.waitingExercise(c, v, p.Self)
	if !ok {
		return http.StatusOK
	}
	p.Given = p.Read(sent.Form.Get)
	e, ok := problem.As(p.Open(p.Given))
	if !ok {
		return http.StatusOK
	}
	p.Refused, p.FormErrors = true, exerciseErrors(c, p.Exercise, e)
	return web.Status(e)
}
