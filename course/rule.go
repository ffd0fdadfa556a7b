package course

import (
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Rule is what an agency asks of whom, by when, and when again. What it says
// never changes: a rule that is mended is replaced by another.
type Rule struct {
	ID     string
	Course string
	// Parts are the modules that must be finished, by their slugs in the order of
	// the course; none = the whole course with its final assessment; AssessmentPart
	// by itself = that assessment alone.
	Parts []string
	// Chosen are the positions of whom it is asked by name; then the conditions
	// are empty.
	Chosen []string
	byName bool // it asks by name, whether or not the names were read
	// The conditions, all of which must hold; what is empty asks for nothing.
	Team      string // id; those within it too
	Job       people.JobRole
	Group     people.Group
	SinceFrom due.Day // who began to work there on that day or later
	due.Schedule
	Replaces string // id of the rule in whose place it stands
	Created  store.Time
	State    RuleState
	Place    people.OrganisationScope
}

// RuleState says whether a rule is in force.
type RuleState string

// The states of a rule. One that is paused asks nothing of anybody, and goes on
// with the days it gave; one that is ended does not come back.
const (
	Active RuleState = "active"
	Paused RuleState = "paused"
	Ended  RuleState = "ended"
)

// The most that a form may ask for, so that no day lies beyond a calendar.
const (
	mostDays   = 3650
	mostMonths = 120
	mostGrace  = 365
	mostChosen = 500
)

// clean returns the rule as it will be kept. The problem is Invalid with the
// fields parts, team, job_role, group, since_from, basis, days, on_day,
// window_from, window_to, every_months, grace_days, people.
func (s *School) clean(rx store.Rx, r Rule) (Rule, error) {
	fields := map[string]string{}
	wrong := func(when bool, field, key string) {
		if when && fields[field] == "" {
			fields[field] = key
		}
	}
	c, err := s.Course(r.Course)
	if err != nil {
		return r, err
	}
	var parts []string
	for _, e := range c.Entries {
		if slices.Contains(r.Parts, e.Slug) {
			parts = append(parts, e.Slug)
		}
	}
	if slices.Equal(r.Parts, []string{AssessmentPart}) {
		parts = r.Parts
	}
	wrong(slices.Contains(r.Parts, AssessmentPart) && len(r.Parts) > 1, "parts", "course.rule.parts_alone")
	wrong(len(parts) != len(r.Parts), "parts", "course.rule.parts")
	r.Parts = parts
	teams, err := people.Teams(rx, r.Place, i18n.EN)
	if err != nil {
		return r, err
	}
	wrong(r.Team != "" && !slices.ContainsFunc(teams, func(t people.Team) bool { return t.ID == r.Team }), "team", "people.team.unknown")
	wrong(r.Team == "" && len(r.Chosen) == 0 && !r.Place.IsWhole(), "team", "course.rule.team_needed")
	wrong(r.Job != "" && !slices.Contains(people.JobRoles, r.Job), "job_role", "people.job_role.unknown")
	wrong(r.Group != "" && !slices.Contains(people.Groups, r.Group), "group", "people.position.group")
	if r.SinceFrom, err = dayOf(r.SinceFrom); err != nil {
		wrong(true, "since_from", "course.rule.day")
	}
	r.cleanSchedule(due.DayOf(rx.Now().Time), wrong)
	if err := r.cleanChosen(rx, wrong); err != nil {
		return r, err
	}
	if len(fields) > 0 {
		p := problem.New(problem.Invalid, "course.rule.invalid", "MostDays", mostDays, "MostMonths", mostMonths, "MostGrace", mostGrace, "MostPeople", mostChosen)
		p.Fields = fields
		return r, p
	}
	return r, nil
}

// cleanSchedule leaves of the schedule what its basis reads.
func (r *Rule) cleanSchedule(today due.Day, wrong func(bool, string, string)) {
	var err error
	switch r.Basis {
	case due.AfterStart:
		r.Day, r.From, r.To = "", "", ""
	case due.OnDay:
		r.From, r.To = "", ""
		r.Day, err = dayOf(r.Day)
		wrong(err != nil || r.Day == "", "on_day", "course.rule.day")
		wrong(r.Day != "" && r.Day < today, "on_day", "course.rule.day_gone")
		wrong(r.Day > today.Plus(mostMonths, 0), "on_day", "course.rule.day_far")
	case due.InWindow:
		r.Day = ""
		wrong(!isOfYear(r.From), "window_from", "course.rule.of_year")
		wrong(!isOfYear(r.To), "window_to", "course.rule.of_year")
	default:
		wrong(true, "basis", "course.rule.basis")
	}
	wrong(r.Days < 0 || r.Days > mostDays || r.Basis == due.AfterStart && r.Days == 0, "days", "course.rule.days")
	wrong(r.EveryMonths < 0 || r.EveryMonths > mostMonths, "every_months", "course.rule.every_months")
	wrong(r.Basis == due.InWindow && r.EveryMonths%12 != 0, "every_months", "course.rule.every_year")
	wrong(r.GraceDays < 0 || r.GraceDays > mostGrace, "grace_days", "course.rule.grace_days")
}

// cleanChosen holds that everybody chosen works there, each once.
func (r *Rule) cleanChosen(rx store.Rx, wrong func(bool, string, string)) error {
	slices.Sort(r.Chosen)
	r.Chosen = slices.Compact(r.Chosen)
	wrong(len(r.Chosen) > mostChosen, "people", "course.rule.people_many")
	for _, id := range r.Chosen[:min(len(r.Chosen), mostChosen)] {
		p, err := people.PositionIn(rx, r.Place, id)
		if err != nil && problem.KindOf(err) != problem.NotFound {
			return err
		}
		wrong(err != nil || !p.Left.IsZero(), "people", "course.rule.people")
	}
	if len(r.Chosen) > 0 {
		r.Team, r.Job, r.Group, r.SinceFrom = "", "", "", ""
	}
	return nil
}

// dayOf reads a day as it is typed; "" is none.
func dayOf(d due.Day) (due.Day, error) {
	s := strings.TrimSpace(string(d))
	if s == "" {
		return "", nil
	}
	day, ok := i18n.ParseDay(s)
	if !ok {
		return due.Day(s), problem.New(problem.Invalid, "course.rule.day")
	}
	return due.Day(day), nil
}

// isOfYear says whether a day of every year is written as 09-01.
func isOfYear(s string) bool {
	_, ok := due.ParseDay("2000-" + s)
	return ok
}
