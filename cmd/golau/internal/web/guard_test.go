package web

import (
	"net/http"
	"testing"
	"time"

	"golau/internal/people"
)

// Attack A14: by which names the site answers.
func TestWhichNamesAreOurs(t *testing.T) {
	real, demo, plain := &Site{BaseURL: "https://golau.example:8443"}, &Site{Demo: true, BaseURL: "http://golau.example"}, &Site{}
	for _, s := range []*Site{real, demo, plain} {
		s.Handler(nil)
	}
	for host, want := range map[string][3]bool{
		"golau.example:8443": {true, false, false}, "GOLAU.example:8443": {true, false, false}, "golau.example": {false, false, false}, "golau.example:80": {false, false, false},
		"127.0.0.1": {true, true, true}, "127.0.0.1:8080": {true, true, true}, "127.9.9.9:1": {true, true, true}, "[::1]": {true, true, true}, "[::1]:80": {true, true, true}, "localhost:80": {true, true, true}, "LOCALHOST": {true, true, true},
		"": {}, "evil.example": {}, "localhost.evil.example": {}, "127.0.0.1.evil.example": {}, "10.0.0.1": {}, "[::]": {}, "0.0.0.0:80": {}, "localhost@evil.example": {}, "golau.example:8443.evil.example": {}, "evil.example:8443": {},
	} {
		for i, s := range []*Site{real, demo, plain} {
			if got := s.ours(host); got != want[i] {
				t.Errorf("site %d, %q: %t", i, host, got)
			}
		}
	}
}

// Every audience admits whom it names and nobody else; one that is not known
// admits nobody.
func TestWhomAnAudienceAdmits(t *testing.T) {
	as := func(r people.Role) people.Viewer {
		return people.Viewer{Person: "x", Memberships: []people.Membership{{Role: r}}}
	}
	viewers := map[string]people.Viewer{"nobody": {}, "leaver": {Person: "x"}, "learner": as(people.Learner), "lead": as(people.Lead), "officer": as(people.Officer), "admin": as(people.Admin),
		"manager": {Person: "x", Manages: true}, "suspended": {Person: "x", Suspended: []people.Place{{}}},
		"suspended elsewhere":     {Person: "x", Suspended: []people.Place{{}}, Memberships: []people.Membership{{Role: people.Learner}}},
		"a role without a person": {Memberships: []people.Membership{{Role: people.Admin}}}}
	taking := []string{"leaver", "learner", "lead", "officer", "admin", "manager", "suspended elsewhere"}
	in := map[Audience][]string{Public: append([]string{"nobody", "a role without a person", "suspended"}, taking...), SignedIn: append([]string{"suspended"}, taking...),
		Learning: taking, Manager: {"manager"}, Lead: {"lead"}, Officer: {"officer"}, Admin: {"admin"}}
	for a := Nobody - 1; a <= Admin+1; a++ {
		for name, v := range viewers {
			want := false
			for _, n := range in[a] {
				want = want || n == name
			}
			if got := admit(a, v) == nil; got != want {
				t.Errorf("audience %d, %s: %t", a, name, got)
			}
		}
	}
}

// The table has each page in both languages, and HEAD wherever GET is.
func TestTheTableOfRoutes(t *testing.T) {
	table := Table([]Route{Get("", Public, nil), Get("/a/:b", SignedIn, nil), Post("/a/:b", Lead, nil), Plain(http.MethodGet, "/", Public, nil), Plain(http.MethodPost, "/x", Admin, nil)})
	want := map[string]Audience{"GET /en": Public, "HEAD /en": Public, "GET /cy": Public, "HEAD /cy": Public, "GET /en/a/:b": SignedIn, "HEAD /en/a/:b": SignedIn, "GET /cy/a/:b": SignedIn, "HEAD /cy/a/:b": SignedIn,
		"POST /en/a/:b": Lead, "POST /cy/a/:b": Lead, "GET /": Public, "HEAD /": Public, "POST /x": Admin}
	for address, a := range want {
		if r, ok := table[address]; !ok || r.Audience != a {
			t.Errorf("%s: %+v, %t", address, r, ok)
		}
	}
	if len(table) != len(want) {
		t.Errorf("%d addresses, want %d", len(table), len(want))
	}
}

// T1-09: Go's own server waits for ever; ours does not, and for a request that
// does not come whole less than ten seconds.
func TestTheServerDoesNotWaitForEver(t *testing.T) {
	s := NewServer(http.NotFoundHandler())
	for name, d := range map[string]time.Duration{"header": s.ReadHeaderTimeout, "body": s.ReadTimeout, "answer": s.WriteTimeout, "idle": s.IdleTimeout} {
		if d <= 0 || d > time.Minute {
			t.Errorf("%s: %v", name, d)
		}
	}
	if s.ReadHeaderTimeout >= 10*time.Second || s.ReadTimeout >= 10*time.Second {
		t.Errorf("headers have %v, a request %v", s.ReadHeaderTimeout, s.ReadTimeout)
	}
	if s.MaxHeaderBytes <= 0 || s.MaxHeaderBytes > 64<<10 {
		t.Errorf("headers of %d bytes", s.MaxHeaderBytes)
	}
}

// A made-up method does not come into the log.
func TestMethodsInTheLog(t *testing.T) {
	for m, want := range map[string]string{"GET": "GET", "DELETE": "DELETE", "get": "other", "GET\n{\"x\":1}": "other", "": "other"} {
		if got := method(m); got != want {
			t.Errorf("%q: %q", m, got)
		}
	}
}
