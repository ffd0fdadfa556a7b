package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// elsewhere are ways to write an address that is not a plain path of a page here.
var elsewhere = []string{
	"https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example",
	"/%5cevil.example", "/%2f%2fevil.example", "/%2fevil.example", "/%09/evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
	"https:evil.example", "https:/evil.example", "http:\\\\evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
	"vbscript:msgbox(1)", "//golau.example@evil.example", "https://golau.example@evil.example/", "//evil.example/en/learn", "/en//evil.example", "/en/..//evil.example",
	"/en/../../evil.example", "/en/./learn", "/en/%2e%2e/learn", "/en/learn/..", "/en/learn\r\nSet-Cookie: a=b", "/en/learn%0d%0aSet-Cookie:a=b", "/en/learn\x00", "/en/learn?next=//evil.example",
	"/en/learn#//evil.example", "/en/learn;//evil.example", "/en/@evil.example", "/en/learn:80", "/evil", "/", "", "en/learn", "./en/learn", "/EN/learn", "/fr/learn",
	"/en", "/en/", "/en/learn/", "/cy//", "/en/léarn", "/en/\u202Elearn", "/en/\u2028learn", "/en/<script>", "/en/\"onmouseover=", "/en/'", "/en/a b", "/en/+", "/en/a&b=c", "/en/%61",
	"/en/" + strings.Repeat("a", 300), "mailto:a@evil.example", "tel:999", "ftp://evil.example", "?next=//evil.example", "#", "/static/x", "/api/v1/people", "/.well-known/jwks.json",
}

// T1-18, attack A16: nothing in next= leads anywhere but to a page of this site,
// not by the form that shows it, not by the sign-in that follows it.
func TestNextLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	if len(elsewhere) < 60 {
		t.Fatalf("only %d", len(elsewhere))
	}
	h := newHouse(t, demonstration)
	for _, next := range elsewhere {
		b := h.visitor()
		b.headers["Host"] = "localhost"
		b.headers["Origin"] = "-"
		page := b.get("/en/sign-in?next=" + url.QueryEscape(next)).want(http.StatusOK)
		if in := find(page.doc(), with("name", "next")); in != nil {
			t.Errorf("%q stands in the form as %q", next, attr(in, "value"))
		}
		b.post("/en/demo/sign-in", url.Values{"person": {"nia"}, "next": {next}}, "Origin", "-").leads("/en/learn")
		b.get("/en/sign-in?next=" + url.QueryEscape(next)).leads("/en/learn")
	}
	for _, next := range []string{"/en/learn", "/cy/account", "/en/learn/child-trafficking/what-it-is/act-purpose", "/en/attempts/0123abc/questions/3"} {
		b := h.visitor()
		b.headers["Host"] = "localhost"
		b.post(next[:3]+"/demo/sign-in", url.Values{"person": {"nia"}, "next": {next}}, "Origin", "-").leads(next)
	}
}

// Attack A16: no path makes a redirect leave the site, neither the one to the
// sign-in page nor any other.
func TestNoRedirectLeavesTheSite(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"//evil.example/", "//evil.example/en/learn", "/en//evil.example", "/en/learn//evil.example", "/en/learn/%2f%2fevil.example/x", "/\\evil.example", "/en/learn/%5cevil.example/y",
		"/en/learn/..%2f..%2fevil.example", "/en/verify?number=" + url.QueryEscape("//evil.example"), "/en/verify?number=" + url.QueryEscape("https://evil.example/verify/"+strings.Repeat("0", 26)), "/en/verify/%2f%2fevil.example",
		"/en/learn/child-trafficking/%0d%0aLocation:%20x/check", "/cy/certificates/%2e%2e%2f%2fevil.example"} {
		for _, who := range []string{"", "nia"} {
			r := h.as(who).raw(path)
			if to := r.Header.Get("Location"); to != "" {
				u, err := url.Parse(to)
				if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/en") && !strings.HasPrefix(to, "/cy") {
					t.Errorf("%s leads to %q", path, to)
				}
			}
			if len(r.Header.Values("Location")) > 1 || r.Status >= 500 {
				t.Errorf("%s: %d %v", path, r.Status, r.Header)
			}
		}
	}
}
