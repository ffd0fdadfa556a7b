package lead

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) ruleRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/rules", web.Lead, r.rules),
		web.Get("/lead/rules/new", web.Lead, r.newRule),
		web.Get("/lead/rules/plan", web.Lead, r.planRule),
		web.Post("/lead/rules", web.Lead, r.addRule),
		web.Get("/lead/rules/:rule", web.Lead, r.rule),
		web.Post("/lead/rules/:rule", web.Lead, r.changeRule),
	}
}

type rulesPage struct {
	web.Frame
	Done   string
	Place  people.Place
	Places []web.Option
	AtKey  string // the place's key, where the viewer leads several
	Rules  []toldRule
	Ended  []toldRule
	Part   bool // they lead a part of the agency
}

// toldRule is a rule with its words.
type toldRule struct {
	course.RuleInForce
	ruleWords
}

// rules lists what is asked of an agency's people.
func (r *Room) rules(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	place, scope, err := v.LedAt(c.QueryParam("at"))
	if err != nil {
		return err
	}
	p := &rulesPage{Place: place, Done: done(c)}
	p.Title, p.Current = c.T("lead.rules.title"), "lead"
	p.AtKey, p.Places = places(c, v, place)
	rules, err := r.School.Rules(ctx, scope)
	if err != nil {
		return err
	}
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	for _, rule := range rules {
		told := toldRule{rule, tell.words(rule.Rule)}
		if rule.State == course.Ended {
			p.Ended = append(p.Ended, told)
		} else {
			p.Rules = append(p.Rules, told)
		}
	}
	p.Part = !scope.IsWhole()
	return c.Show(http.StatusOK, "lead/rules", p)
}

// places offers the agencies that the viewer leads; key is that of the one shown,
// where there are several.
func places(c *web.Context, v people.Viewer, shown people.Place) (key string, all []web.Option) {
	led := v.Led()
	if len(led) < 2 {
		return "", nil
	}
	for _, l := range led {
		all = append(all, web.Option{Value: l.Key(), Label: l.Organisation.Name.In(c.Lang) + " – " + l.Board.Name.In(c.Lang), Chosen: l == shown})
	}
	return shown.Key(), all
}

type rulePage struct {
	web.Frame
	web.FormErrors
	Done   string
	Place  people.Place
	AtKey  string
	R      toldRule
	Was    *toldRule // the one in whose place it stands
	Names  map[string]i18n.Text
	Reason web.Input
	People string // address of the list of whom it asks something
	Mend   string // address of the form for a rule in its place
}

// rule shows one rule and its history.
func (r *Room) rule(c *web.Context, v people.Viewer) error { return r.showRule(c, v, nil) }

func (r *Room) showRule(c *web.Context, v people.Viewer, wrong error) error {
	ctx := c.Request().Context()
	rule, place, scope, err := r.ledRule(c, v)
	if err != nil {
		return err
	}
	p := &rulePage{Place: place, Done: done(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "reason"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.rule.title"), "lead", "/lead/rules/"+rule.ID
	p.FormID, p.FormTo = "state", p.Alternate
	p.AtKey, _ = places(c, v, place)
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	p.R = toldRule{rule, tell.words(rule.Rule)}
	if rule.Replaces != "" {
		was, err := r.School.RuleOf(ctx, scope, rule.Replaces)
		if err != nil {
			return err
		}
		p.Was = &toldRule{was, tell.words(was.Rule)}
	}
	if p.Names, err = r.makers(c, rule); err != nil {
		return err
	}
	p.Reason = web.Input{Name: "reason", Label: c.T("lead.rule.reason"), Hint: c.T("lead.rule.reason_hint"), Value: c.Field("reason"), Error: p.At("reason")}
	p.Call(func(string) string { return p.Reason.Label })
	p.People = ask(p.AtKey, course.RosterFilter{Rule: rule.ID}, "")
	p.Mend = withQuery("/lead/rules/new", ruleFields(p.AtKey, rule.Rule, rule.ID), "")
	return c.Show(status, "lead/rule", p)
}

// makers are the names of those who made and changed a rule.
func (r *Room) makers(c *web.Context, rule course.RuleInForce) (map[string]i18n.Text, error) {
	var ids []string
	for _, h := range rule.History {
		ids = append(ids, h.By)
	}
	return people.Called(r.DB.Read(c.Request().Context()), "person", ids)
}

// ledRule returns a rule of an agency that the viewer leads, with that agency.
// Anybody else's is problem.NotFound.
func (r *Room) ledRule(c *web.Context, v people.Viewer) (course.RuleInForce, people.Place, people.OrganisationScope, error) {
	for _, place := range v.Led() {
		_, scope, err := v.LedAt(place.Key())
		if err != nil {
			return course.RuleInForce{}, place, scope, err
		}
		rule, err := r.School.RuleOf(c.Request().Context(), scope, c.Param("rule"))
		if err == nil || problem.KindOf(err) != problem.NotFound {
			return rule, place, scope, err
		}
	}
	return course.RuleInForce{}, people.Place{}, people.OrganisationScope{}, problem.New(problem.NotFound, "course.not_found")
}

// changeRule pauses a rule, takes it up again or ends it.
func (r *Room) changeRule(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showRule(c, v, nil)
	}
	ctx := c.Request().Context()
	rule, _, scope, err := r.ledRule(c, v)
	if err != nil {
		return err
	}
	state := course.RuleState(c.Field("state"))
	if err := r.School.SetRuleState(ctx, v, scope, rule.ID, state, c.Field("reason")); err != nil {
		return r.showRule(c, v, err)
	}
	if err := r.School.SettleSoon(ctx); err != nil {
		return err
	}
	return c.Go("/lead/rules/" + rule.ID + "?done=rule_" + string(state))
}
