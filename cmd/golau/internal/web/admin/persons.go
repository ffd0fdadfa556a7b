package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) personRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/people", web.Admin, r.find),
		web.Get("/admin/people/:person", web.Admin, r.person),
		web.Post("/admin/people/:person/memberships", web.Admin, r.giveMembership),
		web.Post("/admin/people/:person/suspend", web.Admin, r.suspend),
		web.Post("/admin/people/:person/lift", web.Admin, r.liftSuspension),
	}
}

type findPage struct {
	Form
	Words string
	Asked bool
	Found []people.Found
	More  bool
	// Invitations says whether there is a page to invite people from.
	Invitations bool
}

// find looks for people by name or address. Nobody is listed who was not
// looked for.
func (r *Room) find(c *web.Context, v people.Viewer) error {
	p := &findPage{Form: form(c, "people", c.T("admin.people.title")), Words: c.QueryParam("q"), Invitations: hasPart("invitations")}
	p.FormID, p.FormTo, p.FormGet = "find", "/admin/people", true
	p.Asked = c.Request().URL.Query().Has("q") && c.QueryParam("switch") == ""
	if p.Asked {
		var err error
		p.Found, p.More, err = people.FindPersons(r.DB.Read(c.Request().Context()), v, p.Words)
		if err := p.take(c, err, "people", "q"); err != nil {
			return err
		}
		p.Asked = err == nil
	}
	return r.showForm(c, "admin/people", &p.Form, p)
}

type personPage struct {
	Form
	Person           people.Person
	Self             bool
	Places, Roles    []Option
	Jobs             []Option
	F                people.MembershipForm
	Proof            people.Proof // what is asked of whoever gives a role with power
	Reason           string
	Running, Yielded []people.Membership
}

// showPerson shows a person's name, address and memberships, and what was sent
// with what is wrong.
// callReason says how the reason is called that both forms of a suspension ask for.
func (p *personPage) callReason(c *web.Context) {
	p.Call(func(field string) string {
		switch {
		case field != "reason":
			return ""
		case p.Person.Suspended():
			return c.T("admin.label.people.lift.reason")
		}
		return c.T("admin.label.people.suspend.reason")
	})
}

func (r *Room) showPerson(c *web.Context, v people.Viewer, sent, to string, err error) error {
	rx := r.DB.Read(c.Request().Context())
	person, fail := people.PersonByID(rx, c.Param("person"))
	if fail != nil {
		return fail
	}
	proof, fail := r.People.ProofOf(rx, v.Person)
	if fail != nil {
		return fail
	}
	p := &personPage{Proof: proof, Form: form(c, "people", c.T("admin.people.one_title")), Person: person, Self: person.ID == v.Person,
		F: membershipForm(c), Reason: c.Field("reason")}
	if fail := p.take(c, err, "people", "role", "place", "job_role", "proof", "reason"); fail != nil {
		return fail
	}
	p.callProof(c, proof)
	p.callReason(c)
	p.Alternate = "/admin/people/" + person.ID
	there := map[string]bool{"give": true, "suspend": !p.Self && !person.Suspended(), "lift": person.Suspended()}
	switch {
	case there[sent]:
		p.sent(sent, p.Alternate+to)
	case there["lift"]: // where something is typed
		p.sent("lift", p.Alternate+"/lift")
	case there["suspend"]:
		p.sent("suspend", p.Alternate+"/suspend")
	default:
		p.sent("give", p.Alternate+"/memberships")
	}
	all, fail := people.AllMembershipsOf(rx, person.ID)
	if fail != nil {
		return fail
	}
	for _, m := range all {
		if m.Ended.IsZero() || m.Ended.After(rx.Now().Time) {
			p.Running = append(p.Running, m)
		} else {
			p.Yielded = append(p.Yielded, m)
		}
	}
	if fail := r.offer(c, p); fail != nil {
		return fail
	}
	return r.showForm(c, "admin/person", &p.Form, p)
}

// offer fills in what the form of a membership offers.
func (r *Room) offer(c *web.Context, p *personPage) error {
	agencies, err := people.FindAgencies(r.DB.Read(c.Request().Context()), "", "", c.Lang)
	if err != nil {
		return err
	}
	p.Places = []Option{{"", c.T("admin.people.choose"), p.F.Place == ""}}
	for _, a := range agencies {
		if a.Retired {
			continue
		}
		for _, b := range a.Boards {
			key := a.Key + "/" + b.Key
			p.Places = append(p.Places, Option{key, a.Name.In(c.Lang) + " – " + b.Name.In(c.Lang), key == p.F.Place})
		}
	}
	for _, role := range people.Roles {
		p.Roles = append(p.Roles, Option{string(role), c.T("people.role." + string(role)), role == p.F.Role})
	}
	p.Jobs = []Option{{"", c.T("admin.people.choose"), p.F.JobRole == ""}}
	for _, job := range people.JobRoles {
		p.Jobs = append(p.Jobs, Option{string(job), c.T("people.job_role." + string(job)), job == p.F.JobRole})
	}
	return nil
}

func membershipForm(c *web.Context) people.MembershipForm {
	return people.MembershipForm{Place: c.Field("place"), Role: people.Role(c.Field("role")), JobRole: people.JobRole(c.Field("job_role")), Proof: c.Field("proof")}
}

// person shows one person.
func (r *Room) person(c *web.Context, v people.Viewer) error { return r.showPerson(c, v, "", "", nil) }

// giveMembership makes the person a member of an agency, in a role.
func (r *Room) giveMembership(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showPerson(c, v, "give", "/memberships", nil)
	}
	if err := r.People.GiveMembership(c.Request().Context(), v, c.Param("person"), membershipForm(c)); err != nil {
		return r.showPerson(c, v, "give", "/memberships", err)
	}
	return c.Go("/admin/people/" + c.Param("person") + "?done=membership_given")
}

// suspend shuts the person out.
func (r *Room) suspend(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showPerson(c, v, "suspend", "/suspend", nil)
	}
	if err := r.People.SuspendPerson(c.Request().Context(), v, c.Param("person"), c.Field("reason")); err != nil {
		return r.showPerson(c, v, "suspend", "/suspend", err)
	}
	return c.Go("/admin/people/" + c.Param("person") + "?done=suspended")
}

// liftSuspension lets the person in again.
func (r *Room) liftSuspension(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showPerson(c, v, "lift", "/lift", nil)
	}
	if err := r.People.LiftSuspension(c.Request().Context(), v, c.Param("person"), c.Field("reason")); err != nil {
		return r.showPerson(c, v, "lift", "/lift", err)
	}
	return c.Go("/admin/people/" + c.Param("person") + "?done=lifted")
}
