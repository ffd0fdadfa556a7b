package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
)

// bare is an address of the table without its language.
func bare(address string) string {
	method, path, _ := strings.Cut(address, " ")
	for _, l := range i18n.Langs {
		if rest, ok := strings.CutPrefix(path, "/"+string(l)); ok && (rest == "" || rest[0] == '/') {
			return method + " " + rest
		}
	}
	return address
}

// Attack A1: a way in that nobody thought about. The rows are compared with the
// table of routes itself, in both directions, as built for real and as a
// demonstration.
func TestEveryAddressHasARow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change []func(*wiring)
		rows   []row
	}{
		"real": {nil, append(addresses(), systemAddresses()...)},
		"demo": {[]func(*wiring){demonstration}, slices.Concat(addresses(), demoAddresses(), systemAddresses())},
	} {
		h := emptyHouse(t, c.change...)
		known := map[string]bool{}
		for _, r := range c.rows {
			known[r.address] = true
			if r.method() == http.MethodGet {
				known["HEAD"+r.address[3:]] = true
			}
		}
		for address := range web.Table(h.routes) {
			if !known[bare(address)] {
				t.Errorf("%s: %s has no row: who may come in by it?", name, address)
			}
		}
		for address := range known {
			if !slices.ContainsFunc(h.routes, func(r web.Route) bool { return address == r.Method+" "+r.Path || address == "HEAD "+r.Path }) {
				t.Errorf("%s: the row of %s is for no address", name, address)
			}
		}
	}
}

// T1-14, attacks A1, A8, A22, A23: every address × role × tenant answers with
// exactly the status of its row, in both languages; what belongs to somebody
// else answers like what does not exist.
func TestWhoMayComeInWhere(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		t.Run(string(l), func(t *testing.T) {
			h := livedIn(t)
			h.manage()
			nia := h.did["nia"]
			for _, r := range addresses() {
				for _, who := range roles {
					form, _ := url.ParseQuery(strings.ReplaceAll(r.form, "{name}", url.QueryEscape(folk[who].name)))
					ask := func(s story) *reply {
						b := h.as(who) // each time a browser that was never here
						if r.method() == http.MethodPost {
							return b.post(r.at(h, l, s), form)
						}
						return b.get(r.at(h, l, s))
					}
					got := ask(nia)
					want := r.want(who)
					if who == "half" {
						want = halfway(r)
					}
					if got.Status != want {
						t.Errorf("%s by %q: %d, want %d\n%s", r.address, who, got.Status, want, got.gist())
					}
					if r.foreign && who != "nia" && who != "half" && !shutOut(who) {
						sameAnswer(t, r.address+" by "+who, got, ask(nobodys))
					}
					if r.method() == http.MethodGet {
						if head := h.as(who).send(http.MethodHead, r.at(h, l, nia), nil); head.Status != got.Status {
							t.Errorf("HEAD of %s by %q: %d, GET answers %d", r.address, who, head.Status, got.Status)
						}
						if shutOut(who) && r.want("nia") != r.want(who) && r.address != "GET /sign-in" {
							got.leads("/" + string(l) + "/sign-in?next=" + url.QueryEscape(r.at(h, l, nia)))
						}
					}
				}
			}
		})
	}
}

// sameAnswer compares two answers in everything but the number of the request.
func sameAnswer(t *testing.T, what string, a, b *reply) {
	t.Helper()
	if a.Status != b.Status {
		t.Errorf("%s: %d for somebody else's, %d for what does not exist", what, a.Status, b.Status)
	}
	clean := func(r *reply) string { return strings.ReplaceAll(r.Body, r.Header.Get("X-Request-Id"), "#") }
	if clean(a) != clean(b) {
		t.Errorf("%s: the page of somebody else's differs from that of what does not exist:\n%s\n%s", what, a.gist(), b.gist())
	}
	for name := range a.Header {
		if name != "X-Request-Id" && a.Header.Get(name) != b.Header.Get(name) {
			t.Errorf("%s: header %s is %q for somebody else's, %q for what does not exist", what, name, a.Header.Get(name), b.Header.Get(name))
		}
	}
	if len(a.Header) != len(b.Header) {
		t.Errorf("%s: the headers differ", what)
	}
}

// Attack A1: a role that is taken away is gone with the next page, and so is
// everything with a suspension.
func TestWhoeverIsSuspendedIsOutAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw := h.as("huw")
	huw.get("/cy/learn").want(http.StatusOK)
	h.suspend("huw")
	huw.get("/cy/learn").leads("/cy/sign-in?next=%2Fcy%2Flearn")
	page := huw.get("/cy/sign-in")
	r := huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password)
	if r.Status != http.StatusForbidden {
		t.Errorf("a suspended person with the right password: %d", r.Status)
	}
	if huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", "not the password").Status == http.StatusForbidden {
		t.Error("who does not know the password learns that the account is suspended")
	}
}
