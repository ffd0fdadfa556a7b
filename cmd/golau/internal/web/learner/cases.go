package learner

import (
	"net/http"
	"slices"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/modules/scenario"
)

func casesPath(courseSlug, module string) string {
	return "/learn/" + courseSlug + "/" + module + "/cases"
}

type casesPage struct {
	web.Frame
	Course      *course.Course
	Own, Others []course.CaseOffer
	Base        string // path of the course
}

// cases lists all cases of a course, those of the reader's own work first.
func (r *Room) cases(c *web.Context, v people.Viewer) error {
	of, own, others, err := r.School.Cases(c.Request().Context(), v, c.Param("course"))
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "learner/cases", &casesPage{web.Frame{Title: c.T("case.all"), Current: "learn"}, of, own, others, "/learn/" + of.Slug})
}

// casePage is a turn of a case, its end, or the whole of it as text.
type casePage struct {
	web.Frame
	web.FormErrors
	course.Case
	Self  string
	All   string // where all cases are listed
	Token string // the choice that was made and not sent
	Stale bool   // the page that was sent was behind
	// Looks is the way taken, or in the text the recommended one.
	Looks []scenario.Looked
	Model scenario.Play
	// Marked is what came about, and when: on the way taken, and on the
	// recommended one.
	Marked []scenario.Marked
}

func newCasePage(c *web.Context, k course.Case) *casePage {
	p := &casePage{Case: k, Self: casesPath(k.Course.Slug, k.Module.Slug) + "/" + k.ID, Model: k.Model(),
		All: "/learn/" + k.Course.Slug + "/cases"}
	p.Title, p.Current = c.T("case.tab", "Number", k.Module.Number), "learn"
	return p
}

// Turn is the number of the present turn, from 1.
func (p *casePage) Turn() int { return len(p.Play.Turns) + 1 }

// Of is how many turns a way has; every way has as many.
func (p *casePage) Of() int { return len(p.Model.Turns) }

// Before is the turn that was just taken, nil at the start.
func (p *casePage) Before() *scenario.Turn {
	if n := len(p.Play.Turns); n > 0 {
		return &p.Play.Turns[n-1]
	}
	return nil
}

// Came is what the turn that was just taken opened or closed.
func (p *casePage) Came() []scenario.Marked { return p.Scenario.Came(p.Play) }

// Passed is how many hours of the case's time went by after that turn was done.
func (p *casePage) Passed() int {
	if t := p.Before(); t != nil && p.Play.Now != nil {
		return (p.Play.Now.At - t.At - t.Chosen.Minutes) / 60
	}
	return 0
}

// States is the row of windows.
func (p *casePage) States() []string {
	states := make([]string, p.Of())
	for i := range states {
		if i < len(p.Play.Turns) {
			states[i] = "done"
		}
	}
	if p.Play.Now != nil {
		states[len(p.Play.Turns)] = "now"
	}
	return states
}

// Clock is the case's time of day.
func (p *casePage) Clock(minutes int) string {
	return i18n.Clock(p.Lang(), time.Date(2026, 1, 1, 0, minutes, 0, 0, i18n.London()))
}

// Day is the day of the case on which a time lies, from 1.
func (p *casePage) Day(minutes int) int { return 1 + minutes/(24*60) }

// Beside is the recommended way at the turn that a look back is about, nil where it
// does not come there.
func (p *casePage) Beside(l scenario.Looked) *scenario.Turn {
	for i := range p.Model.Turns {
		if slices.Contains(l.Decisions, p.Model.Turns[i].ID) {
			return &p.Model.Turns[i]
		}
	}
	return nil
}

// story shows where the viewer stands in a case.
func (r *Room) story(c *web.Context, v people.Viewer) error {
	k, err := r.School.Case(c.Request().Context(), v, c.Param("course"), c.Param("module"), c.Param("case"))
	if err != nil {
		return err
	}
	if c.QueryParam("again") != "" {
		if k, err = k.Again(); err != nil {
			return err
		}
	}
	return r.showCase(c, http.StatusOK, newCasePage(c, k))
}

func (r *Room) showCase(c *web.Context, status int, p *casePage) error {
	switch {
	case c.QueryParam("version") == "text":
		p.Looks, p.Alternate = p.Scenario.Looks(p.Model), p.Self+"?version=text"
		return c.Show(status, "learner/case_text", p)
	case p.Play.Ending != nil:
		p.Looks, p.Marked = p.Scenario.Looks(p.Play), p.Scenario.Marked(p.Play, p.Model)
		return c.Show(status, "learner/debrief", p)
	}
	p.FormID = "case"
	return c.Show(status, "learner/case", p)
}
