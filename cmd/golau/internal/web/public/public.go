// Package public is the room for whoever comes: the front page, the check of a
// certificate, the quick-reference cards, the packs for teams, the glossary,
// the search, what one writes to practise, the pages in the footer, and what
// machines ask.
//
// It knows nobody: nothing shown here depends on who is looking, but for the
// menu above it and the numbers of their council on a card. What is written here
// is kept nowhere.
package public

import (
	"context"
	"embed"
	"net/http"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
	"golau/modules"
)

// Files holds the room's pages.
//
//go:embed pages
var Files embed.FS

// Room is what the public pages need.
type Room struct {
	DB      *store.DB
	Keys    *certificates.Keys
	Library *modules.Library
	Local   *site.LocalShelf
	Course  *course.Course // the one that the first page is about
	Minutes int            // of the whole of it
	Search  *modules.Searcher
	// Takes says whether somebody is in a course, so that its lessons are theirs to
	// find.
	Takes func(ctx context.Context, v people.Viewer, course string) (bool, error)
	// Ready says whether the program can serve, and why not.
	Ready func(ctx context.Context) error
	Base  string // the site's own address, which is also its name as an issuer
}

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	routes := []web.Route{
		web.Plain(http.MethodGet, "/", web.Public, r.door),
		web.Get("", web.Public, r.home),
		web.Get("/verify", web.Public, r.verifyForm),
		web.Get("/verify/:id", web.Public, r.verify),
		web.Post("/verify/:id", web.Public, r.verifyName),
		web.Plain(http.MethodGet, "/healthz", web.Public, r.healthz),
		web.Plain(http.MethodGet, "/readyz", web.Public, r.readyz),
		web.Plain(http.MethodGet, "/robots.txt", web.Public, r.robots),
		web.Plain(http.MethodGet, "/.well-known/jwks.json", web.Public, r.jwks),
		web.Plain(http.MethodGet, "/.well-known/did.json", web.Public, r.did),
	}
	routes = append(append(routes, r.cardRoutes()...), r.practiceRoutes()...)
	routes = append(routes, r.packRoutes()...)
	routes = append(routes, web.Get("/glossary", web.Public, r.glossary))
	routes = append(routes, web.Get("/search", web.Public, r.search).Unnoted())
	for _, name := range web.FooterPages {
		route := web.Get("/"+name, web.Public, r.page(name))
		if name == "support" { // where whoever is worried about a child goes on to
			route = route.Unnoted()
		}
		routes = append(routes, route)
	}
	return routes
}

// door leads to the language chosen last, or else to the browser's: whoever is
// signed in to their learning, anybody else to the first page.
func (r *Room) door(c *web.Context, v people.Viewer) error {
	c.Response().Header().Set("Vary", "Accept-Language, Cookie")
	to := "/" + string(c.Preferred())
	if v.SignedIn() {
		to += "/learn"
	}
	return c.Redirect(http.StatusSeeOther, to)
}

type homePage struct {
	web.Frame
	Course  *course.Course
	Minutes int
}

// home says what this is, for whom, how long it takes and how to start.
func (r *Room) home(c *web.Context, _ people.Viewer) error {
	p := &homePage{web.Frame{Title: c.T("home.tab")}, r.Course, r.Minutes}
	return c.Show(http.StatusOK, "public/home", p)
}

func (r *Room) healthz(c *web.Context, _ people.Viewer) error {
	return c.String(http.StatusOK, "ok\n")
}

func (r *Room) readyz(c *web.Context, _ people.Viewer) error {
	if err := r.Ready(c.Request().Context()); err != nil {
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}

func (r *Room) robots(c *web.Context, _ people.Viewer) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /\n")
}

// jwks publishes the keys by which anybody can check a certificate offline.
func (r *Room) jwks(c *web.Context, _ people.Viewer) error {
	return c.Blob(http.StatusOK, "application/jwk-set+json", r.Keys.JWKS())
}

// did says by which keys this installation signs, as did:web has it.
func (r *Room) did(c *web.Context, _ people.Viewer) error {
	return c.Blob(http.StatusOK, "application/did+json", r.Keys.DID(r.Base))
}
