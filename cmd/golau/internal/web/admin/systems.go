package admin

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) systemRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/systems", web.Admin, r.systems),
		web.Get("/admin/systems/:token", web.Admin, r.oneSystem),
		web.Post("/admin/systems/:token", web.Admin, r.revokeSystem),
	}
}

// systemsShown is how many lines the list of tokens has.
const systemsShown = 200

type systemsPage struct {
	Form
	Tokens []people.GivenToken
	All    int  // how many there are of them
	Ended  bool // also those that count no more
}

// systems lists by which tokens other systems come in, and who made them.
func (r *Room) systems(c *web.Context, v people.Viewer) error {
	p := &systemsPage{Form: form(c, "systems", c.T("admin.systems.title")), Ended: c.QueryParam("ended") == "yes"}
	var err error
	if p.Tokens, err = r.People.AllTokens(r.DB.Read(c.Request().Context()), v, p.Ended); err != nil {
		return err
	}
	p.All = len(p.Tokens)
	p.Tokens = p.Tokens[:min(p.All, systemsShown)]
	return c.Show(http.StatusOK, "admin/systems", p)
}

type systemPage struct {
	Form
	Token  people.GivenToken
	Reason string
}

func (r *Room) showSystem(c *web.Context, v people.Viewer, wrong error) error {
	p := &systemPage{Form: form(c, "systems", c.T("admin.systems.one_title")), Reason: c.Field("reason")}
	var err error
	if p.Token, err = r.People.GivenTokenByID(r.DB.Read(c.Request().Context()), v, c.Param("token")); err != nil {
		return err
	}
	if err := p.take(c, wrong, "systems", "reason"); err != nil {
		return err
	}
	p.Alternate = "/admin/systems/" + p.Token.ID
	if p.Token.State == people.TokenCounts {
		p.sent("revoke", p.Alternate)
	}
	return r.showForm(c, "admin/system", &p.Form, p)
}

// oneSystem shows one token, and asks before it is revoked.
func (r *Room) oneSystem(c *web.Context, v people.Viewer) error { return r.showSystem(c, v, nil) }

// revokeSystem ends somebody's token.
func (r *Room) revokeSystem(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showSystem(c, v, nil)
	}
	if err := r.People.RevokeTokenOf(c.Request().Context(), v, c.Param("token"), c.Field("reason")); err != nil {
		return r.showSystem(c, v, err)
	}
	return c.Go("/admin/systems?done=token_revoked")
}
