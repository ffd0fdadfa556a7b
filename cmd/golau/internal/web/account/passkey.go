package account

import (
	"encoding/json"
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) passkeyRoutes() []web.Route {
	return []web.Route{
		web.Post("/passkey/ask", web.Public, r.askPasskey).OpenHalfway(),
		web.Post("/passkey/new", web.SignedIn, r.newPasskey).OpenHalfway(),
		web.Post("/passkey", web.Public, r.usePasskey).OpenHalfway(),
		web.Post("/second-factor/passkey", web.SignedIn, r.addPasskey).OpenHalfway(),
		web.Post("/account/security/passkey", web.SignedIn, r.removePasskey),
	}
}

// passkeyScript is the one thing that cannot be done without a script.
var passkeyScript = []string{"js/passkey.js"}

// askPasskey tells our script what a passkey must sign.
func (r *Room) askPasskey(c *web.Context, _ people.Viewer) error {
	options, nonce, err := r.People.AskPasskey(c.Request().Context(), c.SessionToken())
	if err != nil {
		return err
	}
	c.SetPasskeyNonce(nonce)
	return c.JSONAnswer(http.StatusOK, json.RawMessage(options))
}

// newPasskey tells our script what a new passkey is made of.
func (r *Room) newPasskey(c *web.Context, _ people.Viewer) error {
	options, err := r.People.BeginPasskey(c.Request().Context(), c.SessionToken())
	if err != nil {
		return err
	}
	return c.JSONAnswer(http.StatusOK, json.RawMessage(options))
}

// usePasskey takes what a passkey has signed: as the second step of somebody
// half signed in, else as both.
func (r *Room) usePasskey(c *web.Context, _ people.Viewer) error {
	ctx, nonce := c.Request().Context(), c.PasskeyNonce()
	c.SetPasskeyNonce("")
	o := onward(c)
	if c.Half().Owes() {
		session, err := r.People.GivePasskey(ctx, c.SessionToken(), nonce, c.Field("answer"))
		if err != nil {
			return r.secondAgain(c, newSecondPage(c, o), err)
		}
		return r.arrive(c, session, o.Next, o.Sealed)
	}
	token, err := r.People.SignInByPasskey(ctx, nonce, c.Field("answer"))
	if err == nil {
		return r.arrive(c, token, o.Next, o.Sealed)
	}
	p := r.newSignInPage(c)
	p.Next, p.Sealed = o.Next, o.Sealed
	return r.tryAgain(c, p, err)
}

// addPasskey keeps a new passkey; recovery codes are shown, and whoever was half
// signed in is in.
func (r *Room) addPasskey(c *web.Context, v people.Viewer) error {
	o := onward(c)
	if c.Switching() && !c.Half().Owes() {
		return r.safetyInOther(c, v)
	}
	added, err := r.People.AddPasskey(c.Request().Context(), c.SessionToken(), c.Field("name"), c.Field("answer"), c.Field("passkey-proof"))
	if err != nil && c.Half().Owes() {
		return r.secondAgain(c, newSecondPage(c, o), err)
	}
	if err != nil {
		return r.safetyAgain(c, v, "passkey", err)
	}
	to := c.Local("/account/security?done=passkey")
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

// removePasskey takes one of the viewer's passkeys away.
func (r *Room) removePasskey(c *web.Context, v people.Viewer) error {
	err := r.People.RemovePasskey(c.Request().Context(), v, c.Field("passkey"), c.Field("passkey-remove-proof"))
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return err
	}
	if err != nil {
		return r.safetyAgain(c, v, "passkey-remove", err)
	}
	return c.Go("/account/security?done=passkey_removed")
}
