package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/steward"
)

func (r *Room) eraseRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/people/:person/erase", web.Admin, r.eraseForm),
		web.Post("/admin/people/:person/erase", web.Admin, r.erase),
	}
}

// erasePage says what would go with somebody, what would stay, and why.
type erasePage struct {
	Form
	steward.Leaving
	Reason, Confirm string
}

func (r *Room) showErase(c *web.Context, v people.Viewer, err error) error {
	leaving, fail := r.Steward.WouldErase(c.Request().Context(), v, c.Param("person"))
	if fail != nil {
		return fail
	}
	p := &erasePage{Form: form(c, "people", c.T("admin.erase.title")), Leaving: leaving, Reason: c.Field("reason"), Confirm: c.Field("confirm")}
	if fail := p.take(c, err, "erase", "reason", "confirm", "proof"); fail != nil {
		return fail
	}
	p.callProof(c, leaving.Proof)
	p.Alternate = "/admin/people/" + leaving.Person.ID + "/erase"
	p.sent("erase", p.Alternate)
	return r.showForm(c, "admin/erase", &p.Form, p)
}

// eraseForm shows what would go and what would stay.
func (r *Room) eraseForm(c *web.Context, v people.Viewer) error { return r.showErase(c, v, nil) }

// erase erases the person.
func (r *Room) erase(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showErase(c, v, nil)
	}
	e := steward.Erasing{Reason: c.Field("reason"), Confirm: c.Field("confirm"), Proof: c.Field("proof")}
	if err := r.Steward.Erase(c.Request().Context(), v, c.Param("person"), e); err != nil {
		return r.showErase(c, v, err)
	}
	return c.Go("/admin/people?done=erased")
}
