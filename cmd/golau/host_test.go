package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
)

// Attack A14: a request by another name than the site's own is refused with 421,
// whatever it asks for, and nothing of that name stands on the page.
func TestNoOtherNameIsAnswered(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	paths := []string{"/", "/en", "/en/sign-in", "/en/certificates/" + h.did["nia"].certificate, "/nowhere", "/healthz", h.stylesheet()}
	for _, host := range []string{"evil.example", site + ".evil.example", "evil." + site, site + ":8443", site + "@evil.example", "evil.example:443",
		"169.254.169.254", "10.0.0.1", "0.0.0.0", "[::]", "localhost.evil.example", "127.0.0.1.evil.example", "", " ", "2130706433", "<b>",
		site + ".", site + ":443@evil.example", site + "#@evil.example", site + "/evil.example", "evil.example#" + site, site + ",evil.example", "xn--golau-9za.example", "https://" + site} {
		for _, path := range paths {
			r := h.as("nia").get(path, "Host", host)
			if r.Status != http.StatusMisdirectedRequest {
				t.Errorf("Host %q: %s answers %d, want 421", host, path, r.Status)
			}
			if len(host) > 4 && host != "https://"+site && strings.Contains(r.Body+r.Header.Get("Location"), host) {
				t.Errorf("Host %q is repeated by %s", host, path)
			}
		}
		r := h.visitor().post("/en/sign-in", url.Values{"email": {folk["nia"].email}, "password": {password}}, "Host", host)
		if r.Status != http.StatusMisdirectedRequest && r.Status != http.StatusForbidden || r.Header.Get("Set-Cookie") != "" && strings.Contains(r.Header.Get("Set-Cookie"), "__Host-golau") {
			t.Errorf("Host %q: the sign-in page answers %d", host, r.Status)
		}
	}
	for _, host := range []string{site, strings.ToUpper(site), "127.0.0.1:8080", "localhost", "[::1]:8080"} {
		h.visitor().get("/en", "Host", host).want(http.StatusOK)
	}
}

// stylesheet is the address of the style sheet.
func (h *house) stylesheet() string {
	h.t.Helper()
	return attr(find(h.visitor().get("/en").doc(), with("rel", "stylesheet")), "href")
}

// The demonstration has no passwords: it answers on this machine only, and to
// nobody who comes through a proxy, not even with a file of the look.
func TestTheDemonstrationStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	h := newHouse(t, demonstration)
	b := h.visitor()
	b.headers["Host"] = "127.0.0.1:8080"
	style := attr(find(b.get("/en").doc(), with("rel", "stylesheet")), "href")
	for _, path := range []string{"/", "/en", "/en/sign-in", "/healthz", style} {
		for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"} {
			if r := b.get(path, header, "for=192.0.2.1"); r.Status != http.StatusForbidden {
				t.Errorf("%s with %s: %d, want 403", path, header, r.Status)
			}
		}
		if r := b.get(path, "Host", site); r.Status != http.StatusMisdirectedRequest {
			t.Errorf("%s by the name %s: %d, want 421", path, site, r.Status)
		}
	}
	b.post("/en/demo/sign-in", url.Values{"person": {"nia"}}, "Origin", "-").leads("/en/learn")
	// Somebody who is not in the cast, or not on the demonstration at all.
	b.post("/en/demo/sign-in", url.Values{"person": {"x"}}, "Origin", "-").want(http.StatusNotFound)
	newHouse(t).visitor().post("/en/demo/sign-in", url.Values{"person": {"nia"}}).want(http.StatusNotFound)
}

// misleading are the headers by which a request can say that the site, or the
// page, is called otherwise.
var misleading = []string{"X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded", "X-Forwarded-Proto", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Server",
	"X-HTTP-Host-Override", "X-Forwarded-Port", "X-Forwarded-Scheme", "X-Forwarded-Prefix", "X-Url-Scheme", "Front-End-Https", "Origin", "Referer", "True-Client-IP", "X-Real-IP", "Via"}

// Attack A14: links in letters, on certificates and in codes lead to BASE_URL,
// whatever a request says the site is called.
func TestLinksLeadToTheConfiguredAddress(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	h.work()
	b := h.as("nia")
	b.headers["Host"] = "127.0.0.1:8080"
	id := h.did["nia"].certificate
	for i, name := range misleading {
		value := []string{"evil.example", "https://evil.example/x", "for=192.0.2.1;host=evil.example;proto=http"}[i%3]
		alone := h.as("nia")
		for _, path := range []string{"/en/certificates/" + id, "/en/verify/" + id, "/en/sign-in", "/"} {
			r := alone.get(path, name, value)
			if want := h.as("nia").get(path); r.Status != want.Status || r.Header.Get("Location") != want.Header.Get("Location") || strings.Contains(r.Body+fmt.Sprint(r.Header), "evil") {
				t.Errorf("%s, %s: %s: %d, without it %d", path, name, value, r.Status, want.Status)
			}
		}
		b.headers[name] = value // and at last all of them
	}
	page := b.get("/en/certificates/" + id).want(http.StatusOK)
	sheet := drawn(b.get("/en/certificates/" + id + "/pdf").want(http.StatusOK).Body)
	letter := h.mail.Sent()[0]
	for what, text := range map[string]string{"page": page.Body, "PDF": strings.ReplaceAll(sheet, " ", ""), "letter": letter.Text, "letter as HTML": letter.HTML} {
		if !strings.Contains(text, site+"/en/") || strings.Contains(text, "evil.example") || strings.Contains(text, "127.0.0.1") {
			t.Errorf("the %s does not lead to https://%s:\n%s", what, site, text)
		}
	}
	if !linksTo(page, "https://"+site+"/en/verify/"+id) {
		t.Error("the page does not lead to the public check")
	}
	if c, err := certificates.ByID(h.db.Read(t.Context()), h.id["nia"], id); err != nil || c.Address("https://"+site, string(i18n.CY)) != "https://"+site+"/cy/verify/"+id {
		t.Error(err)
	}
}
