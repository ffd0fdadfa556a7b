// Package web is what the pages share: the table of routes, who is looking,
// forms, errors, rendering and the layout. With its audience rooms it is the
// only importer of Echo.
//
// It knows no course, no quiz and no certificate: the rooms under it ask for
// those and decide nothing themselves.
package web

import (
	"net/http"
	"strings"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"

	"github.com/labstack/echo/v4"
)

// Audience says who may come in by a route. The zero Audience is nobody, so
// that a row somebody forgot to finish is a shut door.
type Audience int

// The audiences, from nobody to the few.
const (
	Nobody   Audience = iota
	Public            // whoever comes
	SignedIn          // whoever has signed in
	Learning          // whoever has, unless their agency has suspended them
	Manager           // line managers of somebody
	Lead              // training leads
	Officer           // board officers
	Admin             // administrators
	System            // another system, with its token
)

// Handler reads the request, calls one verb and shows the result.
type Handler func(c *Context, v people.Viewer) error

// Route is one way in.
type Route struct {
	Method   string
	Path     string // below the language for a page: "/account"
	Audience Audience
	Handle   Handler
	Page     bool              // stands under /en and /cy
	Quiet    bool              // that it was used is noted nowhere: neither log nor measurements learn of it
	Halfway  bool              // also for whoever still owes the second factor
	Body     int64             // how much a form may hold, in bytes; 0 is the usual 64 KiB
	File     bool              // a file may come with it
	Scope    people.TokenScope // of System: what its token must give; "" is any
}

// LargeBody is how much a pasted list may hold.
const LargeBody = 512 << 10

// Large returns the route with room for a larger form.
func (r Route) Large(body int64) Route {
	r.Body = body
	return r
}

// Unnoted returns the route such that neither log nor measurements tell that it
// was used; only a fault of ours is still logged.
func (r Route) Unnoted() Route {
	r.Quiet = true
	return r
}

// OpenHalfway lets in by the route, beside its audience, whoever has passed one
// door and still owes the second factor: only where the second step is taken, or
// signing in is given up. All other routes answer them with 401.
func (r Route) OpenHalfway() Route {
	r.Halfway = true
	return r
}

// Get makes a page's route for looking.
func Get(path string, a Audience, h Handler) Route {
	return Route{Method: http.MethodGet, Path: path, Audience: a, Handle: h, Page: true}
}

// Post makes a page's route for changing something.
func Post(path string, a Audience, h Handler) Route {
	return Route{Method: http.MethodPost, Path: path, Audience: a, Handle: h, Page: true}
}

// Plain makes a route outside the two languages.
func Plain(method, path string, a Audience, h Handler) Route {
	return Route{Method: method, Path: path, Audience: a, Handle: h}
}

// Table returns every address of the routes with its row, pages once for each
// language. HEAD is answered wherever GET is.
func Table(routes []Route) map[string]Route {
	t := make(map[string]Route)
	for _, r := range routes {
		methods := []string{r.Method}
		if r.Method == http.MethodGet {
			methods = append(methods, http.MethodHead)
		}
		for _, m := range methods {
			if !r.Page {
				t[m+" "+r.Path] = r
				continue
			}
			for _, l := range i18n.Langs {
				t[m+" /"+string(l)+strings.TrimSuffix(r.Path, "/")] = r
			}
		}
	}
	return t
}

// mount hangs the table's rows into Echo.
func (s *Site) mount(e *echo.Echo, routes []Route) {
	for address, r := range Table(routes) {
		method, path, _ := strings.Cut(address, " ")
		e.Add(method, path, s.door(r))
	}
}

// door lets in whom the row's audience admits, and nobody else.
func (s *Site) door(r Route) echo.HandlerFunc {
	return func(ec echo.Context) error {
		if n, ok := ec.Request().Context().Value(requestKey{}).(*note); ok {
			n.route, n.quiet = ec.Path(), r.Quiet
		}
		c := s.context(ec)
		if forSystems(c.Request()) {
			return s.systemDoor(c, r)
		}
		v, err := s.viewer(c)
		if err != nil {
			return err
		}
		c.viewer, c.limit, c.files = v, r.Body, r.File
		if c.half, err = s.halfway(c); err != nil {
			return err
		}
		if err := r.admits(c.half, v); err != nil {
			return err
		}
		if r.Body > 0 { // a long list may take its time: who may send one is known by now
			_ = http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(r.patience()))
		}
		if err := c.readForm(); err != nil {
			return err
		}
		return r.Handle(c, v)
	}
}
