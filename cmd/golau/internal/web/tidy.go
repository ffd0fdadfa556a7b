package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golau/internal/i18n"

	"github.com/labstack/echo/v4"
)

// tidy leads who looks at a page by an address that is typed or written a little
// otherwise, with a slash at its end or the language in capitals, to the page's
// own: /EN/course/ to /en/course. It leads nowhere but to a page that there is,
// under one of the languages, so never off the site; what changes something is
// answered as it came.
func (s *Site) tidy(next http.Handler, e *echo.Echo, routes []Route) http.Handler {
	pages := map[string]Route{}
	for address, r := range Table(routes) {
		if pattern, get := strings.CutPrefix(address, http.MethodGet+" "); get && r.Page {
			pages[pattern] = r
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own, other := ownAddress(r.URL)
		if !other || r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		c := e.NewContext(r, w)
		e.Router().Find(http.MethodGet, own, c)
		page, there := pages[c.Path()]
		if !there {
			next.ServeHTTP(w, r)
			return
		}
		if n, ok := r.Context().Value(requestKey{}).(*note); ok {
			n.route, n.quiet = c.Path(), page.Quiet
		}
		w.Header().Set("Location", (&url.URL{Path: own, RawQuery: r.URL.RawQuery}).String())
		w.WriteHeader(http.StatusPermanentRedirect)
	})
}

// ownAddress is how the address of a page should have been written, and whether
// it was written otherwise. One with a doubled slash, a backslash or a sign that
// is hidden is nobody's.
func ownAddress(u *url.URL) (own string, other bool) {
	if u.RawPath != "" || !strings.HasPrefix(u.Path, "/") || strings.Contains(u.Path, "\\") {
		return "", false
	}
	path := strings.TrimSuffix(u.Path, "/")
	language, rest, deeper := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	lower := strings.ToLower(language)
	if !slices.ContainsFunc(i18n.Langs, func(l i18n.Lang) bool { return string(l) == lower }) {
		return "", false
	}
	if own = "/" + lower; deeper {
		own += "/" + rest
	}
	return own, own != u.Path && !strings.Contains(own, "//") && !strings.HasSuffix(own, "/")
}
