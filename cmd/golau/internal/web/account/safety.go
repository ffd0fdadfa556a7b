package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) safetyRoutes() []web.Route {
	return []web.Route{
		web.Get("/account/security", web.SignedIn, r.safety),
		web.Post("/account/security/remove", web.SignedIn, r.removeApp),
		web.Post(codesPath, web.SignedIn, r.renewCodes),
		web.Post("/account/security/session", web.SignedIn, r.endSession),
	}
}

// safetyPage says how somebody signs in, and where they are signed in.
type safetyPage struct {
	web.Frame
	web.FormErrors
	Factors  people.Factors
	Sessions []people.OpenSession
	Passkeys []people.PasskeyOf
	Offered  bool   // the site can take passkeys
	Name     string // of the passkey, as typed
	Asked    string // which form the errors are about
	Done     string // message key of what was just done
}

// Wrong is the error of the proof in one of the page's forms.
func (p *safetyPage) Wrong(form string) *web.FieldError {
	if p.Asked != form {
		return nil
	}
	return p.At(form + "-proof")
}

func (r *Room) newSafetyPage(c *web.Context, v people.Viewer) (*safetyPage, error) {
	rx := r.People.Reading(c.Request().Context())
	f, err := r.People.FactorsOf(rx, v.Person)
	if err != nil {
		return nil, err
	}
	p := &safetyPage{Factors: f}
	p.Title, p.Current, p.Alternate = c.T("second.door_title"), "account", "/account/security"
	if p.Offered = r.People.HasPasskeys(); p.Offered {
		p.Scripts = passkeyScript
		p.FormID, p.FormTo = "new-passkey", "/second-factor/passkey"
		if p.Passkeys, err = people.PasskeysOf(rx, v.Person); err != nil {
			return nil, err
		}
	}
	switch done := c.Done(); done {
	case "added", "removed", "session", "passkey", "passkey_removed":
		p.Done = "second.done_" + done
	}
	p.Sessions, err = people.SessionsOf(rx, v)
	return p, err
}

func (r *Room) safety(c *web.Context, v people.Viewer) error {
	p, err := r.newSafetyPage(c, v)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/security", p)
}

// safetyInOther shows the page in its other language, with the name typed.
func (r *Room) safetyInOther(c *web.Context, v people.Viewer) error {
	p, err := r.newSafetyPage(c, v)
	if err != nil {
		return err
	}
	p.Name = c.Field("name")
	return c.Show(http.StatusOK, "account/security", p)
}

// safetyAgain shows the page with what is wrong in one of its forms.
func (r *Room) safetyAgain(c *web.Context, v people.Viewer, form string, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.Conflict && e.Kind != problem.TooMany {
		return err
	}
	p, fail := r.newSafetyPage(c, v)
	if fail != nil {
		return fail
	}
	p.Asked, p.Name = form, c.Field("name")
	if key, ok := e.Fields["proof"]; ok { // several forms of the page have this field
		e = problem.InvalidField(form+"-proof", key)
	}
	p.FormErrors = c.FormErrors(e, "name", form+"-proof")
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	return c.Show(web.Status(e), "account/security", p)
}

func (r *Room) removeApp(c *web.Context, v people.Viewer) error {
	if err := r.People.RemoveTOTP(c.Request().Context(), v, c.Field("remove-proof")); err != nil {
		return r.safetyAgain(c, v, "remove", err)
	}
	return c.Go("/account/security?done=removed")
}

func (r *Room) renewCodes(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.codesInOther(c, v)
	}
	codes, err := r.People.RenewRecovery(c.Request().Context(), v, c.Field("codes-proof"))
	if err != nil {
		return r.safetyAgain(c, v, "codes", err)
	}
	return r.showCodes(c, codes, false, c.Local("/account/security"))
}

// endSession ends one session; the page then says so, or asks to sign in when
// it was this one.
func (r *Room) endSession(c *web.Context, v people.Viewer) error {
	if err := r.People.EndSession(c.Request().Context(), v, c.Field("session")); err != nil {
		return err
	}
	return c.Go("/account/security?done=session")
}
