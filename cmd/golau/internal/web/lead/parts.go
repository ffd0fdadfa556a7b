package lead

import (
	"net/http"
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// partRoutes lists the pages of who leads what. An administrator comes to one lead
// from the page of that person.
func (r *Room) partRoutes() []web.Route {
	routes := []web.Route{web.Get("/lead/leads", web.Lead, r.leaders)}
	for at, a := range map[string]web.Audience{"/lead/leads/:membership": web.Lead, "/admin/leads/:membership": web.Admin} {
		routes = append(routes, web.Get(at, a, r.leader), web.Post(at, a, r.setPart))
	}
	return routes
}

type leadersPage struct {
	web.Frame
	Done    string
	Place   people.Place
	Places  []web.Option
	Whole   bool // the viewer leads everybody
	Leaders []people.Leader
}

// leaders shows who leads the agency, and how much of it; to a lead of a part, what
// is theirs.
func (r *Room) leaders(c *web.Context, v people.Viewer) error {
	place, scope, err := v.LedAt(c.QueryParam("at"))
	if err != nil {
		return err
	}
	p := &leadersPage{Place: place, Places: ledOptions(c, v, place), Whole: scope.IsWhole(), Done: done(c)}
	p.Title, p.Current = c.T("parts.title"), "lead"
	if p.Leaders, err = people.Leaders(r.DB.Read(c.Request().Context()), v, scope); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "lead/leaders", p)
}

type leaderPage struct {
	web.Frame
	web.FormErrors
	L      people.Leader
	Whole  bool // is chosen
	Teams  []web.Option
	To     string
	Back   string
	InRoom bool // of leads, not of administrators
}

// leader shows one lead's part, to be set.
func (r *Room) leader(c *web.Context, v people.Viewer) error { return r.showLeader(c, v, nil) }

func (r *Room) showLeader(c *web.Context, v people.Viewer, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	l, err := people.LeaderToSet(rx, v, c.Param("membership"))
	if err != nil {
		return err
	}
	p := &leaderPage{L: l, Whole: l.Leads == people.Whole, InRoom: strings.Contains(c.Request().URL.Path, "/lead/")}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "teams"); err != nil {
		return err
	}
	p.Title, p.Current, p.To, p.Back = c.T("parts.one_title"), "admin", "/admin/leads/"+l.ID, "/admin/people/"+l.PersonID
	if p.InRoom {
		p.Current, p.To, p.Back = "lead", "/lead/leads/"+l.ID, "/lead/leads"
	}
	p.Alternate = p.To
	if !l.Own {
		p.FormID, p.FormTo = "part", p.To
	}
	teams, err := l.TeamsToLead(rx, c.Lang)
	if err != nil {
		return err
	}
	chosen := func(id string) bool {
		return slices.ContainsFunc(l.Teams, func(t people.Team) bool { return t.ID == id })
	}
	if c.Request().Method == http.MethodPost {
		p.Whole = c.Field("part") == "whole"
		chosen = func(id string) bool { return slices.Contains(c.Form()["teams"], id) }
	}
	p.Teams = teamOptions(c, teams, "")
	for i, t := range teams {
		p.Teams[i].Chosen = chosen(t.ID)
	}
	p.Call(func(field string) string { return map[string]string{"teams": c.T("parts.teams")}[field] })
	return c.Show(status, "lead/leader", p)
}

// setPart has a lead answer for the whole agency, or for teams of it.
func (r *Room) setPart(c *web.Context, v people.Viewer) error {
	id := c.Param("membership")
	if c.Switching() {
		return r.showLeader(c, v, nil)
	}
	l, err := people.LeaderToSet(r.DB.Read(c.Request().Context()), v, id)
	if err != nil {
		return err
	}
	if err := r.People.SetPart(c.Request().Context(), v, id, c.Field("part") == "whole", c.Form()["teams"]); err != nil {
		return r.showLeader(c, v, err)
	}
	if strings.Contains(c.Request().URL.Path, "/admin/") {
		return c.Go("/admin/people/" + l.PersonID + "?done=part_set")
	}
	to := "/lead/leads?done=part_set"
	if len(v.Led()) > 1 {
		to = withPlace(to, people.Place{Organisation: l.Organisation, Board: l.Board}.Key())
	}
	return c.Go(to)
}

// ledOptions are the agencies that the viewer leads, where there are several.
func ledOptions(c *web.Context, v people.Viewer, here people.Place) (all []web.Option) {
	led := v.Led()
	if len(led) < 2 {
		return nil
	}
	for _, l := range led {
		all = append(all, web.Option{Value: l.Key(), Label: l.Organisation.Name.In(c.Lang) + " – " + l.Board.Name.In(c.Lang), Chosen: l == here})
	}
	return all
}
