package lead

import (
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) exemptionRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/exemptions", web.Lead, r.exemptions),
		web.Post("/lead/exemptions/:exemption", web.Lead, r.takeBackExemption),
		web.Get("/lead/people/:position/exempt", web.Lead, r.exempting),
		web.Post("/lead/people/:position/exempt", web.Lead, r.exempt),
	}
}

// toldExemption is an exemption in words.
type toldExemption struct {
	course.Exemption
	What     string
	Giver    i18n.Text // empty where they are no longer here
	Reviewer i18n.Text
	Answerer i18n.Text
}

// Counts says whether it can be taken back.
func (e toldExemption) Counts() bool {
	return e.State == course.ExemptionInForce || e.State == course.ExemptionWaiting
}

// tellExemptions says exemptions in words.
func (r *Room) tellExemptions(c *web.Context, all []course.Exemption) (told []toldExemption, err error) {
	var ids []string
	for _, e := range all {
		ids = append(ids, e.By, e.Reviewer, e.Answer.By)
	}
	names, err := people.Called(r.DB.Read(c.Request().Context()), "person", ids)
	for _, e := range all {
		what := c.T("lead.exemption.whole")
		if e.Rule != "" {
			if what = r.School.Titles(e.Parts, c.Lang); what == "" {
				what = c.T("lead.rule.what_whole")
			}
		}
		told = append(told, toldExemption{e, what, names[e.By], names[e.Reviewer], names[e.Answer.By]})
	}
	return told, err
}

type exemptionsPage struct {
	web.Frame
	web.FormErrors
	Done       string
	Place      people.Place
	Places     []web.Option
	Exemptions []toldExemption
}

// exemptions lists who is let off, and who looks at it again when.
func (r *Room) exemptions(c *web.Context, v people.Viewer) error {
	return r.showExemptions(c, v, c.QueryParam("at"), nil)
}

func (r *Room) showExemptions(c *web.Context, v people.Viewer, at string, wrong error) error {
	place, scope, err := v.LedAt(at)
	if err != nil {
		return err
	}
	p := &exemptionsPage{Place: place, Done: done(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.exemption.title"), "lead", withQuery("/lead/exemptions", [][2]string{{"at", at}}, "")
	_, p.Places = places(c, v, place)
	all, err := r.School.Exemptions(c.Request().Context(), scope)
	if err != nil {
		return err
	}
	if p.Exemptions, err = r.tellExemptions(c, all); err != nil {
		return err
	}
	return c.Show(status, "lead/exemptions", p)
}

// takeBackExemption ends one of an agency that the viewer leads.
func (r *Room) takeBackExemption(c *web.Context, v people.Viewer) error {
	for _, place := range v.Led() {
		_, scope, err := v.LedAt(place.Key())
		if err != nil {
			return err
		}
		err = r.School.TakeBackExemption(c.Request().Context(), v, scope, c.Param("exemption"))
		switch {
		case err == nil:
			return c.Go("/lead/exemptions?done=exemption_back&at=" + place.Key())
		case problem.KindOf(err) != problem.NotFound:
			return r.showExemptions(c, v, place.Key(), err)
		}
	}
	return problem.New(problem.NotFound, "course.not_found")
}

type exemptPage struct {
	web.Frame
	web.FormErrors
	Place        people.Place
	P            people.Position
	Fields       []web.Input
	Countersigns bool // the board's policy
}

// exempting shows the form that lets somebody off.
func (r *Room) exempting(c *web.Context, v people.Viewer) error { return r.showExempt(c, v, nil) }

func (r *Room) showExempt(c *web.Context, v people.Viewer, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	pos, place, scope, err := v.LedPosition(rx, c.Param("position"))
	if err != nil {
		return err
	}
	p := &exemptPage{P: pos, Place: place}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "rule", "until", "reason", "reviewer"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.exemption.new"), "lead", "/lead/people/"+pos.ID+"/exempt"
	p.FormID, p.FormTo = "exempt", p.Alternate
	if p.Countersigns, err = people.Countersigns(rx, scope.Board()); err != nil {
		return err
	}
	if err := r.exemptFields(c, p, scope, v.Email); err != nil {
		return err
	}
	return c.Show(status, "lead/exempt", p)
}

// exemptFields fills in the form with what was sent.
func (r *Room) exemptFields(c *web.Context, p *exemptPage, scope people.OrganisationScope, own string) error {
	rules, err := r.School.Rules(c.Request().Context(), scope)
	if err != nil {
		return err
	}
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	what := []web.Option{{Label: c.T("lead.exemption.whole")}}
	asked, err := r.School.LearningOf(c.Request().Context(), scope, p.P.ID, r.School.Courses()[0].Slug)
	if err != nil {
		return err
	}
	for _, rule := range rules {
		if rule.State != course.Ended && asked.Asks(rule.ID) {
			what = append(what, web.Option{Value: rule.ID, Label: tell.words(rule.Rule).What, Chosen: rule.ID == c.Field("rule")})
		}
	}
	reviewer := own
	if c.Form().Has("reviewer") {
		reviewer = c.Field("reviewer")
	}
	p.Fields = []web.Input{
		{Name: "rule", Label: c.T("lead.exemption.what"), Options: what},
		{Name: "until", Label: c.T("lead.exemption.until"), Hint: c.T("lead.exemption.until_hint", "Day", inDays(c, 90)), Value: c.Field("until"), Kind: "date", Short: true},
		{Name: "reason", Label: c.T("lead.rule.reason"), Hint: c.T("lead.exemption.reason_hint"), Value: c.Field("reason")},
		{Name: "reviewer", Label: c.T("lead.exemption.reviewer"), Hint: c.T("lead.exemption.reviewer_hint"), Value: reviewer, Kind: "email"},
	}
	labels := map[string]string{}
	for i, f := range p.Fields {
		p.Fields[i].Error, labels[f.Name] = p.At(f.Name), f.Label
	}
	p.Call(func(field string) string { return labels[field] })
	return nil
}

// exempt lets somebody off.
func (r *Room) exempt(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showExempt(c, v, nil)
	}
	ctx := c.Request().Context()
	p, _, scope, err := v.LedPosition(r.DB.Read(ctx), c.Param("position"))
	if err != nil {
		return err
	}
	f := course.ExemptionForm{Rule: c.Field("rule"), Until: due.Day(c.Field("until")), Reason: c.Field("reason"), Reviewer: c.Field("reviewer")}
	if _, err := r.School.Exempt(ctx, v, scope, p.ID, r.School.Courses()[0].Slug, f); err != nil {
		return r.showExempt(c, v, err)
	}
	return c.Go("/lead/people/" + p.ID + "?done=exempted")
}
