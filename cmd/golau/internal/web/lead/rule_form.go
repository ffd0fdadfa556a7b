package lead

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
)

type ruleFormPage struct {
	web.Frame
	web.FormErrors
	Place    people.Place
	AtKey    string
	Parts    web.Input // a box for each module
	Who      []web.Input
	When     []web.Input
	Again    []web.Input
	Chosen   []people.Position // of whom it is asked by name
	Nobody   bool              // some were chosen, and none of them is there: it must not become a rule for everybody
	Replaces string
	Plan     course.Plan // what it would do; of the page that asks whether to
	Teams    map[string]people.Team
	Words    ruleWords
	Asked    [][2]string // the form as hidden fields
	Back     string      // address of the form as it is filled in
	Before   string
	After    string
}

// newRule shows the form of a rule, filled in as the address says.
func (r *Room) newRule(c *web.Context, v people.Viewer) error {
	values := c.QueryParams()
	if len(values["basis"]) == 0 {
		for name, value := range map[string]string{"basis": string(due.AfterStart), "days": "28", "every_months": "36", "grace_days": "0"} {
			values.Set(name, value)
		}
	}
	return r.showRuleForm(c, v, values, nil)
}

// ruleOf reads the form of a rule. A number that is none is -1, which no rule may
// have.
func ruleOf(slug string, q url.Values) course.Rule {
	number := func(name string) int {
		s := strings.TrimSpace(q.Get(name))
		if s == "" {
			return 0
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			return -1
		}
		return n
	}
	return course.Rule{Course: slug, Parts: q["parts"], Chosen: slices.Clone(q["people"]), Team: q.Get("team"), Job: people.JobRole(q.Get("job_role")),
		Group: people.Group(q.Get("group")), SinceFrom: due.Day(q.Get("since_from")), Replaces: q.Get("replaces"),
		Schedule: due.Schedule{Basis: due.Basis(q.Get("basis")), Days: number("days"), Day: due.Day(q.Get("on_day")), From: q.Get("window_from"), To: q.Get("window_to"),
			EveryMonths: number("every_months"), GraceDays: number("grace_days")}}
}

// ruleFields are what the form of a rule is filled in with, without what is empty.
func ruleFields(at string, r course.Rule, replaces string) (all [][2]string) {
	put := func(name, value string) {
		if value != "" {
			all = append(all, [2]string{name, value})
		}
	}
	put("at", at)
	for _, p := range r.Parts {
		put("parts", p)
	}
	for _, p := range r.Chosen {
		put("people", p)
	}
	put("team", r.Team)
	put("job_role", string(r.Job))
	put("group", string(r.Group))
	put("since_from", string(r.SinceFrom))
	put("basis", string(r.Basis))
	put("days", strconv.Itoa(r.Days))
	put("on_day", string(r.Day))
	put("window_from", r.From)
	put("window_to", r.To)
	put("every_months", strconv.Itoa(r.EveryMonths))
	put("grace_days", strconv.Itoa(r.GraceDays))
	put("replaces", replaces)
	return all
}

// withQuery is an address with what a form holds, and the page of a list.
func withQuery(address string, fields [][2]string, page string) string {
	values := url.Values{}
	for _, f := range fields {
		if f[1] == "" {
			continue
		}
		values.Add(f[0], f[1])
	}
	if page != "" {
		values.Set("page", page)
	}
	return address + "?" + values.Encode()
}

var ruleOrder = []string{"parts", "team", "job_role", "group", "since_from", "basis", "days", "on_day", "window_from", "window_to", "every_months", "grace_days"}

