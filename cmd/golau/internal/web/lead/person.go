package lead

import (
	"cmp"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

func (r *Room) personRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/people/:position", web.Lead, r.person),
		web.Post("/lead/people/:position", web.Lead, r.changePosition),
		web.Post("/lead/people/:position/left", web.Lead, r.recordLeaver),
		web.Post("/lead/people/:position/back", web.Lead, r.takeBack),
		web.Post("/lead/people/:position/suspend", web.Lead, r.suspend),
		web.Post("/lead/people/:position/reinstate", web.Lead, r.reinstate),
	}
}

type personPage struct {
	web.Frame
	web.FormErrors
	Done     string
	Place    people.Place
	P        people.Position
	Team     people.Team
	Manager  people.Position
	Fields   []web.Input
	LeftOn   web.Input
	Reason   web.Input // of suspending, or of reinstating
	Learning course.Learning
	Asked    []askedLine
	Past     []pastLine
	AtKey    string
	Letters  []course.LetterLine
	Course   string
	Exempt   []toldExemption
	Power    bool            // a role of power, which an administrator takes first
	Before   people.Position // behind whom they stand, as the same person
	Address  string          // of whoever has left, as far as the agency knows it
	First    store.Time      // when they first came, if they were away since; else zero
	Finished int             // how many modules they have finished
	MayWait  bool            // something is asked of them for which more time could be given
}

// askedLine is what is asked of somebody, in words.
type askedLine struct {
	course.Asked
	ruleWords
	Led bool   // the viewer leads what the rule is about
	Why string // they were given more time
}

// pastLine is what was asked of somebody, in words.
type pastLine struct {
	course.Past
	ruleWords
}

// person shows somebody's position, and what they have finished; never an answer.
func (r *Room) person(c *web.Context, v people.Viewer) error { return r.showPerson(c, v, "", nil) }

