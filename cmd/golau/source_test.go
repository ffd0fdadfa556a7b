package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// fewLetters lets each network ask for three.
func fewLetters(w *wiring) { w.sourceLetters = 3 }

// askFrom asks for a letter over a connection from an address; more are pairs of
// header and value.
func (h *house) askFrom(peer, path, email string, more ...string) *reply {
	h.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(url.Values{"email": {email}}.Encode()))
	req.Host, req.RemoteAddr = site, netip.AddrPortFrom(netip.MustParseAddr(peer), 4711).String()
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i+1 < len(more); i += 2 {
		req.Header.Add(more[i], more[i+1])
	}
	return h.visitor().exchange(req)
}

// spoofed are headers by which a visitor may claim to be somebody else.
func spoofed(n int) []string {
	return []string{"X-Forwarded-For", fmt.Sprintf("203.0.113.%d", n), "X-Real-IP", fmt.Sprintf("203.0.113.%d", n),
		"Forwarded", fmt.Sprintf("for=203.0.113.%d", n), "True-Client-IP", fmt.Sprintf("203.0.113.%d", n)}
}

// Attack A31: one network asks for codes in the name of very many people, and
// changes what its headers say of where it is. Straight from the internet no
// header counts; behind a proxy that is trusted, what that proxy says does, and
// what the visitor made it pass on does not. Others, known and unknown, go on.
func TestLettersAskedByOneNetwork(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change []func(*wiring)
		ask    func(h *house, from string, n int, path, email string) *reply
	}{
		"direct": {[]func(*wiring){fewLetters}, func(h *house, from string, n int, path, email string) *reply {
			return h.askFrom(from, path, email, spoofed(n)...)
		}},
		"behind a proxy": {[]func(*wiring){fewLetters, behindProxy}, func(h *house, from string, n int, path, email string) *reply {
			more := spoofed(n)
			more[1] += ", 192.0.2.77, " + from // the visitor's own words, a proxy's name among them, and what the proxy adds
			return h.askFrom("192.0.2.9", path, email, more...)
		}},
		"beside the proxy": {[]func(*wiring){fewLetters, behindProxy}, func(h *house, from string, n int, path, email string) *reply {
			return h.askFrom(from, path, email, spoofed(n)...)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, c.change...)
			paths := []string{"/en/sign-in/letter", "/cy/password", "/en/join"}
			for n := range 3 {
				c.ask(h, "198.51.100.7", n, paths[n], fmt.Sprintf("p%d@stranger.example", n)).want(http.StatusOK)
			}
			rows := h.count("people_codes")
			for i, path := range paths {
				said := map[string]bool{}
				for n, email := range []string{folk["nia"].email, fmt.Sprintf("q%d@stranger.example", i)} {
					r := c.ask(h, "198.51.100.7", 10+2*i+n, path, email).want(http.StatusTooManyRequests)
					if r.Header.Get("Retry-After") != "3600" {
						t.Errorf("%s: told to come back in %q", path, r.Header.Get("Retry-After"))
					}
					said[strings.ReplaceAll(r.Body, email, "")] = true
				}
				if len(said) != 1 {
					t.Errorf("%s tells a known address from an unknown one", path)
				}
			}
			if h.count("people_codes") != rows {
				t.Error("what was refused was written")
			}
			c.ask(h, "198.51.100.8", 99, paths[0], folk["nia"].email).want(http.StatusOK)
			for _, a := range []string{"198.51.100.7", "198.51.100.8"} {
				if strings.Contains(h.log.String(), a) {
					t.Errorf("the log has the address of a visitor, %s", a)
				}
			}
		})
	}
}

// A proxy of this machine that nobody named makes everybody come from one
// address: then nobody is held up.
func TestAnUnnamedProxyHoldsUpNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t, fewLetters)
	for n := range 8 {
		h.askFrom("127.0.0.1", "/en/sign-in/letter", fmt.Sprintf("p%d@stranger.example", n), spoofed(n)...).want(http.StatusOK)
	}
}
