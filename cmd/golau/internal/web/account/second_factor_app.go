package account

import (
	"html/template"
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

// appPage shows the secret of an app that is being set up, to be scanned or
// typed, and takes its first code.
type appPage struct {
	web.Frame
	web.FormErrors
	Onward
	Square square
	Key    string       // grouped for typing
	Open   template.URL // opens the app on this device
	Proof  people.Proof
}

func (r *Room) newAppPage(c *web.Context, o Onward) (*appPage, error) {
	b, err := r.People.BegunTOTP(c.Request().Context(), c.SessionToken())
	if err != nil {
		return nil, err
	}
	p := &appPage{Onward: o, Key: grouped(b.Secret), Open: template.URL(b.URI), Proof: b.Proof}
	p.Title, p.FormID, p.FormTo, p.Current = c.T("second.setup_title"), "confirm", "/second-factor/confirm", "account"
	p.Square, err = newSquare(b.URI)
	return p, err
}

// grouped sets a secret in fours.
func grouped(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// showApp shows the page, or where to begin again when nothing has been begun.
func (r *Room) showApp(c *web.Context, o Onward, status int) error {
	p, err := r.newAppPage(c, o)
	if problem.KindOf(err) == problem.Conflict && !c.Site.Demo {
		return c.Go("/second-factor")
	}
	if err != nil {
		return err
	}
	return c.Show(status, "account/second-factor-app", p)
}

// setUpPage shows again what the session has begun.
func (r *Room) setUpPage(c *web.Context, _ people.Viewer) error {
	return r.showApp(c, Onward{Next: c.Next(c.QueryParam("next"))}, http.StatusOK)
}

// beginApp draws a secret and shows it.
func (r *Room) beginApp(c *web.Context, _ people.Viewer) error {
	if err := r.People.BeginTOTP(c.Request().Context(), c.SessionToken()); err != nil {
		return err
	}
	return r.showApp(c, onward(c), http.StatusOK)
}

// confirmApp takes the first code: the app is set up, recovery codes are shown,
// and whoever was half signed in is in.
func (r *Room) confirmApp(c *web.Context, v people.Viewer) error {
	o := onward(c)
	if c.Switching() {
		return r.showApp(c, o, http.StatusOK)
	}
	added, err := r.People.ConfirmTOTP(c.Request().Context(), c.SessionToken(), c.Field("code"), c.Field("proof"))
	if err != nil {
		return r.appAgain(c, o, err)
	}
	to := c.Local("/account/security?done=added")
	if added.Session != "" {
		if to, err = r.enter(c, added.Session, o.Next, o.Sealed); err != nil {
			return err
		}
	}
	if len(added.Codes) == 0 {
		return c.Redirect(http.StatusSeeOther, to)
	}
	return r.showCodes(c, added.Codes, true, to)
}

// appAgain shows the same secret with what is wrong.
func (r *Room) appAgain(c *web.Context, o Onward, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.TooMany {
		return err
	}
	p, fail := r.newAppPage(c, o)
	if fail != nil {
		return fail
	}
	p.FormErrors = c.FormErrors(e, "code", "proof")
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	return c.Show(web.Status(e), "account/second-factor-app", p)
}
