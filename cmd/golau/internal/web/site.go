package web

import (
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/static"

	"github.com/labstack/echo/v4"
)

// Site is everything the doors need to show pages.
type Site struct {
	Words   *i18n.Catalogue
	People  *people.Directory
	Files   *static.Files
	Log     *slog.Logger
	Now     func() time.Time
	Render  *Renderer
	Edition string // of the course, as the footer prints it

	// ReviewedBy is the office of whoever reviewed that edition professionally, on
	// the day ReviewedOn; both are empty while nobody has.
	ReviewedBy i18n.Text
	ReviewedOn string

	BaseURL string         // how the site is reached from outside; "" on loopback
	ExitURL string         // where "Leave this page" leads
	Demo    bool           // the demonstration: loopback only, no proxies
	Proxies []netip.Prefix // whose X-Forwarded-For is believed

	// Observe is told of every request: the pattern of its route, "" where none
	// matched. It may be nil.
	Observe func(route string, status int, took time.Duration)

	// Unauthenticated shows the sign-in page to whoever must sign in first. It
	// may decline with an error, and the plain error page is shown instead.
	Unauthenticated func(c *Context) error

	host string
	pace pace // of other systems
}

// Handler joins the routes into one handler, with everything in front of them
// that holds for every request.
func (s *Site) Handler(routes []Route) http.Handler {
	if u, err := url.Parse(s.BaseURL); err == nil {
		s.host = u.Host
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.IPExtractor = echo.ExtractIPDirect()
	if len(s.Proxies) > 0 {
		trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
		for _, p := range s.Proxies {
			trust = append(trust, echo.TrustIPRange(ipNet(p)))
		}
		e.IPExtractor = echo.ExtractIPFromXFFHeader(trust...)
	}
	s.mount(e, routes)
	var h http.Handler = e
	h = s.sameOrigin(h, e)
	files := s.Files
	pages := s.tidy(h, e, routes)
	h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.Path) > 8 && r.URL.Path[:8] == "/static/" {
			files.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
	return s.outermost(s.hosts(h, e), e)
}
