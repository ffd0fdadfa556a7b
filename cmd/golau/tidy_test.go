package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
)

var placeholder = regexp.MustCompile(`:[a-z_]+`)

// Every page is found with a slash at the end of its address and with its
// language in capitals, too: the reader is led to the page's own address, with
// what was asked, whoever they are.
func TestAnAddressWrittenALittleOtherwise(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := 0
	for address, r := range web.Table(h.routes) {
		method, pattern, _ := strings.Cut(address, " ")
		if !r.Page || method == http.MethodPost {
			continue
		}
		n++
		own := placeholder.ReplaceAllString(pattern, "Some-1")
		for _, otherwise := range []string{own + "/", "/" + strings.ToUpper(own[1:3]) + own[3:], "/" + strings.ToUpper(own[1:2]) + own[2:] + "/"} {
			for _, asked := range []string{"", "?done=x&next=%2F%2Fevil.example"} {
				got := h.visitor().send(method, otherwise+asked, nil)
				if got.Status != http.StatusPermanentRedirect || got.Header.Get("Location") != own+asked {
					t.Errorf("%s %s: %d to %q, want %s", method, otherwise+asked, got.Status, got.Header.Get("Location"), own+asked)
				}
			}
		}
		if got := h.visitor().send(method, own, nil); got.Status == http.StatusPermanentRedirect {
			t.Errorf("%s leads to %s", own, got.Header.Get("Location"))
		}
	}
	if n < 50 {
		t.Errorf("only %d pages", n)
	}
	before := h.log.String()
	h.visitor().get("/EN/support/").want(http.StatusPermanentRedirect)
	if strings.Contains(strings.TrimPrefix(h.log.String(), before), "request") {
		t.Error("the log tells that somebody asked for help")
	}
}

// Nobody is led off the site, or to a page that is not there; and what changes
// something is answered as it came.
func TestNobodyIsLedElsewhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"//evil.example/", "//evil.example/en/", "//en/course/", "/\\evil.example/en/", "/\\/evil.example/", "/en//evil.example/", "/en//",
		"/en/%2F%2Fevil.example/", "/%2Fevil.example/", "/en/..//evil.example/", "/en/\\evil.example/", "/EN:8443/", "/en@evil.example/", "///en/", "/en/nowhere/",
		"/nowhere/", "/english/", "/healthz/", "/static/", "/CY/%2e%2e/", "/en/verify/%0d%0aSet-Cookie:x=y/", "/fr/course/"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			got := h.visitor().send(method, path, nil)
			to := got.Header.Get("Location")
			if got.Status == http.StatusPermanentRedirect && !(strings.HasPrefix(to, "/en/verify/%0D%0A") && !strings.HasSuffix(to, "/")) ||
				got.Status != http.StatusPermanentRedirect && got.Status < 400 {
				t.Errorf("%s %s: %d to %q", method, path, got.Status, to)
			}
		}
	}
	for _, path := range []string{"/en/sign-in/", "/EN/sign-in", "/cy/account/name/"} {
		if got := h.as("nia").post(path, nil); got.Status != http.StatusNotFound || got.Header.Get("Location") != "" {
			t.Errorf("POST %s: %d to %q", path, got.Status, got.Header.Get("Location"))
		}
	}
}