// showRuleForm shows the form with what it holds and what is wrong with it.
func (r *Room) showRuleForm(c *web.Context, v people.Viewer, q url.Values, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	place, scope, err := v.LedAt(q.Get("at"))
	if err != nil {
		return err
	}
	p := &ruleFormPage{Place: place, Replaces: q.Get("replaces")}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, ruleOrder...); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.rule.new"), "lead", "/lead/rules/new"
	p.FormID, p.FormTo, p.FormGet = "rule", "/lead/rules/new", true // the form is shown again in the other language, and not sent
	p.AtKey, _ = places(c, v, place)
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	for _, id := range q["people"] {
		if pos, err := people.PositionIn(rx, scope, id); err == nil {
			p.Chosen = append(p.Chosen, pos)
		}
	}
	p.Nobody = len(q["people"]) > 0 && len(p.Chosen) == 0
	p.fill(c, r.School, teams, q)
	return c.Show(status, "lead/rule-form", p)
}

// fill fills the fields in.
func (p *ruleFormPage) fill(c *web.Context, s *course.School, teams []people.Team, q url.Values) {
	p.Parts = web.Input{Name: "parts", Label: c.T("lead.rule.parts"), Hint: c.T("lead.rule.parts_hint")}
	for _, e := range s.Courses()[0].Entries {
		m, _ := s.Library().Module(e.Slug)
		p.Parts.Options = append(p.Parts.Options, web.Option{Value: e.Slug, Label: m.Title.In(c.Lang), Chosen: slices.Contains(q["parts"], e.Slug)})
	}
	p.Parts.Options = append(p.Parts.Options, web.Option{Value: course.AssessmentPart, Label: c.T("lead.rule.assessment"), Chosen: slices.Contains(q["parts"], course.AssessmentPart)})
	p.Who = []web.Input{
		{Name: "job_role", Label: c.T("lead.job"), Options: append([]web.Option{{Label: c.T("lead.people.any_job")}}, jobOptions(c, people.JobRole(q.Get("job_role")))...)},
		{Name: "group", Label: c.T("lead.group"), Options: append([]web.Option{{Label: c.T("lead.people.any_group")}}, groupOptions(c, people.Group(q.Get("group")))...)},
		{Name: "since_from", Label: c.T("lead.rule.since_from"), Hint: c.T("lead.rule.since_from_hint"), Value: q.Get("since_from"), Kind: "date", Short: true},
	}
	if len(teams) > 0 {
		p.Who = slices.Insert(p.Who, 0, web.Input{Name: "team", Label: c.T("lead.team"), Hint: c.T("lead.rule.team_hint"), Options: append([]web.Option{{Label: c.T("lead.people.any_team")}}, teamOptions(c, teams, q.Get("team"))...)})
	}
	var bases []web.Option
	for _, b := range []due.Basis{due.AfterStart, due.OnDay, due.InWindow} {
		bases = append(bases, web.Option{Value: string(b), Label: c.T("lead.rule.basis." + string(b)), Chosen: string(b) == q.Get("basis")})
	}
	p.When = []web.Input{
		{Name: "basis", Label: c.T("lead.rule.basis"), Options: bases},
		{Name: "days", Label: c.T("lead.rule.days"), Hint: c.T("lead.rule.days_hint"), Value: q.Get("days"), Short: true},
		{Name: "on_day", Label: c.T("lead.rule.on_day"), Hint: c.T("lead.rule.on_day_hint", "Day", inDays(c, 90)), Value: q.Get("on_day"), Kind: "date", Short: true},
		{Name: "window_from", Label: c.T("lead.rule.window_from"), Options: months(c, q.Get("window_from"), false)},
		{Name: "window_to", Label: c.T("lead.rule.window_to"), Options: months(c, q.Get("window_to"), true)},
	}
	p.Again = []web.Input{
		{Name: "every_months", Label: c.T("lead.rule.every"), Options: everyOptions(c, q.Get("every_months"))},
		{Name: "grace_days", Label: c.T("lead.rule.grace_days"), Hint: c.T("lead.rule.grace_hint"), Value: q.Get("grace_days"), Short: true},
	}
	all := []*web.Input{&p.Parts}
	for _, some := range [][]web.Input{p.Who, p.When, p.Again} {
		for i := range some {
			all = append(all, &some[i])
		}
	}
	for _, i := range all {
		i.Error = p.At(i.Name)
	}
	p.Call(func(field string) string {
		for _, i := range all {
			if i.Name == field {
				return i.Label
			}
		}
		return c.T("lead.rule.people")
	})
}

