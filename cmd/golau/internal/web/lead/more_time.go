package lead

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/people"
)

func (r *Room) moreTimeRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/more-time", web.Lead, r.planMoreTime),
		web.Post("/lead/more-time", web.Lead, r.giveMoreTime),
	}
}

type moreTimePage struct {
	web.Frame
	web.FormErrors
	Place  people.Place
	Asked  [][2]string // for whom, as fields
	Fields []web.Input // which rule, until when
	Plan   *course.MoreTimePlan
	What   string // the plan's rule asks
	Until  string // as typed
	Rule   string
	Reason web.Input
	Names  []course.MoreTimeFor // the first of them
	More   int                  // and so many
	Back   string               // address of the list, or of the page of the one who is named
	Alone  bool                 // one is named
	Others bool                 // of whom only rules of the whole agency ask something
}

// mostShownTime is how many are named before more time is given.
const mostShownTime = 20

// moreTime reads what is asked for.
func moreTime(q url.Values) course.MoreTime {
	return course.MoreTime{Rule: q.Get("rule"), Until: due.Day(q.Get("until")), Reason: q.Get("reason"), Filter: filter(q), Named: q["who"]}
}

// planMoreTime shows who would be given more time, once a rule and a day are said.
func (r *Room) planMoreTime(c *web.Context, v people.Viewer) error {
	return r.showMoreTime(c, v, c.QueryParams(), nil)
}

func (r *Room) showMoreTime(c *web.Context, v people.Viewer, q url.Values, wrong error) error {
	ctx := c.Request().Context()
	place, scope, err := v.LedAt(q.Get("at"))
	if err != nil {
		return err
	}
	m := moreTime(q)
	p := &moreTimePage{Place: place, Rule: m.Rule, Until: string(m.Until)}
	if q.Has("until") && !(q.Has("switch") && c.Request().Method == http.MethodGet) {
		plan, err := r.School.PlanMoreTime(ctx, scope, m)
		if err != nil && wrong == nil {
			wrong = err
		}
		if err == nil {
			p.Plan = &plan
		}
	}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "rule", "until", "reason"); err != nil {
		return err
	}
	p.Title, p.Current = c.T("lead.more_time.title"), "lead"
	f := m.Filter
	f.Rule = ""
	p.Asked, p.Back = fields(q.Get("at"), f), ask(q.Get("at"), m.Filter, "")
	for _, id := range m.Named {
		p.Asked = append(p.Asked, [2]string{"who", id})
	}
	if p.Alone = len(m.Named) == 1; p.Alone {
		p.Back = "/lead/people/" + m.Named[0]
	}
	p.Alternate = withQuery("/lead/more-time", append(slices.Clone(p.Asked), [2]string{"rule", m.Rule}, [2]string{"until", p.Until}), "")
	if err := r.moreTimeFields(c, p, scope, m); err != nil {
		return err
	}
	return c.Show(status, "lead/more-time", p)
}

// moreTimeFields fills in the forms.
func (r *Room) moreTimeFields(c *web.Context, p *moreTimePage, scope people.OrganisationScope, m course.MoreTime) error {
	rules, err := r.School.Rules(c.Request().Context(), scope)
	if err != nil {
		return err
	}
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	var of course.Learning
	if p.Alone {
		if of, err = r.School.LearningOf(c.Request().Context(), scope, m.Named[0], r.School.Courses()[0].Slug); err != nil {
			return err
		}
	}
	var what []web.Option
	for _, rule := range rules {
		if w := tell.words(rule.Rule); rule.State == course.Active && (!p.Alone || of.Asks(rule.ID)) {
			what = append(what, web.Option{Value: rule.ID, Label: w.What + " – " + w.When, Chosen: rule.ID == m.Rule})
		}
	}
	p.Fields = []web.Input{
		{Name: "rule", Label: c.T("lead.more_time.rule"), Options: what, Error: p.At("rule")},
		{Name: "until", Label: c.T("lead.more_time.until"), Hint: c.T("lead.more_time.until_hint", "Day", inDays(c, 14)), Value: p.Until, Short: true, Error: p.At("until")},
	}
	p.Reason = web.Input{Name: "reason", Label: c.T("lead.rule.reason"), Hint: c.T("lead.more_time.reason_hint"), Value: m.Reason, Error: p.At("reason")}
	p.Call(func(field string) string {
		return map[string]string{"rule": p.Fields[0].Label, "until": p.Fields[1].Label, "reason": p.Reason.Label}[field]
	})
	p.Others = len(what) == 0 && len(of.Asked) > 0
	if len(what) > 0 {
		p.FormID, p.FormTo, p.FormGet = "plan", "/lead/more-time", true
	}
	if p.Plan != nil {
		if len(p.Plan.To) > 0 {
			p.FormID, p.FormGet = "give", false
		}
		p.What, p.Names = tell.words(p.Plan.Rule).What, p.Plan.To[:min(len(p.Plan.To), mostShownTime)]
		p.More = len(p.Plan.To) - len(p.Names)
	}
	return nil
}

// giveMoreTime gives it, to as many as were shown.
func (r *Room) giveMoreTime(c *web.Context, v people.Viewer) error {
	q := c.Form()
	if c.Switching() {
		return r.showMoreTime(c, v, q, nil)
	}
	_, scope, err := v.LedAt(q.Get("at"))
	if err != nil {
		return err
	}
	shown, err := strconv.Atoi(q.Get("shown"))
	if err != nil {
		shown = -1
	}
	m := moreTime(q)
	if err := r.School.GiveMoreTime(c.Request().Context(), v, scope, m, shown); err != nil {
		return r.showMoreTime(c, v, q, err)
	}
	if len(m.Named) == 1 {
		return c.Go("/lead/people/" + m.Named[0] + "?done=more_time")
	}
	return c.Go(withQuery("/lead/people", append(fields(q.Get("at"), m.Filter), [2]string{"done", "more_time"}), ""))
}
