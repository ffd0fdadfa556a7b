package lead

import (
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
)

type managerPage struct {
	web.Frame
	web.FormErrors
	Done          string
	Place         people.Place
	Places        []place // where the viewer manages anybody, if there are several
	Course        string
	Modules       int // of the course
	Below         bool
	Deep          bool // there are people below their own
	Own, Under    string
	Roster        course.Roster
	Suspended     map[string]bool
	Nudged        map[string]due.Day // when somebody had them reminded, in the last seven days
	Page          string             // of the list
	Before, After string
}

// place is an agency, and the address of its people.
type place struct {
	Place people.Place
	To    string
	Here  bool
}

// manager shows line managers how far their own people have come, and apart from
// them whom these manage in turn: a status, never a page of anybody, nor an answer.
func (r *Room) manager(c *web.Context, v people.Viewer) error {
	return r.showStaff(c, v, c.QueryParam("at"), c.QueryParam("page"), nil)
}

func (r *Room) showStaff(c *web.Context, v people.Viewer, at, page string, wrong error) error {
	ctx := c.Request().Context()
	rx := r.DB.Read(ctx)
	all, err := people.StaffOf(rx, v)
	if err != nil {
		return err
	}
	staff, ok := staffAt(all, at)
	if !ok {
		return problem.New(problem.NotFound, "people.not_found")
	}
	of := r.School.Courses()[0]
	p := &managerPage{Place: staff.Place, Course: of.Title.In(c.Lang), Modules: len(of.Entries), Deep: staff.Deep, Below: staff.Deep && c.QueryParam("who") == "below"}
	p.Title, p.Current, p.Done, p.Page = c.T("manager.title"), "manager", done(c), page
	var status int
	if p.FormErrors, status, err = c.Take(wrong); err != nil {
		return err
	}
	scope := staff.Own
	if p.Below {
		scope = staff.Below
	}
	if p.Roster, err = r.School.Roster(ctx, scope, of.Slug, course.RosterFilter{}, c.Lang, page); err != nil {
		return err
	}
	if p.Suspended, err = people.SuspendedAmong(rx, scope, p.Roster.IDs()); err != nil {
		return err
	}
	if p.Nudged, err = r.School.NudgedLately(ctx, scope); err != nil {
		return err
	}
	p.lead(all, at, page)
	return c.Show(status, "lead/manager", p)
}

// CanNudge says whether the viewer may have somebody of the list reminded: one of
// their own, of whom something is asked that is not done.
func (p *managerPage) CanNudge(l course.RosterLine) bool {
	_, lately := p.Nudged[l.ID]
	return !p.Below && !lately && !p.Suspended[l.ID] && l.Due != "" && l.Status != due.InDate && l.Status != due.Exempt
}

// nudgeStaff has one of the viewer's own people reminded, as a lead would.
func (r *Room) nudgeStaff(c *web.Context, v people.Viewer) error {
	ctx, position := c.Request().Context(), c.Param("position")
	staff, err := people.StaffWith(r.DB.Read(ctx), v, position)
	if err != nil {
		return err
	}
	at, page := staff.Place.Key(), c.Field("page")
	err = r.School.NudgeOne(ctx, v, staff.Own, position)
	if problem.KindOf(err) == problem.Conflict {
		return r.showStaff(c, v, at, page, err)
	}
	if err != nil {
		return err
	}
	return c.Go(withQuery("/manager", [][2]string{{"at", at}, {"done", "nudged"}}, page))
}

// staffAt returns the people at the place with the key; with no key, the first.
func staffAt(all []people.Staff, key string) (people.Staff, bool) {
	for _, s := range all {
		if key == "" || s.Place.Key() == key {
			return s, true
		}
	}
	return people.Staff{}, false
}

// lead fills in where the page leads.
func (p *managerPage) lead(all []people.Staff, at, page string) {
	to := func(at string, below bool, page string) string {
		q := url.Values{}
		for _, f := range [][2]string{{"at", at}, {"page", page}} {
			if f[1] != "" {
				q.Set(f[0], f[1])
			}
		}
		if below {
			q.Set("who", "below")
		}
		if len(q) == 0 {
			return "/manager"
		}
		return "/manager?" + q.Encode()
	}
	if len(all) > 1 {
		for _, s := range all {
			p.Places = append(p.Places, place{s.Place, to(s.Place.Key(), false, ""), s.Place == p.Place})
		}
	}
	p.Own, p.Under = to(at, false, ""), to(at, true, "")
	p.Alternate = to(at, p.Below, page)
	if p.Roster.Before != "" {
		p.Before = to(at, p.Below, p.Roster.Before)
	}
	if p.Roster.After != "" {
		p.After = to(at, p.Below, p.Roster.After)
	}
}