// showPerson shows the page with what was sent and what is wrong with it.
func (r *Room) showPerson(c *web.Context, v people.Viewer, sent string, wrong error) error {
	ctx := c.Request().Context()
	rx := r.DB.Read(ctx)
	pos, place, scope, err := v.LedPosition(rx, c.Param("position"))
	if err != nil {
		return err
	}
	p := &personPage{P: pos, Place: place, Done: done(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "team", "job_role", "group", "works_since", "staff_number", "manager", "reason", "left_on"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.person.title"), "lead", "/lead/people/"+pos.ID
	if pos.Left.IsZero() { // else there is no form to keep what is typed in
		p.FormID, p.FormTo = "position", p.Alternate
		if sent != "position" && sent != "" {
			p.FormID, p.FormTo = sent, p.Alternate+"/"+sent
		}
	}
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	if pos.Manager != "" {
		if p.Manager, err = people.PositionIn(rx, scope, pos.Manager); err != nil && problem.KindOf(err) != problem.NotFound {
			return err
		}
		if !p.Manager.Left.IsZero() { // whoever has left manages nobody
			p.Manager = people.Position{}
		}
	}
	for _, t := range teams {
		if t.ID == pos.Team {
			p.Team = t
		}
	}
	p.fields(c, teams, sent, scope.IsWhole(), changedMeanwhile(wrong))
	of := r.School.Courses()[0]
	p.Course = of.Title.In(c.Lang)
	if p.Learning, err = r.School.LearningOf(ctx, scope, pos.ID, of.Slug); err != nil {
		return err
	}
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	led, err := r.School.Rules(ctx, scope)
	if err != nil {
		return err
	}
	given, err := r.School.MoreTimeOf(ctx, scope, pos.ID)
	if err != nil {
		return err
	}
	for _, m := range p.Learning.Modules {
		if !m.At.IsZero() {
			p.Finished++
		}
	}
	if p.First, err = people.FirstHere(rx, scope, pos); err != nil {
		return err
	}
	for _, a := range p.Learning.Asked {
		line := askedLine{a, tell.words(a.Rule), slices.ContainsFunc(led, func(r course.RuleInForce) bool { return r.ID == a.Rule.ID }), given[a.Assignment.ID].Reason}
		p.Asked = append(p.Asked, line)
		p.MayWait = p.MayWait || line.Led && a.Done == "" && a.Planned == ""
	}
	past, err := r.School.PastOf(ctx, scope, pos.ID)
	if err != nil {
		return err
	}
	for _, a := range past {
		p.Past = append(p.Past, pastLine{a, tell.words(a.Rule)})
	}
	if err := r.exemptOf(c, p, scope); err != nil {
		return err
	}
	p.AtKey, _ = places(c, v, place)
	if p.Before, err = before(rx, scope, pos); err != nil {
		return err
	}
	if p.Address = pos.Email; !pos.Left.IsZero() {
		if p.Address, err = people.AddressWhenLeft(rx, pos); err != nil {
			return err
		}
	}
	if p.Letters, _, err = r.School.Letters(ctx, scope, pos.ID, "", ""); err != nil {
		return err
	}
	if p.Power, err = people.HasPowerAt(rx, scope, pos.Person); err != nil {
		return err
	}
	return c.Show(status, "lead/person", p)
}

// exemptOf gathers what somebody is and was let off.
func (r *Room) exemptOf(c *web.Context, p *personPage, scope people.OrganisationScope) error {
	all, err := r.School.ExemptionsOf(c.Request().Context(), scope, p.P.ID)
	if err == nil {
		p.Exempt, err = r.tellExemptions(c, all)
	}
	return err
}

// fields fills in the form: with what was sent, else with what the position says. Where
// somebody has changed that meanwhile, each field that differs says what stands there now.
func (p *personPage) fields(c *web.Context, teams []people.Team, sent string, whole, stale bool) {
	now := people.PositionForm{JobRole: p.P.JobRole, Team: p.P.Team, Group: p.P.Group, WorksSince: p.P.WorksSince, StaffNumber: p.P.StaffNumber, Manager: p.Manager.Email}
	p.Fields = positionFields(c, teams, now, whole)
	if sent == "position" {
		says := p.Fields
		p.Fields = positionFields(c, teams, positionForm(c), whole)
		for i := range p.Fields {
			if is := said(says[i]); stale && is != said(p.Fields[i]) {
				p.Fields[i].Hint = c.T("lead.person.now", "Value", cmp.Or(is, c.T("lead.none")))
			}
		}
	}
	for i := range p.Fields {
		p.Fields[i].Error = p.At(p.Fields[i].Name)
	}
	p.LeftOn = web.Input{Name: "left_on", Label: c.T("lead.left_on"), Hint: c.T("lead.day_hint"), Kind: "date", Short: true, Error: p.At("left_on")}
	if sent == "left" {
		p.LeftOn.Value = c.Field("left_on")
	}
	p.Reason = web.Input{Name: "reason", Label: c.T("lead.person.reason"), Hint: c.T("lead.person.reason_hint"), Value: c.Field("reason"), Error: p.At("reason")}
	p.Call(func(field string) string {
		for _, i := range append(p.Fields, p.LeftOn, p.Reason) {
			if i.Name == field {
				return i.Label
			}
		}
		return ""
	})
}

// positionFields are the fields of where somebody stands. Whoever leads a part takes
// nobody out of it.
func positionFields(c *web.Context, teams []people.Team, f people.PositionForm, whole bool) []web.Input {
	none := web.Option{Label: c.T("lead.none")}
	team := teamOptions(c, teams, f.Team)
	if whole {
		team = append([]web.Option{none}, team...)
	}
	return []web.Input{
		{Name: "team", Label: c.T("lead.team"), Options: team},
		{Name: "job_role", Label: c.T("lead.job"), Options: jobOptions(c, f.JobRole)},
		{Name: "group", Label: c.T("lead.group"), Hint: c.T("lead.group_hint"), Options: append([]web.Option{none}, groupOptions(c, f.Group)...)},
		{Name: "works_since", Label: c.T("lead.works_since"), Hint: c.T("lead.day_hint"), Value: f.WorksSince, Kind: "date", Short: true},
		{Name: "staff_number", Label: c.T("lead.staff_number"), Hint: c.T("lead.staff_number_hint"), Value: f.StaffNumber, Short: true},
		{Name: "manager", Label: c.T("lead.manager"), Hint: c.T("lead.manager_hint"), Value: f.Manager, Kind: "email"},
	}
}

// said is what a field says, in words.
func said(i web.Input) string {
	for _, o := range i.Options {
		if o.Chosen && o.Value != "" {
			return o.Label
		}
	}
	return i.Value
}

// changedMeanwhile says whether a form was refused since what it changes is another by
// now than when it was read.
func changedMeanwhile(err error) bool {
	p, ok := problem.As(err)
	return ok && p.Key == "people.position.other_version"
}

func positionForm(c *web.Context) people.PositionForm {
	return people.PositionForm{JobRole: people.JobRole(c.Field("job_role")), Team: c.Field("team"), Group: people.Group(c.Field("group")),
		WorksSince: c.Field("works_since"), StaffNumber: c.Field("staff_number"), Manager: c.Field("manager"), Version: c.Field("version")}
}

// changePosition changes where somebody stands in the agency.
func (r *Room) changePosition(c *web.Context, v people.Viewer) error {
	return r.change(c, v, "position", "changed", func(s people.OrganisationScope, id string) error {
		return r.People.SetPosition(c.Request().Context(), v, s, id, positionForm(c))
	})
}

// recordLeaver says that somebody does not work there any more.
func (r *Room) recordLeaver(c *web.Context, v people.Viewer) error {
	return r.change(c, v, "left", "left", func(s people.OrganisationScope, id string) error {
		return r.People.RecordLeaver(c.Request().Context(), v, s, id, c.Field("left_on"))
	})
}

// takeBack says that somebody who had left is there again.
func (r *Room) takeBack(c *web.Context, v people.Viewer) error {
	return r.change(c, v, "", "back", func(s people.OrganisationScope, id string) error {
		return r.People.TakeBack(c.Request().Context(), v, s, id)
	})
}

// suspend suspends somebody in the agency.
func (r *Room) suspend(c *web.Context, v people.Viewer) error {
	return r.change(c, v, "suspend", "suspended", func(s people.OrganisationScope, id string) error {
		return r.People.SuspendHere(c.Request().Context(), v, s, id, c.Field("reason"))
	})
}

// reinstate lets them in again.
func (r *Room) reinstate(c *web.Context, v people.Viewer) error {
	return r.change(c, v, "reinstate", "reinstated", func(s people.OrganisationScope, id string) error {
		return r.People.Reinstate(c.Request().Context(), v, s, id, c.Field("reason"))
	})
}

// change does what a form of the page asks, in the agency of the position.
func (r *Room) change(c *web.Context, v people.Viewer, sent, done string, do func(people.OrganisationScope, string) error) error {
	if c.Switching() {
		return r.showPerson(c, v, sent, nil)
	}
	p, _, scope, err := v.LedPosition(r.DB.Read(c.Request().Context()), c.Param("position"))
	if err != nil {
		return err
	}
	if err := do(scope, p.ID); err != nil {
		return r.showPerson(c, v, sent, err)
	}
	if err := r.School.SettleSoon(c.Request().Context()); err != nil {
		return err
	}
	return c.Go("/lead/people/" + p.ID + "?done=" + done)
}
