package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"golau/internal/problem"

	"github.com/labstack/echo/v4"
)

// policy is the content security policy: nothing but this site's own files, no
// script in the page, no frame, no plug-in.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

type requestKey struct{}

// note is what the log says of a request: no address, no person, and of the
// path only the pattern, since the rest may name one.
type note struct {
	id, route string
	quiet     bool // it says nothing
}

// RequestID is the number a person can quote.
func RequestID(c echo.Context) string {
	if n, ok := c.Request().Context().Value(requestKey{}).(*note); ok {
		return n.id
	}
	return ""
}

// unnoted says whether the request came by a way that is noted nowhere.
func unnoted(c echo.Context) bool {
	n, ok := c.Request().Context().Value(requestKey{}).(*note)
	return ok && n.quiet
}

// outermost numbers, logs and protects every answer, whatever becomes of it.
func (s *Site) outermost(next http.Handler, e *echo.Echo) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		var b [6]byte
		_, _ = rand.Read(b[:])
		n := &note{id: hex.EncodeToString(b[:])}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, n))
		s.headers(w.Header(), n)
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				s.Log.Error("panic", "id", n.id, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					s.fail(problem.New(problem.Internal, "web.internal"), e.NewContext(r, rec))
				}
			}
			if n.quiet {
				return
			}
			took := time.Since(began)
			if s.Observe != nil {
				s.Observe(n.route, rec.status, took)
			}
			if s.Log.Enabled(r.Context(), slog.LevelInfo) {
				s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("id", n.id), slog.String("method", method(r.Method)),
					slog.String("route", n.route), slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes),
					slog.Float64("ms", float64(took.Microseconds())/1000))
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// method keeps a made-up method out of the log.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// headers are on every answer, errors and redirects too. What is public and
// may be kept says so itself.
func (s *Site) headers(h http.Header, n *note) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Request-Id", n.id)
	if strings.HasPrefix(s.BaseURL, "https://") {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// recorder remembers the status and the size for the log.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach what is below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// forwarded are the headers by which a proxy would speak for somebody else.
var forwarded = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"}

// hosts refuses a request that came by another name than the site's own: links
// in letters and on certificates must not depend on what a stranger typed.
func (s *Site) hosts(next http.Handler, e *echo.Echo) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.Demo {
			for _, h := range forwarded {
				if r.Header.Get(h) != "" {
					s.fail(&statusError{status: http.StatusForbidden, key: "web.demo_proxy"}, e.NewContext(r, w))
					return
				}
			}
		}
		if !s.ours(r.Host) {
			s.fail(&statusError{status: http.StatusMisdirectedRequest, key: "web.wrong_host"}, e.NewContext(r, w))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Site) ours(host string) bool {
	if !s.Demo && s.host != "" && strings.EqualFold(host, s.host) {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}

// sameOrigin refuses what another site makes a browser send. The session's
// cookie is SameSite besides, for a browser that says nothing of where it is.
func (s *Site) sameOrigin(next http.Handler, e *echo.Echo) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(&statusError{status: http.StatusForbidden, key: "web.cross_origin"}, e.NewContext(r, w))
	}))
	return guard.Handler(next)
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}
