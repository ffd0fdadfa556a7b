package lead

import (
	"errors"
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) moveRoutes() []web.Route {
	return []web.Route{web.Post("/lead/people/move", web.Lead, r.move)}
}

type movePage struct {
	web.Frame
	web.FormErrors
	Place   people.Place
	Heading string      // the title, also where an error goes before that
	Asked   [][2]string // what the list was narrowed to, as fields
	Back    string      // address of the list
	Moving  people.Moving
	Teams   map[string]people.Team
	Fields  []web.Input
}

// move moves people together: what is chosen in the list is shown with its number,
// and moved where it is still the same when that is said. By another button of the
// list, something is asked of those who are ticked.
func (r *Room) move(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	place, scope, err := v.LedAt(c.Field("at"))
	if err != nil {
		return err
	}
	ids, err := r.chosen(c, scope)
	if err == nil && c.Field("ask") != "" && len(ids) > 0 {
		return c.Go(askChosen(c.Field("at"), ids))
	}
	if err == nil && c.Field("look") != "" && !c.Switching() {
		f := people.Move{Team: c.Field("to_team"), JobRole: people.JobRole(c.Field("to_job"))}
		if _, err = r.People.MovePeople(ctx, v, scope, ids, c.Field("look"), f); err == nil {
			if err := r.School.SettleSoon(ctx); err != nil {
				return err
			}
			return c.Go(withQuery("/lead/people", append(fields(c.Field("at"), filter(c.Form())), [2]string{"done", "moved"}), ""))
		}
	}
	return r.showMove(c, place, scope, ids, err)
}

// askChosen is the form of what is asked of people by name.
func askChosen(at string, ids []string) string {
	q := url.Values{"people": ids}
	if at != "" {
		q.Set("at", at)
	}
	return "/lead/rules/new?" + q.Encode()
}

// errMany ends a list of which too many were asked for.
var errMany = errors.New("too many")

// chosen are the positions that were ticked, or all that the filter of the list
// finds.
func (r *Room) chosen(c *web.Context, scope people.OrganisationScope) (ids []string, err error) {
	if c.Field("all") == "" {
		return c.Form()["who"], nil
	}
	err = r.School.EachOfRoster(c.Request().Context(), scope, r.School.Courses()[0].Slug, filter(c.Form()), c.Lang, func(l course.RosterLine) error {
		if ids = append(ids, l.ID); len(ids) > people.MaxMoved {
			return errMany
		}
		return nil
	})
	if errors.Is(err, errMany) {
		err = problem.InvalidField("who", "people.move.many", "Max", people.MaxMoved)
	}
	return ids, err
}

func (r *Room) showMove(c *web.Context, place people.Place, scope people.OrganisationScope, ids []string, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	f := filter(c.Form())
	p := &movePage{Place: place, Asked: fields(c.Field("at"), f), Back: ask(c.Field("at"), f, ""), Teams: map[string]people.Team{}}
	if wrong == nil || len(ids) <= people.MaxMoved {
		var err error
		if p.Moving, err = people.WhoMoves(rx, scope, ids); err != nil {
			wrong = err
		}
	}
	var status int
	var err error
	if p.FormErrors, status, err = c.Take(wrong, "to_team", "to_job"); err != nil {
		return err
	}
	p.Heading, p.Current, p.Alternate = c.T("lead.move.title"), "lead", p.Back
	if c.Field("ask") != "" {
		p.Heading = c.T("lead.people.ask")
	}
	p.Title = p.Heading
	if len(p.Moving.Who) > 0 {
		p.FormID, p.FormTo = "move", "/lead/people/move"
	}
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	for _, t := range teams {
		p.Teams[t.ID] = t
	}
	p.fields(c, teams, scope.IsWhole())
	return c.Show(status, "lead/move", p)
}

// fields fills in where they may go. Whoever leads a part takes nobody out of it.
func (p *movePage) fields(c *web.Context, teams []people.Team, whole bool) {
	keep := web.Option{Label: c.T("lead.move.keep")}
	team := append([]web.Option{keep}, teamOptions(c, teams, c.Field("to_team"))...)
	if whole {
		team = append(team, web.Option{Value: people.NoTeam, Label: c.T("lead.people.no_team"), Chosen: c.Field("to_team") == people.NoTeam})
	}
	p.Fields = []web.Input{
		{Name: "to_team", Label: c.T("lead.team"), Options: team, Error: p.At("to_team")},
		{Name: "to_job", Label: c.T("lead.job"), Options: append([]web.Option{keep}, jobOptions(c, people.JobRole(c.Field("to_job")))...), Error: p.At("to_job")},
	}
	p.Call(func(field string) string {
		return map[string]string{"to_team": c.T("lead.team"), "to_job": c.T("lead.job")}[field]
	})
}
