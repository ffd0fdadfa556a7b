package lead

import (
	"cmp"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

type comparePage struct {
	web.Frame
	web.FormErrors
	Place        people.Place
	Kept, Second people.Position
	Sides        [2]side
	Facts        []factLine
	Course       string
	After        course.Learning
	Why          string // message key of what rules it out; "" = nothing
}

// side is one of the two accounts with what it has behind it.
type side struct {
	course.Learning
	Holds  []course.Holding
	Asked  []askedLine
	Exempt []toldExemption
}

// factLine is what the positions of both say, in words; "" = nothing.
type factLine struct {
	Name string
	Of   [2]string
}

// comparing shows two people side by side, and what would move. It changes nothing.
func (r *Room) comparing(c *web.Context, v people.Viewer) error { return r.showCompare(c, v, nil) }

func (r *Room) showCompare(c *web.Context, v people.Viewer, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	kept, place, scope, err := v.LedPosition(rx, c.Param("position"))
	if err != nil {
		return err
	}
	p := &comparePage{Place: place, Kept: kept}
	if p.Second, err = people.PositionIn(rx, scope, c.Param("other")); err != nil {
		return err
	}
	_, _, no := people.MayDuplicate(rx, v, scope, kept.ID, p.Second.ID)
	if e, ok := problem.As(no); ok && e.Kind == problem.Conflict {
		p.Why, no = e.Key, nil
	}
	if no != nil {
		return no
	}
	var status int
	if p.FormErrors, status, err = c.Take(wrong); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.same.preview"), "lead", "/lead/people/"+kept.ID+"/same/"+p.Second.ID
	if err := r.compare(c, p, scope); err != nil {
		return err
	}
	return c.Show(status, "lead/same-compare", p)
}

// compare gathers what both have behind them.
func (r *Room) compare(c *web.Context, p *comparePage, scope people.OrganisationScope) error {
	of := r.School.Courses()[0]
	p.Course = of.Title.In(c.Lang)
	n, err := r.School.Together(c.Request().Context(), scope, p.Kept.ID, p.Second.ID, of.Slug)
	if err != nil {
		return err
	}
	p.After = n.After
	if p.Sides[0], err = r.sideOf(c, scope, p.Kept, n.Kept, n.KeptHolds); err != nil {
		return err
	}
	if p.Sides[1], err = r.sideOf(c, scope, p.Second, n.Duplicate, n.DuplicateHolds); err != nil {
		return err
	}
	return r.compareFacts(c, p, scope)
}

// sideOf gathers what one of the two has behind it.
func (r *Room) sideOf(c *web.Context, scope people.OrganisationScope, p people.Position, n course.Learning, holds []course.Holding) (s side, err error) {
	s = side{Learning: n, Holds: holds}
	tell, err := r.teller(c, scope)
	if err != nil {
		return s, err
	}
	for _, a := range n.Asked {
		s.Asked = append(s.Asked, askedLine{Asked: a, ruleWords: tell.words(a.Rule)})
	}
	all, err := r.School.ExemptionsOf(c.Request().Context(), scope, p.ID)
	if err == nil {
		s.Exempt, err = r.tellExemptions(c, all)
	}
	return s, err
}

// compareFacts lays side by side what the positions say.
func (r *Room) compareFacts(c *web.Context, p *comparePage, scope people.OrganisationScope) error {
	rx := r.DB.Read(c.Request().Context())
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	called := map[string]string{}
	for _, t := range teams {
		called[t.ID] = t.Name.In(c.Lang)
	}
	of := [2]people.Position{p.Kept, p.Second}
	line := func(name string, tell func(people.Position) string) {
		p.Facts = append(p.Facts, factLine{name, [2]string{cmp.Or(tell(of[0]), "–"), cmp.Or(tell(of[1]), "–")}})
	}
	line(c.T("lead.sheet.name"), func(q people.Position) string { return q.Name })
	line(c.T("lead.sheet.email"), func(q people.Position) string { return q.Email })
	line(c.T("lead.team"), func(q people.Position) string { return called[q.Team] })
	line(c.T("lead.job"), func(q people.Position) string { return c.T("people.job_role." + string(q.JobRole)) })
	line(c.T("lead.group"), func(q people.Position) string { return string(q.Group) })
	line(c.T("lead.works_since"), func(q people.Position) string { return day(c, q.WorksSince) })
	line(c.T("lead.staff_number"), func(q people.Position) string { return q.StaffNumber })
	first := map[string]store.Time{} // of those who were away since
	for _, q := range of {
		if first[q.ID], err = people.FirstHere(rx, scope, q); err != nil {
			return err
		}
	}
	date := func(at store.Time) string {
		if at.IsZero() {
			return ""
		}
		return i18n.Date(c.Lang, at.Time)
	}
	line(c.T("lead.person.first_here"), func(q people.Position) string { return cmp.Or(date(first[q.ID]), date(q.Since)) })
	if first[of[0].ID] != first[of[1].ID] || !first[of[0].ID].IsZero() {
		line(c.T("lead.person.again_since"), func(q people.Position) string {
			if first[q.ID].IsZero() {
				return ""
			}
			return date(q.Since)
		})
	}
	sides := map[string]side{p.Kept.ID: p.Sides[0], p.Second.ID: p.Sides[1]}
	line(c.T("lead.same.learnt"), func(q people.Position) string { return strconv.Itoa(sides[q.ID].Finished()) })
	return nil
}

func day(c *web.Context, iso string) string {
	if iso == "" {
		return ""
	}
	return web.Day(c.Lang, iso)
}

// Finished is how many modules are finished.
func (s side) Finished() (n int) {
	for _, m := range s.Modules {
		if !m.At.IsZero() {
			n++
		}
	}
	return n
}

// askSame has both accounts asked whether they are one person's.
func (r *Room) askSame(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	p, place, scope, err := v.LedPosition(r.DB.Read(ctx), c.Param("position"))
	if err != nil {
		return err
	}
	err = r.People.ProposeDuplicate(ctx, v, scope, p.ID, c.Param("other"))
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return err
	}
	if err != nil {
		return r.showCompare(c, v, err)
	}
	return c.Go("/lead/same?done=same_asked&at=" + place.Key())
}