// months offers the first or the last day of each month.
func months(c *web.Context, chosen string, last bool) (all []web.Option) {
	all = append(all, web.Option{Label: c.T("lead.rule.no_window")})
	for m := time.January; m <= time.December; m++ {
		day := time.Date(2000, m, 1, 0, 0, 0, 0, time.UTC) // a leap year: February has 29 days
		if last {
			day = day.AddDate(0, 1, -1)
		}
		value := day.Format("01-02")
		all = append(all, web.Option{Value: value, Label: strconv.Itoa(day.Day()) + " " + i18n.Month(c.Lang, m), Chosen: value == chosen})
	}
	return all
}

// everyOptions offers after how long something must be done again.
func everyOptions(c *web.Context, chosen string) (all []web.Option) {
	for _, n := range []int{0, 6, 12, 24, 36, 60} {
		o := web.Option{Value: strconv.Itoa(n), Chosen: strconv.Itoa(n) == chosen}
		switch {
		case n == 0:
			o.Label = c.T("lead.rule.once")
		case n%12 == 0:
			o.Label = c.T("lead.rule.every_years", "Count", n/12)
		default:
			o.Label = c.T("lead.rule.every_months", "Count", n)
		}
		all = append(all, o)
	}
	return all
}

// planRule shows of whom a rule would ask something and by when, before it does.
func (r *Room) planRule(c *web.Context, v people.Viewer) error {
	return r.showPlan(c, v, c.QueryParams(), nil)
}

func (r *Room) showPlan(c *web.Context, v people.Viewer, q url.Values, wrong error) error {
	place, scope, err := v.LedAt(q.Get("at"))
	if err != nil {
		return err
	}
	plan, err := r.School.Plan(c.Request().Context(), scope, ruleOf(r.School.Courses()[0].Slug, q), c.Lang, q.Get("page"))
	if err != nil {
		return r.showRuleForm(c, v, q, err)
	}
	p := &ruleFormPage{Place: place, Plan: plan, Replaces: q.Get("replaces")}
	var status int
	if p.FormErrors, status, err = c.Take(wrong); err != nil {
		return err
	}
	p.Title, p.Current = c.T("lead.rule.plan"), "lead"
	p.AtKey, _ = places(c, v, place)
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	p.Teams = tell.teams
	p.Words, p.Asked = tell.words(plan.Rule), ruleFields(p.AtKey, plan.Rule, p.Replaces)
	p.Alternate = withQuery("/lead/rules/plan", p.Asked, q.Get("page"))
	p.Back = withQuery("/lead/rules/new", p.Asked, "")
	if plan.Page.Before != "" {
		p.Before = withQuery("/lead/rules/plan", p.Asked, plan.Page.Before)
	}
	if plan.Page.After != "" {
		p.After = withQuery("/lead/rules/plan", p.Asked, plan.Page.After)
	}
	return c.Show(status, "lead/rule-plan", p)
}

// addRule puts a rule into force, for as many people as its maker was shown.
func (r *Room) addRule(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	q := c.Form()
	_, scope, err := v.LedAt(q.Get("at"))
	if err != nil {
		return err
	}
	shown, err := strconv.Atoi(q.Get("shown"))
	if err != nil {
		shown = -1
	}
	dropped, err := strconv.Atoi(cmp.Or(q.Get("dropped"), "0"))
	if err != nil {
		dropped = -1
	}
	id, err := r.School.AddRule(ctx, v, scope, ruleOf(r.School.Courses()[0].Slug, q), shown, dropped)
	if err != nil {
		return r.showPlan(c, v, q, err)
	}
	if err := r.School.SettleSoon(ctx); err != nil {
		return err
	}
	return c.Go("/lead/rules/" + id + "?done=rule_added")
}
