package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) factorRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/people/:person/second-factor", web.Admin, r.factors),
		web.Post("/admin/people/:person/second-factor", web.Admin, r.resetFactors),
	}
}

// factorsPage resets what somebody has lost. It shows whether there is a second
// factor, and no more of how the person signs in.
type factorsPage struct {
	Form
	Person people.Person
	Self   bool
	Any    bool
	Proof  people.Proof // what is asked of whoever resets it
	Reason string
}

func (r *Room) showFactors(c *web.Context, v people.Viewer, err error) error {
	rx := r.DB.Read(c.Request().Context())
	person, fail := people.PersonByID(rx, c.Param("person"))
	if fail != nil {
		return fail
	}
	f, fail := r.People.FactorsOf(rx, person.ID)
	if fail != nil {
		return fail
	}
	proof, fail := r.People.ProofOf(rx, v.Person)
	if fail != nil {
		return fail
	}
	p := &factorsPage{Proof: proof, Form: form(c, "people", c.T("admin.factors.title")), Person: person, Self: person.ID == v.Person,
		Any: f.Any(), Reason: c.Field("reason")}
	if fail := p.take(c, err, "factors", "reason", "proof"); fail != nil {
		return fail
	}
	p.callProof(c, proof)
	p.Alternate = "/admin/people/" + person.ID + "/second-factor"
	p.Any = p.Any || len(p.Errors) > 0 // what was wrong with a form is told beside it
	if p.Any && !p.Self {
		p.sent("reset", p.Alternate)
	}
	return r.showForm(c, "admin/factors", &p.Form, p)
}

// factors shows the form.
func (r *Room) factors(c *web.Context, v people.Viewer) error { return r.showFactors(c, v, nil) }

// resetFactors takes the person's second factor away.
func (r *Room) resetFactors(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showFactors(c, v, nil)
	}
	if err := r.People.ResetFactors(c.Request().Context(), v, c.Param("person"), c.Field("reason"), c.Field("proof")); err != nil {
		return r.showFactors(c, v, err)
	}
	return c.Go("/admin/people/" + c.Param("person") + "/second-factor?done=factors_reset")
}
