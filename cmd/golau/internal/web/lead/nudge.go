package lead

import (
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
)

type nudgePage struct {
	web.Frame
	web.FormErrors
	Place  people.Place
	N      course.Nudges
	To     int
	Asked  [][2]string // the filter, as fields
	Back   string      // address of the list
	Narrow bool        // a filter is set
}

// planNudge shows how many a nudge of a filtered list would reach.
func (r *Room) planNudge(c *web.Context, v people.Viewer) error {
	return r.showNudge(c, v, c.QueryParam("at"), filter(c.QueryParams()), nil)
}

func (r *Room) showNudge(c *web.Context, v people.Viewer, at string, f course.RosterFilter, wrong error) error {
	place, scope, err := v.LedAt(at)
	if err != nil {
		return err
	}
	p := &nudgePage{Place: place, Asked: fields(at, f), Back: ask(at, f, ""), Narrow: f != (course.RosterFilter{})}
	var status int
	if p.FormErrors, status, err = c.Take(wrong); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.nudge.title"), "lead", withQuery("/lead/nudge", p.Asked, "")
	if p.N, err = r.School.Nudges(c.Request().Context(), scope, f); err != nil {
		return err
	}
	p.To = len(p.N.To)
	return c.Show(status, "lead/nudge", p)
}

// nudgeAll nudges those of a filtered list, if they are as many as were shown.
func (r *Room) nudgeAll(c *web.Context, v people.Viewer) error {
	at, f := c.Field("at"), filter(c.Form())
	_, scope, err := v.LedAt(at)
	if err != nil {
		return err
	}
	shown, err := strconv.Atoi(c.Field("shown"))
	if err != nil {
		shown = -1
	}
	if err := r.School.NudgeAll(c.Request().Context(), v, scope, f, shown); err != nil {
		return r.showNudge(c, v, at, f, err)
	}
	return c.Go(withQuery("/lead/people", append(fields(at, f), [2]string{"done", "nudged"}), ""))
}

// nudgeOne nudges one person.
func (r *Room) nudgeOne(c *web.Context, v people.Viewer) error {
	p, _, scope, err := v.LedPosition(r.DB.Read(c.Request().Context()), c.Param("position"))
	if err != nil {
		return err
	}
	err = r.School.NudgeOne(c.Request().Context(), v, scope, p.ID)
	if problem.KindOf(err) == problem.Conflict {
		return r.showPerson(c, v, "", err)
	}
	if err != nil {
		return err
	}
	return c.Go("/lead/people/" + p.ID + "?done=nudged")
}
