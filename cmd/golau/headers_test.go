package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// protection is what every answer says, whatever it is.
var protection = map[string]string{
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"X-Robots-Tag":                 "noindex",
	"Strict-Transport-Security":    "max-age=63072000; includeSubDomains",
}

// directives are the policy's, with nothing that lets script, frame or plug-in
// from elsewhere in.
var directives = map[string]string{
	"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'", "connect-src": "'self'",
	"form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'", "require-trusted-types-for": "'script'",
}

func protected(t *testing.T, r *reply) {
	t.Helper()
	for name, want := range protection {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s %s (%d): %s is %q, want %q", r.method, r.path, r.Status, name, got, want)
		}
	}
	policy := map[string]string{}
	for _, d := range strings.Split(r.Header.Get("Content-Security-Policy"), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), " ")
		policy[name] = value
	}
	for name, want := range directives {
		if policy[name] != want {
			t.Errorf("%s %s (%d): policy %s is %q, want %q", r.method, r.path, r.Status, name, policy[name], want)
		}
	}
	if len(policy) != len(directives) || r.Header.Get("Permissions-Policy") == "" || !regexp.MustCompile(`^[0-9a-f]{12}$`).MatchString(r.Header.Get("X-Request-Id")) {
		t.Errorf("%s %s (%d): headers %v", r.method, r.path, r.Status, r.Header)
	}
	for _, name := range []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
		if got := r.Header.Get(name); got != "" {
			t.Errorf("%s %s: %s: %s", r.method, r.path, name, got)
		}
	}
	want := "no-store"
	if strings.HasPrefix(r.path, "/static/") && (r.Status == http.StatusOK || r.Status == http.StatusNotModified) {
		want = "public, max-age=31536000, immutable"
	}
	if got := r.Header.Get("Cache-Control"); got != want {
		t.Errorf("%s %s (%d): Cache-Control is %q, want %q", r.method, r.path, r.Status, got, want)
	}
}

// T1-21, attack A28: every answer is protected and no personal one may be kept:
// pages, redirects, files, machines' answers, and every kind of refusal.
func TestEveryAnswerIsProtected(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	seen := map[int]bool{}
	check := func(r *reply) {
		seen[r.Status] = true
		protected(t, r)
	}
	// Each room's own pages are among what was looked at.
	rooms := map[string]string{"nia": "/en/learn", "lowri": "/en/lead", "alun": "/en/admin"}
	for _, who := range []string{"", "nia", "huw", "half", "lowri", "alun"} {
		b := h.as(who)
		own := 0
		for _, page := range b.crawl("/", "/en", "/cy/learn", "/en/account") {
			check(page)
			if room := rooms[who]; room != "" && page.Status == http.StatusOK && strings.HasPrefix(page.path, room) {
				own++
			}
		}
		if rooms[who] != "" && own < 2 {
			t.Errorf("%s saw %d pages under %s", who, own, rooms[who])
		}
		for _, r := range addresses() {
			for _, l := range i18n.Langs {
				path := r.at(h, l, h.did["nia"])
				check(b.send(r.method(), path, strings.NewReader(r.form), "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"))
				check(b.send(r.method(), path, strings.NewReader(r.form), "Content-Type", "text/xml"))
				check(b.send("PUT", path, nil, "Sec-Fetch-Site", "same-origin"))
				check(b.send("OPTIONS", path, nil, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST"))
				check(b.get(path, "Host", "evil.example"))
				check(b.get(path, "Accept", "application/json"))
				check(b.get(path + ".css"))
				check(b.send(r.method(), path, strings.NewReader(r.form), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"))
			}
		}
		for _, r := range systemAddresses() {
			check(b.send(r.method(), r.at(h, i18n.EN, h.did["nia"]), nil))
		}
		for _, path := range []string{"/nowhere", "/en/nowhere", "/static/", "/static/css/golau.css", "/static/000000000000/css/golau.css", "/favicon.ico",
			"/metrics", "/debug/pprof/", "/debug/vars", "/.git/config", "/api/v1/nowhere"} {
			check(b.get(path).want(http.StatusNotFound))
		}
		check(b.send(http.MethodPost, "/en/sign-in", strings.NewReader(strings.Repeat("a", 70_000)), "Content-Type", "application/x-www-form-urlencoded"))
	}
	for range 12 { // too many guesses
		check(h.visitor().post("/en/sign-in", url.Values{"email": {"nobody@shared.example"}, "password": {"wrong-password-guess"}}))
	}
	for _, status := range []int{200, 204, 303, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429} {
		if !seen[status] {
			t.Errorf("no answer %d was looked at", status)
		}
	}
}

// Attack A28: the files of the look may be kept for ever, because their address
// changes with them; they are compressed when asked for, and never with a cookie.
func TestFilesOfTheLookMayBeKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.visitor()
	n := 0
	for _, r := range b.crawl("/en") {
		if !strings.HasPrefix(r.path, "/static/") {
			continue
		}
		n++
		r.want(http.StatusOK)
		if r.Header.Get("Set-Cookie") != "" || r.Header.Get("ETag") == "" {
			t.Errorf("%s: %v", r.path, r.Header)
		}
		again := b.get(r.path, "If-None-Match", r.Header.Get("ETag")).want(http.StatusNotModified)
		protected(t, again)
	}
	if n < 3 {
		t.Errorf("only %d files", n)
	}
}

// Without https outside, nothing promises it: a browser would remember that for
// every other server on this machine's name.
func TestNoPromiseOfHTTPSOnLoopback(t *testing.T) {
	t.Parallel()
	h := newHouse(t, demonstration)
	if got := h.visitor().get("/en", "Host", "127.0.0.1:8080").want(http.StatusOK).Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security: %s", got)
	}
}
