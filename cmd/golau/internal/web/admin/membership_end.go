package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) membershipEndRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/people/:person/memberships/:membership/end", web.Admin, r.endingMembership),
		web.Post("/admin/people/:person/memberships/:membership/end", web.Admin, r.endMembership),
	}
}

// membershipEndPage asks before a membership ends, and says what follows.
type membershipEndPage struct {
	Form
	What   people.Ending
	Reason string
}

func (r *Room) showEndingMembership(c *web.Context, v people.Viewer, err error) error {
	what, fail := people.MembershipToEnd(r.DB.Read(c.Request().Context()), v, c.Param("person"), c.Param("membership"))
	if fail != nil {
		return fail
	}
	p := &membershipEndPage{Form: form(c, "people", c.T("admin.people.end_title")), What: what, Reason: c.Field("reason")}
	if fail := p.take(c, err, "membership_end", "reason"); fail != nil {
		return fail
	}
	p.Alternate = "/admin/people/" + what.Person.ID + "/memberships/" + what.Membership.ID + "/end"
	p.sent("end", p.Alternate)
	return r.showForm(c, "admin/membership-end", &p.Form, p)
}

// endingMembership asks before a membership ends.
func (r *Room) endingMembership(c *web.Context, v people.Viewer) error {
	return r.showEndingMembership(c, v, nil)
}

// endMembership ends one of the person's memberships.
func (r *Room) endMembership(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showEndingMembership(c, v, nil)
	}
	if err := r.People.TakeMembership(c.Request().Context(), v, c.Param("person"), c.Param("membership"), c.Field("reason")); err != nil {
		return r.showEndingMembership(c, v, err)
	}
	if c.Param("person") == v.Person { // who was the administrator may be none now
		return c.Go("/account")
	}
	return c.Go("/admin/people/" + c.Param("person") + "?done=membership_ended")
}
