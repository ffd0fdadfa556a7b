package main

import (
	"net/url"
	"strings"
	"testing"
)

// Attack A28: an address that ends like a file of the look, which a cache in
// front might keep, never shows somebody's page: it is not there, and what is
// there may not be kept.
func TestNoPageLooksLikeAFile(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, page := range []string{"/en/account", "/cy/learn", "/en/certificates", "/cy/admin/people"} {
		for _, end := range []string{"/x.css", ".css", "/static/x.css", "%2Fx.css", ";x.css", "%3Bx.css", "%00.css", "%0A.css", "%23.css", "%3Fx.css", "/.css", "/%2e%2e/x.js"} {
			for _, who := range []string{"nia", "alun"} {
				r := h.as(who).raw(page + end)
				if r.Status < 400 || r.Status >= 500 {
					t.Errorf("%s as %s: %d", page+end, who, r.Status)
				}
				if strings.Contains(r.Body, folk[who].email) || !strings.Contains(r.Header.Get("Cache-Control"), "no-store") {
					t.Errorf("%s as %s: %q, %s", page+end, who, r.Header.Get("Cache-Control"), r.gist())
				}
			}
		}
	}
}

// Attack A35: however its address is written, a page of the administrators opens
// to them alone, and no file outside the look is served as one of it.
func TestNoWayRoundTheDoor(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, path := range []string{"/en/admin%2Fpeople", "/en/%61dmin/people", "/en/%61%64%6d%69%6e/people", "/en/x/../admin/people", "/en/x/%2e%2e/admin/people", "/en/learn/..%2Fadmin%2Fpeople",
		"/en%5Cadmin%5Cpeople", "/en\\admin\\people", "//en/admin/people", "/en//admin/people", "/en/admin//people", "/en/./admin/people", "/en/admin/people/", "/en/admin/people%00", "/en/ADMIN/people",
		"/static/../en/admin/people", "/static/%2e%2e/en/admin/people", "/static/..%2Fen%2Fadmin%2Fpeople", "/static/..%5Cgolau.db", "/static/%2e%2e/%2e%2e/golau.db", "/static//etc/passwd", "/static/..;/golau.db", "/static/"} {
		for _, who := range []string{"", "nia", "lowri", "emrys"} {
			r := h.as(who).raw(path)
			if r.Status < 300 || r.Status >= 500 || strings.Contains(r.Body, folk["beca"].email) || strings.Contains(r.Body, "SQLite format") {
				t.Errorf("%s as %q: %d %s", path, who, r.Status, r.gist())
			}
			if to := r.Header.Get("Location"); r.Status < 400 && !strings.HasPrefix(to, "/en/") {
				t.Errorf("%s as %q leads to %q", path, who, to)
			}
		}
	}
}

// Attack A36: nobody looks at the site as somebody else. There is no such way for
// the staff, however it is asked for; the demonstration's is not there on a real
// site, and an administrator's session shows their own data and no other.
func TestNobodyIsSomebodyElse(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	before := h.count("people_sessions")
	for _, who := range []string{"", "nia", "alun"} {
		r := h.as(who).post("/en/demo/sign-in", url.Values{"person": {h.id["beca"]}})
		if r.Status < 400 || r.Status >= 500 {
			t.Errorf("signing in as another, as %q: %d", who, r.Status)
		}
	}
	if n := h.count("people_sessions"); n != before {
		t.Errorf("%d sessions were made", n-before)
	}
	alun, nia := h.as("alun"), h.id["nia"]
	for _, end := range []string{"?as=" + nia, "?person=" + nia, "?user=" + nia, "?view_as=" + nia, "?impersonate=" + nia, "?_switch_user=" + url.QueryEscape(folk["nia"].email)} {
		for _, page := range []string{"/en/account", "/en/certificates", "/en/learn"} {
			r := alun.get(page+end, "X-Impersonate-User", nia, "X-Remote-User", folk["nia"].email, "X-Forwarded-User", folk["nia"].email, "X-Switch-User", nia, "Impersonate-User", nia)
			for _, trace := range []string{folk["nia"].name, folk["nia"].email, h.did["nia"].certificate} {
				if strings.Contains(r.Body, trace) && !strings.Contains(end, url.QueryEscape(trace)) {
					t.Errorf("%s shows %q", page+end, trace)
				}
			}
		}
	}
	for _, r := range h.routes {
		for _, word := range []string{"impersonat", "view-as", "/as/", "switch-user", "support-session"} {
			if strings.Contains(r.Path, word) {
				t.Errorf("%s %s: who looks as somebody else must be limited, seen by the board and recorded", r.Method, r.Path)
			}
		}
	}
}
