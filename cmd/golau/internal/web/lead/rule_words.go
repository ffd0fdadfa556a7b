package lead

import (
	"fmt"
	"strings"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// ruleWords say a rule in words.
type ruleWords struct {
	What  string
	Who   []string // all of it must hold
	When  string
	Again string
	Grace string // "" where there is none
}

// teller puts rules of one agency into words.
type teller struct {
	c       *web.Context
	modules map[string]string
	teams   map[string]people.Team
	closed  func(id string) string
}

// teller reads what rules of an agency name.
func (r *Room) teller(c *web.Context, scope people.OrganisationScope) (*teller, error) {
	rx := r.DB.Read(c.Request().Context())
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return nil, err
	}
	t := &teller{c: c, modules: map[string]string{course.AssessmentPart: r.School.Courses()[0].Final.Title.In(c.Lang)}, teams: map[string]people.Team{}}
	for _, team := range teams {
		t.teams[team.ID] = team
	}
	for i, e := range r.School.Courses()[0].Entries {
		if m, ok := r.School.Library().Module(e.Slug); ok {
			t.modules[e.Slug] = fmt.Sprintf("%d. %s", i, m.Title.In(c.Lang))
		}
	}
	t.closed = func(id string) string {
		team, _, err := people.TeamNamed(rx, scope, id)
		if err != nil && problem.KindOf(err) == problem.NotFound {
			return "–"
		}
		return c.T("lead.rule.who_closed", "Team", team.Name.In(c.Lang))
	}
	return t, nil
}

func (t *teller) words(r course.Rule) (w ruleWords) {
	c := t.c
	w.What = c.T("lead.rule.what_whole")
	if len(r.Parts) > 0 {
		var names []string
		for _, p := range r.Parts {
			names = append(names, t.modules[p])
		}
		w.What = strings.Join(names, "; ")
	}
	w.Who = t.who(r)
	switch least := r.Days > 0; r.Basis { // of none, nothing is said
	case due.AfterStart:
		w.When = c.T("lead.rule.when_start", "Count", r.Days)
	case due.OnDay:
		if w.When = c.T("lead.rule.by_day", "Day", web.Day(c.Lang, string(r.Day))); least {
			w.When = c.T("lead.rule.when_day", "Day", web.Day(c.Lang, string(r.Day)), "Count", r.Days)
		}
	case due.InWindow:
		if w.When = c.T("lead.rule.by_window", "From", t.ofYear(r.From), "To", t.ofYear(r.To)); least {
			w.When = c.T("lead.rule.when_window", "From", t.ofYear(r.From), "To", t.ofYear(r.To), "Count", r.Days)
		}
	}
	w.Again = c.T("lead.rule.once")
	if years, months := r.EveryMonths/12, r.EveryMonths%12; r.EveryMonths > 0 && months == 0 {
		w.Again = c.T("lead.rule.every_years", "Count", years)
	} else if r.EveryMonths > 0 {
		w.Again = c.T("lead.rule.every_months", "Count", r.EveryMonths)
	}
	if r.GraceDays > 0 {
		w.Grace = c.T("lead.rule.grace", "Count", r.GraceDays)
	}
	return w
}

// who says of whom a rule asks something.
func (t *teller) who(r course.Rule) (who []string) {
	c := t.c
	if len(r.Chosen) > 0 {
		return []string{c.T("lead.rule.who_chosen", "Count", len(r.Chosen))}
	}
	if r.Job != "" {
		who = append(who, c.T("people.job_role."+string(r.Job)))
	}
	if team, ok := t.teams[r.Team]; ok {
		who = append(who, c.T("lead.rule.who_team", "Team", team.Name.In(c.Lang)))
	} else if r.Team != "" {
		who = append(who, t.closed(r.Team))
	}
	if r.Group != "" {
		who = append(who, c.T("lead.group_named", "Group", string(r.Group)))
	}
	if r.SinceFrom != "" {
		who = append(who, c.T("lead.rule.who_since", "Day", web.Day(c.Lang, string(r.SinceFrom))))
	}
	if len(who) == 0 {
		who = []string{c.T("lead.rule.who_all")}
	}
	return who
}

// ofYear says a day of every year.
func (t *teller) ofYear(day string) string {
	at, err := time.Parse(time.DateOnly, "2000-"+day)
	if err != nil {
		return day
	}
	return fmt.Sprintf("%d %s", at.Day(), i18n.Month(t.c.Lang, at.Month()))
}
