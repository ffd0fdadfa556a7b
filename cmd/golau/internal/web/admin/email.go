package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) emailRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/people/:person/email", web.Admin, r.email),
		web.Post("/admin/people/:person/email", web.Admin, r.correctEmail),
	}
}

// emailPage corrects somebody's e-mail address.
type emailPage struct {
	Form
	Person        people.Person
	Self          bool
	Proof         people.Proof // what is asked of whoever corrects it
	Email, Reason string
}

func (r *Room) showEmail(c *web.Context, v people.Viewer, err error) error {
	rx := r.DB.Read(c.Request().Context())
	person, fail := people.PersonByID(rx, c.Param("person"))
	if fail != nil {
		return fail
	}
	proof, fail := r.People.ProofOf(rx, v.Person)
	if fail != nil {
		return fail
	}
	p := &emailPage{Form: form(c, "people", c.T("admin.email.title")), Person: person, Self: person.ID == v.Person, Proof: proof,
		Email: c.Field("email"), Reason: c.Field("reason")}
	if fail := p.take(c, err, "email", "email", "reason", "proof"); fail != nil {
		return fail
	}
	p.callProof(c, proof)
	p.Alternate = "/admin/people/" + person.ID + "/email"
	if !p.Self {
		p.sent("correct", p.Alternate)
	}
	return r.showForm(c, "admin/email", &p.Form, p)
}

// email shows the form.
func (r *Room) email(c *web.Context, v people.Viewer) error { return r.showEmail(c, v, nil) }

// correctEmail gives the person another address.
func (r *Room) correctEmail(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showEmail(c, v, nil)
	}
	to := people.Correction{Email: c.Field("email"), Reason: c.Field("reason"), Proof: c.Field("proof")}
	if err := r.People.CorrectEmail(c.Request().Context(), v, c.Param("person"), to); err != nil {
		return r.showEmail(c, v, err)
	}
	return c.Go("/admin/people/" + c.Param("person") + "?done=email_changed")
}
