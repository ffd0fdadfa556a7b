package web

import (
	"errors"
	"io"
	"math"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"

	"github.com/labstack/echo/v4"
)

// Context is one request as a page sees it.
type Context struct {
	echo.Context
	Site   *Site
	Lang   i18n.Lang
	viewer people.Viewer
	half   people.Half
	caller people.Caller // of a system's request
	body   []byte        // of a system's request
	form   url.Values
	limit  int64  // of the form; 0 is the usual
	files  bool   // a file may come with it
	sent   []File // those that came
	over   error  // files that are too large
}

// context wraps Echo's; a page's language is the first word of its address.
func (s *Site) context(ec echo.Context) *Context {
	c := &Context{Context: ec, Site: s}
	first, _, _ := strings.Cut(strings.TrimPrefix(ec.Request().URL.Path, "/"), "/")
	lang, ok := i18n.ParseLang(first)
	if !ok {
		lang = s.preferred(ec.Request())
	}
	c.Lang = lang
	return c
}

// Source is where a visitor comes from, as far as it is known: what the socket
// says, or a trusted proxy says of it. A header of anybody else's counts for
// nothing. It is the zero address behind a proxy of this machine that was not
// named: everybody would come from it.
func (c *Context) Source() netip.Addr {
	a, err := netip.ParseAddr(c.RealIP())
	if err != nil || len(c.Site.Proxies) == 0 && a.Unmap().IsLoopback() {
		return netip.Addr{}
	}
	return a
}

// langCookie remembers the language last chosen.
const langCookie = "__Host-lang"

// preferred is the language that a browser last used here, or else asks for.
func (s *Site) preferred(r *http.Request) i18n.Lang {
	if forSystems(r) {
		return asked(r)
	}
	if k, err := r.Cookie(langCookie); err == nil {
		if l, ok := i18n.ParseLang(k.Value); ok {
			return l
		}
	}
	return i18n.Negotiate(r.Header.Get("Accept-Language"))
}

// Preferred is the language to greet this browser in.
func (c *Context) Preferred() i18n.Lang { return c.Site.preferred(c.Request()) }

// rememberLang keeps a choice for the next visit. Opening a link in the other
// language is no choice; coming from the same site in the other language is.
func (c *Context) rememberLang() {
	from, err := url.Parse(c.Request().Referer())
	switched := c.Switching() || c.QueryParam("switch") == string(c.Lang)
	if !switched && (err != nil || from.Host != c.Request().Host || !strings.HasPrefix(from.Path+"/", "/"+string(c.Lang.Other())+"/")) {
		return
	}
	c.SetCookie(&http.Cookie{Name: langCookie, Value: string(c.Lang), Path: "/", Secure: true, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, MaxAge: int((400 * 24 * time.Hour).Seconds())})
}

// chosen is the page's own address, with its own query, when it was asked for by
// the language link: an address that is passed on must not choose for others. It
// is "" for every other request.
func (c *Context) chosen(f *Frame) string {
	u := c.Request().URL
	query := u.Query()
	if !query.Has("switch") || f.FormGet || c.Request().Method == http.MethodPost {
		return ""
	}
	query.Del("switch")
	to := &url.URL{Path: u.Path, RawQuery: query.Encode()}
	return to.String()
}

// T returns a message in the page's language.
func (c *Context) T(key string, args ...any) string { return c.Site.Words.T(c.Lang, key, args...) }

// Viewer is who is looking.
func (c *Context) Viewer() people.Viewer { return c.viewer }

// Actor is the viewer as the one who changes something.
func (c *Context) Actor() store.Actor { return store.Actor{Person: c.viewer.Person, Via: "web"} }

// WantsJSON says whether our own script asks, which shows answers without
// leaving the page.
func (c *Context) WantsJSON() bool {
	return c.Request().Header.Get("Accept") == "application/json" || forSystems(c.Request())
}

// Local puts the page's language before a page's path.
func (c *Context) Local(path string) string { return "/" + string(c.Lang) + path }

// Go sends the browser to another page in the same language.
func (c *Context) Go(path string) error { return c.Redirect(http.StatusSeeOther, c.Local(path)) }

// Switching says whether the form was sent by the language button rather than
// by the page's own: then the page is shown again in its new language, with
// everything that was typed, and nothing is done.
func (c *Context) Switching() bool { return c.form.Get("switch") != "" }

// Form returns what was sent in the body. Values of the address are not in it,
// so that a link cannot fill in a form.
func (c *Context) Form() url.Values { return c.form }

// Field returns one value of the form.
func (c *Context) Field(name string) string { return c.form.Get(name) }

// maxBody is how much a form may hold.
const maxBody = 64 << 10

// readForm takes in the body of a form, and says plainly what is wrong with one
// that cannot be read.
func (c *Context) readForm() error {
	c.form = url.Values{}
	r := c.Request()
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	limit := int64(maxBody)
	if c.limit > 0 {
		limit = c.limit
	}
	if r.ContentLength > limit && !c.files { // else what stands before the file is read still
		return tooLarge(limit)
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.ContentLength == 0 && r.Header.Get("Content-Type") == "" {
		return nil
	}
	if err == nil && kind == "multipart/form-data" && c.files && r.Header.Get("Content-Encoding") == "" {
		return c.readUpload(limit)
	}
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return &statusError{status: http.StatusUnsupportedMediaType, key: "web.media_type"}
	}
	if r.Header.Get("Content-Encoding") != "" { // no browser packs a form
		return &statusError{status: http.StatusUnsupportedMediaType, key: "web.media_type"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, limit))
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return tooLarge(limit)
	case err != nil:
		return &statusError{status: http.StatusBadRequest, key: "web.bad_request"}
	}
	if c.form, err = url.ParseQuery(string(body)); err != nil {
		c.form = url.Values{}
		return &statusError{status: http.StatusBadRequest, key: "web.bad_request"}
	}
	return nil
}

func tooLarge(limit int64) error {
	return &statusError{http.StatusRequestEntityTooLarge, "web.too_large", map[string]any{"Limit": limit >> 10}}
}

// Next returns where to go after signing in: a page of this site, or "". It is
// in the language of the page at hand, which somebody may have changed since they
// were sent here.
func (c *Context) Next(next string) string {
	if SafeNext(next) {
		return c.Local(next[len("/en"):])
	}
	return ""
}

// SafeNext says whether next is a plain path of a page of this site. It names
// what is allowed rather than what is not.
func SafeNext(next string) bool {
	if len(next) > 300 || !strings.HasPrefix(next, "/en/") && !strings.HasPrefix(next, "/cy/") {
		return false
	}
	for _, part := range strings.Split(next[1:], "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
		for _, r := range part {
			if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' || r == '_') {
				return false
			}
		}
	}
	return true
}

// Now is the present moment by the site's clock.
func (c *Context) Now() store.Time { return store.At(c.Site.Now()) }

// ReadForm takes in the form of a request that its route did not let in, so
// that what was sent can be kept for its sender.
func (c *Context) ReadForm() error { return c.readForm() }

// RetryAfter tells the browser how long to wait.
func (c *Context) RetryAfter(d time.Duration) {
	c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(d.Seconds()))))
}

// Done is what the address says was done just now, so that the page can say it;
// "" where the way here was a link on another site or in a letter: that says
// nothing of what was done. A browser too old to tell is believed.
func (c *Context) Done() string {
	if from := c.Request().Header.Get("Sec-Fetch-Site"); from != "" && from != "same-origin" {
		return ""
	}
	return c.QueryParam("done")
}
