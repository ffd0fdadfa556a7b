package account

import (
	"net/http"
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) invitationRoutes() []web.Route {
	return []web.Route{
		web.Get("/invitation/:token", web.Public, r.invitationPage),
		web.Post("/invitation/:token", web.Public, r.accept),
	}
}

type invitationPage struct {
	web.Frame
	web.FormErrors
	people.Invitee
	Token string
	Form  people.Acceptance
}

// New says whether an account is to be made, so that a name is asked for.
func (p *invitationPage) New() bool { return !p.Known }

func (r *Room) newInvitationPage(c *web.Context, v people.Viewer) (*invitationPage, error) {
	n, err := r.People.InvitationOpen(c.Request().Context(), v, c.Param("token"))
	p := &invitationPage{Invitee: n, Token: c.Param("token")}
	p.Form = people.Acceptance{Name: n.Name, Nation: nationOf(c), Language: c.Lang}
	p.Title = c.T("invitation.tab")
	p.FormID, p.FormTo = "invitation", "/invitation/"+p.Token
	return p, err
}

// invitationPage shows an invitation and uses up nothing, however often a mail
// program opens it.
func (r *Room) invitationPage(c *web.Context, v people.Viewer) error {
	p, err := r.newInvitationPage(c, v)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/invitation", p)
}

// accept takes the invited person in.
func (r *Room) accept(c *web.Context, v people.Viewer) error {
	p, err := r.newInvitationPage(c, v)
	if err != nil {
		return err
	}
	if c.Form().Has("name") {
		p.Form.Name = c.Field("name")
	}
	p.Form.Password, p.Form.As = c.Field("password"), people.As(c.Field("as"))
	if c.Switching() {
		return c.Show(http.StatusOK, "account/invitation", p)
	}
	token, err := r.People.AcceptInvitation(c.Request().Context(), v, p.Token, p.Form)
	switch e, ok := problem.As(err); {
	case err == nil && token == "":
		return r.stay(c)
	case err == nil:
		return r.arrive(c, token, "", "")
	case !ok || e.Kind != problem.Invalid && e.Kind != problem.Unavailable:
		return err
	default:
		p.FormErrors = c.FormErrors(e, "as", "name", "nation", "password")
		return c.Show(web.Status(e), "account/invitation", p)
	}
}

// stay goes on with the session that the browser has: its person has a place of
// work more. Where the new role asks for a second step and the session had none,
// it is over, and they sign in again.
func (r *Room) stay(c *web.Context) error {
	ctx := c.Request().Context()
	v, err := r.People.Resolve(ctx, c.SessionToken())
	if problem.KindOf(err) == problem.Unauthenticated {
		c.ClearSession()
		return c.Go("/sign-in?next=" + url.QueryEscape(c.Local("/account")))
	}
	if err != nil {
		return err
	}
	if err := r.School.Welcome(ctx, v); err != nil {
		return err
	}
	return c.Go("/account")
}
