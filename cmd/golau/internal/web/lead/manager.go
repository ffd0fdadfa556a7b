package lead

import (
	"net/http"
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
)

type managerPage struct {
	web.Frame
	Place         people.Place
	Places        []place // where the viewer manages anybody, if there are several
	Course        string
	Modules       int // of the course
	Below         bool
	Deep          bool // there are people below their own
	Own, Under    string
	Roster        course.Roster
	Suspended     map[string]bool
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
	ctx := c.Request().Context()
	rx := r.DB.Read(ctx)
	all, err := people.StaffOf(rx, v)
	if err != nil {
		return err
	}
	at := c.QueryParam("at")
	staff, ok := staffAt(all, at)
	if !ok {
		return problem.New(problem.NotFound, "people.not_found")
	}
	of := r.School.Courses()[0]
	p := &managerPage{Place: staff.Place, Course: of.Title.In(c.Lang), Modules: len(of.Entries), Deep: staff.Deep, Below: staff.Deep && c.QueryParam("who") == "below"}
	p.Title, p.Current = c.T("manager.title"), "manager"
	scope := staff.Own
	if p.Below {
		scope = staff.Below
	}
	if p.Roster, err = r.School.Roster(ctx, scope, of.Slug, course.RosterFilter{}, c.Lang, c.QueryParam("page")); err != nil {
		return err
	}
	if p.Suspended, err = people.SuspendedAmong(rx, scope, p.Roster.IDs()); err != nil {
		return err
	}
	p.lead(all, at)
	return c.Show(http.StatusOK, "lead/manager", p)
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
func (p *managerPage) lead(all []people.Staff, at string) {
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
	if p.Roster.Before != "" {
		p.Before = to(at, p.Below, p.Roster.Before)
	}
	if p.Roster.After != "" {
		p.After = to(at, p.Below, p.Roster.After)
	}
}
