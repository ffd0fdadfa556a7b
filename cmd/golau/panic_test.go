package main

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/static"
)

// withRoutes builds the house's site around routes of the test's own.
func (h *house) withRoutes(routes ...web.Route) *browser {
	h.t.Helper()
	files, err := static.Open(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	pages, err := parsed()
	if err != nil {
		h.t.Fatal(err)
	}
	s := &web.Site{Words: h.words, People: h.people, Files: files, Log: slog.New(slog.NewJSONHandler(h.log, nil)), Now: h.clock.Now, Render: web.NewRenderer(pages), BaseURL: "https://" + site}
	h.handler = s.Handler(routes)
	return h.as("nia")
}

// T1-22, attack A34: a fault of ours is a 500 that says its number and nothing
// else; the log has the rest under that number, and the next request is answered.
func TestAFaultOfOursSaysOnlyItsNumber(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const secret = "SELECT-secret-0x5EC12E7"
	fault := func(c *web.Context, v people.Viewer) error {
		switch c.QueryParam("how") {
		case "panic":
			panic(secret)
		case "nil":
			var forgotten *web.Site
			forgotten.Log.Info(secret)
		case "error":
			return errors.New(secret)
		case "late":
			c.Response().Header().Set("Content-Length", "5")
			panic(errors.New(secret))
		}
		return c.String(http.StatusOK, "fine")
	}
	b := h.withRoutes(web.Get("/fault", web.Public, fault), web.Post("/fault", web.SignedIn, fault))
	for _, how := range []string{"panic", "nil", "error", "late"} {
		for _, accept := range []string{"text/html", "application/json"} {
			r := b.get("/cy/fault?how="+how, "Accept", accept).want(http.StatusInternalServerError)
			protected(t, r)
			id := r.Header.Get("X-Request-Id")
			if !strings.Contains(r.Body, id) || strings.Contains(r.Body, secret) || strings.Contains(r.Body, ".go:") || strings.Contains(r.Body, "goroutine") {
				t.Errorf("%s as %s: %s", how, accept, r.Body)
			}
			if !strings.Contains(h.log.String(), id) || !strings.Contains(h.log.String(), `"route":"/cy/fault"`) {
				t.Errorf("%s: the log lacks the number %s", how, id)
			}
		}
		b.get("/cy/fault").want(http.StatusOK).has("fine")
	}
	b.post("/en/fault?how=panic", nil).want(http.StatusInternalServerError)
}

// Attack A1: a route that nobody gave an audience is shut to everybody.
func TestAForgottenAudienceIsAShutDoor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	open := func(c *web.Context, v people.Viewer) error { return c.String(http.StatusOK, "inside") }
	h.withRoutes(web.Route{Method: http.MethodGet, Path: "/forgotten", Handle: open, Page: true},
		web.Get("/lead", web.Lead, open), web.Get("/officer", web.Officer, open), web.Get("/admin", web.Admin, open), web.Get("/future", web.Audience(99), open))
	for who, may := range map[string]string{"": "", "carys": "", "nia": "", "lowri": "/lead", "gwen": "/officer", "emrys": "/officer", "alun": "/admin", "dilwyn": "/lead"} {
		for _, path := range []string{"/forgotten", "/lead", "/officer", "/admin", "/future"} {
			want := http.StatusForbidden
			switch {
			case path == "/forgotten" || path == "/future":
				want = http.StatusNotFound
			case shutOut(who):
				want = http.StatusUnauthorized
			case path == may:
				want = http.StatusOK
			}
			if r := h.as(who).get("/en" + path); r.Status != want {
				t.Errorf("%s by %q: %d, want %d", path, who, r.Status, want)
			}
		}
	}
}
