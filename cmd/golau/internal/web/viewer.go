package web

import (
	"errors"
	"net/http"

	"golau/internal/people"
	"golau/internal/problem"
)

// sessionCookie holds the session's id. The prefix makes browsers insist on
// Secure, on this host alone and on the whole site.
const sessionCookie = "__Host-golau"

// viewer finds out who is looking. A session that has ended makes nobody of
// its holder; a database that cannot answer lets nobody in.
func (s *Site) viewer(c *Context) (people.Viewer, error) {
	k, err := c.Request().Cookie(sessionCookie)
	if err != nil || k.Value == "" {
		return people.Viewer{}, nil
	}
	v, err := s.People.Resolve(c.Request().Context(), k.Value)
	if problem.KindOf(err) == problem.Unauthenticated && err != nil {
		return people.Viewer{}, nil
	}
	return v, err
}

// halfway finds out whether a visitor has passed one door and owes another.
func (s *Site) halfway(c *Context) (people.Half, error) {
	token := c.SessionToken()
	if c.viewer.SignedIn() || token == "" {
		return people.Half{}, nil
	}
	return s.People.ResolveHalf(c.Request().Context(), token)
}

// Half is who has passed one door and owes another; most often nobody.
func (c *Context) Half() people.Half { return c.half }

// Halfway gives the browser a session that still owes the second factor.
func (c *Context) Halfway(h people.Half, token string) {
	c.half = h
	c.SetSession(token)
}

// admits says whether somebody may come in by the route. Whoever is half signed
// in may only finish, get help and go, also where anybody else may look.
func (r Route) admits(h people.Half, v people.Viewer) error {
	switch {
	case !h.Owes():
		return admit(r.Audience, v)
	case r.Halfway:
		return nil
	}
	return problem.New(problem.Unauthenticated, "web.second_factor_first")
}

// admit says whether v belongs to the audience.
func admit(a Audience, v people.Viewer) error {
	ok := false
	switch a {
	case Public:
		return nil
	case SignedIn:
		ok = v.Person != ""
	case Lead:
		ok = v.Is(people.Lead)
	case Officer:
		ok = v.Is(people.Officer)
	case Admin:
		ok = v.Is(people.Admin)
	default:
		return problem.New(problem.NotFound, "web.not_found")
	}
	switch {
	case ok:
		return nil
	case v.Person == "":
		return problem.New(problem.Unauthenticated, "web.sign_in_first")
	default:
		return problem.New(problem.Forbidden, "web.forbidden")
	}
}

// SetSession gives the browser a session. It ends with the browser, or sooner
// when the session itself does.
func (c *Context) SetSession(token string) {
	c.SetCookie(&http.Cookie{Name: sessionCookie, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// ClearSession takes the session away from the browser.
func (c *Context) ClearSession() {
	c.SetCookie(&http.Cookie{Name: sessionCookie, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: -1})
}

// SessionToken returns what the browser holds, "" when nothing.
func (c *Context) SessionToken() string {
	k, err := c.Request().Cookie(sessionCookie)
	if errors.Is(err, http.ErrNoCookie) || k == nil {
		return ""
	}
	return k.Value
}

// passkeyCookie binds what a passkey signs to the browser that asked.
const passkeyCookie = "__Host-golau-passkey"

// SetPasskeyNonce gives the browser what binds its passkey's answer to it, for a
// few minutes; "" takes it away.
func (c *Context) SetPasskeyNonce(nonce string) {
	k := &http.Cookie{Name: passkeyCookie, Value: nonce, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: 300}
	if nonce == "" {
		k.MaxAge = -1
	}
	c.SetCookie(k)
}

// PasskeyNonce returns what SetPasskeyNonce gave, "" when nothing.
func (c *Context) PasskeyNonce() string {
	k, err := c.Request().Cookie(passkeyCookie)
	if err != nil {
		return ""
	}
	return k.Value
}

// codeCookie holds what binds the code of a letter to the browser that asked for
// it, and then the proof that the letter was read.
const codeCookie = "__Host-golau-code"

// SetCode gives the browser the nonce of a letter, or the proof in its place; ""
// takes it away.
func (c *Context) SetCode(nonce string) {
	k := &http.Cookie{Name: codeCookie, Value: nonce, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: 3600}
	if nonce == "" {
		k.MaxAge = -1
	}
	c.SetCookie(k)
}

// Code returns the nonce or proof that the browser holds, "" when none.
func (c *Context) Code() string {
	k, err := c.Request().Cookie(codeCookie)
	if err != nil {
		return ""
	}
	return k.Value
}
