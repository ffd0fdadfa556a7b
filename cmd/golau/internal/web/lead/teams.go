package lead

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

func (r *Room) teamRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/teams", web.Lead, r.teams),
		web.Post("/lead/teams", web.Lead, r.addTeam),
		web.Get("/lead/teams/:team", web.Lead, r.team),
		web.Post("/lead/teams/:team", web.Lead, r.changeTeam),
		web.Post("/lead/teams/:team/close", web.Lead, r.closeTeam),
	}
}

type teamsPage struct {
	web.Frame
	web.FormErrors
	Done   string
	Place  people.Place
	Places []web.Option
	AtKey  string // the place's key, where the viewer leads several
	Teams  []people.Team
	Team   people.Team // the one that is changed
	Fields []web.Input
}

// teams shows the tree of an agency's teams.
func (r *Room) teams(c *web.Context, v people.Viewer) error {
	return r.showTeams(c, v, c.QueryParam("at"), nil)
}

// addTeam adds one.
func (r *Room) addTeam(c *web.Context, v people.Viewer) error {
	at := c.Field("at")
	if c.Switching() {
		return r.showTeams(c, v, at, nil)
	}
	_, scope, err := v.LedAt(at)
	if err != nil {
		return err
	}
	if _, err := r.People.SaveTeam(c.Request().Context(), v, scope, teamForm(c, "")); err != nil {
		return r.showTeams(c, v, at, err)
	}
	return c.Go(withPlace("/lead/teams?done=team_added", at))
}

// withPlace adds the place to an address that has a question already.
func withPlace(address, at string) string {
	if at == "" {
		return address
	}
	return address + "&at=" + at
}

func teamForm(c *web.Context, id string) people.Team {
	return people.Team{ID: id, Parent: c.Field("parent"), Name: i18n.Text{EN: c.Field("name_en"), CY: c.Field("name_cy")}}
}

func (r *Room) showTeams(c *web.Context, v people.Viewer, at string, wrong error) error {
	place, scope, err := v.LedAt(at)
	if err != nil {
		return err
	}
	p := &teamsPage{Place: place, AtKey: at, Done: done(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "name_en", "name_cy", "parent"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.teams.title"), "lead", "/lead/teams"
	p.FormID, p.FormTo = "team", "/lead/teams"
	if p.Places = ledOptions(c, v, place); len(p.Places) > 0 {
		p.AtKey = place.Key()
	}
	if p.Teams, err = people.TeamsCounted(r.DB.Read(c.Request().Context()), scope, c.Lang); err != nil {
		return err
	}
	p.fields(c, teamForm(c, ""), scope.IsWhole())
	return c.Show(status, "lead/teams", p)
}

// fields fills in the form of a team. Whoever leads a part adds teams within it, and
// leaves the one with which it begins where it is.
func (p *teamsPage) fields(c *web.Context, t people.Team, top bool) {
	parents := teamOptions(c, p.Teams, t.Parent)
	switch {
	case top:
		parents = append([]web.Option{{Label: c.T("lead.teams.top")}}, parents...)
	case t.ID != "" && p.Team.Parent == "":
		parents = []web.Option{{Label: c.T("lead.teams.where")}}
	}
	p.Fields = []web.Input{
		{Name: "name_en", Label: c.T("lead.teams.name_en"), Hint: c.T("lead.teams.name_hint"), Value: t.Name.EN, Lang: "en"},
		{Name: "name_cy", Label: c.T("lead.teams.name_cy"), Value: t.Name.CY, Lang: "cy"},
		{Name: "parent", Label: c.T("lead.teams.parent"), Options: parents},
	}
	for i := range p.Fields {
		p.Fields[i].Error = p.At(p.Fields[i].Name)
	}
	p.Call(func(field string) string {
		for _, i := range p.Fields {
			if i.Name == field {
				return i.Label
			}
		}
		return ""
	})
}

// team shows one team, to be changed.
func (r *Room) team(c *web.Context, v people.Viewer) error { return r.showTeam(c, v, nil) }

func (r *Room) showTeam(c *web.Context, v people.Viewer, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	t, place, scope, err := v.LedTeam(rx, c.Param("team"))
	if err != nil {
		return err
	}
	p := &teamsPage{Place: place, Team: t, Done: done(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "name_en", "name_cy", "parent"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.teams.one_title"), "lead", "/lead/teams/"+t.ID
	p.FormID, p.FormTo = "team", p.Alternate
	if p.Teams, err = people.Teams(rx, scope, c.Lang); err != nil {
		return err
	}
	form := t
	if c.Form().Has("name_en") {
		form = teamForm(c, t.ID)
	}
	p.fields(c, form, scope.IsWhole())
	return c.Show(status, "lead/team", p)
}

// changeTeam changes a team's name, or where it lies.
func (r *Room) changeTeam(c *web.Context, v people.Viewer) error {
	t, place, scope, err := v.LedTeam(r.DB.Read(c.Request().Context()), c.Param("team"))
	if err != nil {
		return err
	}
	if c.Switching() {
		return r.showTeam(c, v, nil)
	}
	if _, err := r.People.SaveTeam(c.Request().Context(), v, scope, teamForm(c, t.ID)); err != nil {
		return r.showTeam(c, v, err)
	}
	if err := r.School.SettleSoon(c.Request().Context()); err != nil {
		return err
	}
	return c.Go(back(v, place, "team_changed"))
}

// closeTeam closes a team.
func (r *Room) closeTeam(c *web.Context, v people.Viewer) error {
	t, place, scope, err := v.LedTeam(r.DB.Read(c.Request().Context()), c.Param("team"))
	if err != nil {
		return err
	}
	if err := r.People.CloseTeam(c.Request().Context(), v, scope, t.ID); err != nil {
		return r.showTeam(c, v, err)
	}
	if err := r.School.SettleSoon(c.Request().Context()); err != nil {
		return err
	}
	return c.Go(back(v, place, "team_closed"))
}

// back leads to the teams of a place, and says what was done.
func back(v people.Viewer, place people.Place, done string) string {
	if len(v.Led()) < 2 {
		return "/lead/teams?done=" + done
	}
	return withPlace("/lead/teams?done="+done, place.Key())
}
