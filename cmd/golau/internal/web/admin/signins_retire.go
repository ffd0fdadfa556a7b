package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) retireRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/sign-in/:provider/retire", web.Admin, r.retiring),
		web.Post("/admin/sign-in/:provider/retire", web.Admin, r.retireSignIn),
	}
}

// retirePage asks once more before a sign-in is given up, and says what becomes
// of its people.
type retirePage struct {
	Form
	What   people.Retiring
	Reason string
}

func (r *Room) showRetiring(c *web.Context, v people.Viewer, err error) error {
	what, fail := people.WhatRetires(r.DB.Read(c.Request().Context()), v, c.Param("provider"))
	if fail != nil {
		return fail
	}
	p := &retirePage{Form: form(c, "sign-ins", c.T("admin.sign_ins.retire_title")), What: what, Reason: c.Field("reason")}
	if fail := p.take(c, err, "sign_in_retire", "reason"); fail != nil {
		return fail
	}
	p.Alternate = "/admin/sign-in/" + what.Provider.Key + "/retire"
	p.sent("retire", p.Alternate)
	return r.showForm(c, "admin/sign-in-retire", &p.Form, p)
}

// retiring shows what giving the sign-in up would do.
func (r *Room) retiring(c *web.Context, v people.Viewer) error { return r.showRetiring(c, v, nil) }

// retireSignIn gives the sign-in up.
func (r *Room) retireSignIn(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showRetiring(c, v, nil)
	}
	if err := r.People.RetireProvider(c.Request().Context(), v, c.Param("provider"), c.Field("reason")); err != nil {
		return r.showRetiring(c, v, err)
	}
	return c.Go("/admin/sign-ins?done=sign_in_retired")
}
