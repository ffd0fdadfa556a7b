package web

import (
	"net/http"
	"strings"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// apiPrefix begins every address that is for other systems.
const apiPrefix = "/api/"

// forSystems says whether an address is for other systems: then no cookie counts,
// and what goes wrong is told as a problem document.
func forSystems(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, apiPrefix) }

// ForSystem makes a route by which other systems come in with a token that gives
// the scope; with "" any token will do.
func ForSystem(method, path string, scope people.TokenScope, h Handler) Route {
	return Route{Method: method, Path: apiPrefix + "v1" + path, Audience: System, Handle: h, Scope: scope}
}

// ForAnySystem makes a route by which other systems come in without a token.
func ForAnySystem(method, path string, h Handler) Route {
	return Route{Method: method, Path: apiPrefix + "v1" + path, Audience: Public, Handle: h}
}

// Caller is the system that asks, by its token; of a page it is nobody.
func (c *Context) Caller() people.Caller { return c.caller }

// systemDoor lets in who brings a token that gives the route's scope, and nobody
// else: a browser's session opens nothing here.
func (s *Site) systemDoor(c *Context, r Route) error {
	h := c.Response().Header()
	h.Add("Vary", "Accept-Language")
	if r.Audience == Public {
		return r.Handle(c, people.Viewer{})
	}
	token, ok := bearer(c.Request())
	if !ok {
		return problem.New(problem.Unauthenticated, "api.unauthenticated")
	}
	var err error
	if c.caller, err = s.People.Call(c.Request().Context(), token); err != nil {
		return err
	}
	if err := s.pace.take(h, c.caller.Token.ID, s.Now()); err != nil {
		return err
	}
	if !c.caller.May(r.Scope) {
		h.Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="`+string(r.Scope)+`"`)
		return problem.New(problem.Forbidden, "api.scope", "Scope", string(r.Scope))
	}
	if err := c.readJSON(); err != nil {
		return err
	}
	return r.Handle(c, c.caller.Viewer)
}

// bearer returns the token of a request: one header, one scheme, one word.
func bearer(r *http.Request) (string, bool) {
	all := r.Header.Values("Authorization")
	if len(all) != 1 {
		return "", false
	}
	scheme, token, ok := strings.Cut(all[0], " ")
	return token, ok && strings.EqualFold(scheme, "Bearer") && token != "" && !strings.ContainsAny(token, " \t")
}

// asked is the language in which a system wants to be answered.
func asked(r *http.Request) i18n.Lang { return i18n.Negotiate(r.Header.Get("Accept-Language")) }
