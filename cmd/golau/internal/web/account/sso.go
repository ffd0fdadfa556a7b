package account

import (
	"net/http"
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// ssoRoutes are the ways to agencies' own sign-ins and back. They begin with a
// GET, since no form may lead to another site; the way back is one too, because
// that is how a provider sends people home: it changes something only for the
// browser that holds the other half of its question.
func (r *Room) ssoRoutes() []web.Route {
	return []web.Route{
		web.Plain(http.MethodGet, "/sso/:provider", web.Public, r.ssoBegin),
		web.Get("/sign-in/with/:provider", web.Public, r.ssoBegin),
		web.Plain(http.MethodGet, "/sso/:provider/callback", web.Public, r.ssoBack),
		web.Plain(http.MethodGet, "/sso/:provider/jwks.json", web.Public, r.ssoKey),
		web.Post("/sign-in/work", web.Public, r.ssoFind),
		web.Get("/sign-in/arrival", web.Public, r.arrivalPage),
		web.Post("/sign-in/arrival", web.Public, r.arrival),
		web.Get("/signed-out/:provider", web.Public, r.signedOut),
		web.Get("/account/connections", web.SignedIn, r.connections),
		web.Post("/account/connections", web.SignedIn, r.connect),
		web.Post("/account/connections/remove", web.SignedIn, r.disconnect),
	}
}

// ssoBegin sends the browser to the agency's sign-in.
func (r *Room) ssoBegin(c *web.Context, _ people.Viewer) error {
	w := people.Wish{Next: c.Next(c.QueryParam("next")), Language: c.Lang, Waits: c.QueryParam("waits") != ""}
	address, sealed, err := r.People.BeginSSO(c.Request().Context(), c.Param("provider"), w)
	if err != nil {
		return r.ssoFailed(c, err)
	}
	c.SetTrip(sealed)
	return c.Redirect(http.StatusSeeOther, address)
}

// ssoBack takes in whoever comes back.
func (r *Room) ssoBack(c *web.Context, v people.Viewer) error {
	back := people.Back{State: c.QueryParam("state"), Code: c.QueryParam("code"), Issuer: c.QueryParam("iss"), Error: c.QueryParam("error")}
	ret, err := r.People.FinishSSO(c.Request().Context(), v, c.Param("provider"), c.Trip(), back)
	if _, ok := i18n.ParseLang(string(ret.Language)); ok {
		c.Lang = ret.Language
	}
	switch {
	case err != nil:
		return r.ssoFailed(c, err)
	case ret.Session != "":
		return r.ssoArrive(c, ret.Session, ret.Wish)
	}
	c.SetTrip(ret.Trip)
	if v.SignedIn() {
		return c.Go("/account/connections")
	}
	return c.Go("/sign-in/arrival")
}

// ssoArrive takes somebody in, with the answer that waited in their browser. It
// waits there until it is stored, since there is no other copy of it; what bound
// the way here is used up.
func (r *Room) ssoArrive(c *web.Context, session string, w people.Wish) error {
	waits := ""
	if w.Waits {
		waits = c.Waits()
	}
	c.SetTrip("")
	return r.arrive(c, session, w.Next, waits)
}

type ssoFailedPage struct {
	web.Frame
	Text, Again string
	Others      bool // whether there may be another way in
}

// ssoFailed says why nobody came in, and what still works.
func (r *Room) ssoFailed(c *web.Context, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind == problem.Internal || e.Kind == problem.NotFound {
		return err
	}
	p := &ssoFailedPage{Text: c.Site.Words.TArgs(c.Lang, e.Key, e.Args), Others: e.Key != people.OnlyWayDown, Again: "/sign-in/with/" + url.PathEscape(c.Param("provider"))}
	if _, err := r.Seal.Open(c.Waits()); err == nil {
		p.Again += "?waits=1"
	}
	if c.Param("provider") == "" {
		p.Again = ""
	}
	p.Title, p.Current, p.Alternate = c.T("sso.failed_title"), "sign-in", "/sign-in"
	return c.Show(web.Status(e), "account/sso-failed", p)
}

// ssoKey publishes the site's own key, for providers that ask for one.
func (r *Room) ssoKey(c *web.Context, _ people.Viewer) error {
	key, err := r.People.PublicKey(c.Request().Context(), c.Param("provider"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, key.Set())
}

// ssoFind shows the sign-ins that speak for the domain of an address.
func (r *Room) ssoFind(c *web.Context, _ people.Viewer) error {
	p := r.newSignInPage(c)
	p.Email, p.Next, p.Sealed = c.Field("email"), c.Next(c.Field("next")), c.Field("pending")
	p.First, p.Waiting = p.Next != "", p.Sealed != ""
	_, err := people.CleanEmail(p.Email)
	if err == nil {
		err = r.offer(c, p)
	}
	if err == nil && len(p.Ways) == 0 {
		err = problem.InvalidField("email", "sso.no_way")
	}
	if err != nil {
		return r.tryAgain(c, p, err)
	}
	return c.Show(http.StatusOK, "account/sign-in", p)
}

// offer adds the sign-ins that speak for the address to the page. An answer that
// waits is left with the browser, so that it is there for whoever comes back.
func (r *Room) offer(c *web.Context, p *signInPage) (err error) {
	p.Ways, err = r.People.WaysIn(c.Request().Context(), p.Email)
	p.Carried = len(p.Ways) > 0 && p.Sealed != "" && c.SetWaits(p.Sealed)
	return err
}

// WayTo is where the link to a sign-in leads, with what was wanted.
func (p *signInPage) WayTo(w people.WayIn) string {
	q := url.Values{}
	if p.Next != "" {
		q.Set("next", p.Next)
	}
	if p.Carried {
		q.Set("waits", "1")
	}
	to := "/" + string(p.Lang()) + "/sign-in/with/" + w.Key
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	return to
}

type signedOutPage struct {
	web.Frame
	Name    i18n.Text
	Address string
}

// signedOut offers to end the agency's own session too.
func (r *Room) signedOut(c *web.Context, _ people.Viewer) error {
	name, address, err := r.People.EndElsewhere(c.Request().Context(), c.Param("provider"))
	if err != nil {
		return err
	}
	p := &signedOutPage{Name: name, Address: address}
	p.Title = c.T("sso.out_title")
	return c.Show(http.StatusOK, "account/signed-out", p)
}
