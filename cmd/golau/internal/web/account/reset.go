package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) resetRoutes() []web.Route {
	return []web.Route{
		web.Get("/password", web.Public, r.askPage(resetDoor)),
		web.Post("/password", web.Public, r.askFor(resetDoor)),
		web.Post("/password/code", web.Public, r.proveByCode(resetDoor, "/password/new")),
		web.Get("/password/link/:token", web.Public, r.linkPage(resetDoor)),
		web.Post("/password/link/:token", web.Public, r.proveByLink(resetDoor, "/password/new")),
		web.Get("/password/new", web.Public, r.newPasswordPage),
		web.Post("/password/new", web.Public, r.newPassword),
	}
}

// askPage asks for the address to which a letter goes.
type askPage struct {
	web.Frame
	web.FormErrors
	Words, To, Email string
	NoPost           bool // no letter can leave now
}

func (r *Room) newAskPage(c *web.Context, d door) *askPage {
	p := &askPage{NoPost: r.NoPost(c.Request().Context()), Words: d.words, To: d.ask(), Email: c.Field("email")}
	p.Title, p.Current, p.FormID, p.FormTo = c.T("code."+d.words+"_tab"), "sign-in", "ask", d.ask()
	return p
}

func (r *Room) askPage(d door) web.Handler {
	return func(c *web.Context, _ people.Viewer) error {
		return c.Show(http.StatusOK, "account/ask", r.newAskPage(c, d))
	}
}

// askFor has the letter sent and shows where its code is typed.
func (r *Room) askFor(d door) web.Handler {
	return func(c *web.Context, _ people.Viewer) error {
		p := r.newAskPage(c, d)
		if c.Switching() {
			return c.Show(http.StatusOK, "account/ask", p)
		}
		err := r.sent(c, d)
		e, ok := problem.As(err)
		if !ok || e.Kind == problem.Internal {
			return err // nil as well: the letter is on its way
		}
		p.FormErrors = c.FormErrors(e, "email")
		if e.RetryAfter > 0 {
			c.RetryAfter(e.RetryAfter)
		}
		return c.Show(web.Status(e), "account/ask", p)
	}
}

// proveByCode takes the code that was typed and leads to what it opens.
func (r *Room) proveByCode(d door, to string) web.Handler {
	return func(c *web.Context, _ people.Viewer) error {
		p := r.newCodePage(c, d)
		if c.Switching() {
			return c.Show(http.StatusOK, "account/code", p)
		}
		proof, err := r.People.ProveByCode(c.Request().Context(), d.purpose, c.Code(), c.Field("code"))
		if err != nil {
			return r.codeAgain(c, p, err)
		}
		c.SetCode(proof)
		return c.Go(to)
	}
}

// proveByLink takes the button behind a letter's link and leads to what it opens.
func (r *Room) proveByLink(d door, to string) web.Handler {
	return func(c *web.Context, _ people.Viewer) error {
		proof, err := r.People.ProveByLink(c.Request().Context(), d.purpose, c.Param("token"))
		if err != nil {
			return err
		}
		c.SetCode(proof)
		return c.Go(to)
	}
}

type newPasswordPage struct {
	web.Frame
	web.FormErrors
	Email string
}

func (r *Room) passwordForm(c *web.Context) (*newPasswordPage, error) {
	email, err := r.People.MayReset(c.Request().Context(), c.Code())
	p := &newPasswordPage{Email: email}
	p.Title, p.Current = c.T("code.reset_tab"), "sign-in"
	return p, err
}

// newPasswordPage asks whoever read the letter for a new password.
func (r *Room) newPasswordPage(c *web.Context, _ people.Viewer) error {
	p, err := r.passwordForm(c)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/new-password", p)
}

// newPassword changes it and signs them in.
func (r *Room) newPassword(c *web.Context, _ people.Viewer) error {
	p, err := r.passwordForm(c)
	if err != nil {
		return err
	}
	token, err := r.People.ResetPassword(c.Request().Context(), c.Code(), c.Field("new"))
	if err == nil {
		c.SetCode("")
		return r.arrive(c, token, "", "")
	}
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.Unavailable {
		return err
	}
	p.FormErrors = c.FormErrors(e, "new")
	return c.Show(web.Status(e), "account/new-password", p)
}
