package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// shownCodes are the recovery codes on a page, and where its button leads on.
func shownCodes(page *reply) (codes []string, to string) {
	for _, c := range findAll(find(page.doc(), with("aria-labelledby", "codes")), tag("code")) {
		codes = append(codes, textOf(c))
	}
	return codes, attr(find(find(page.doc(), tag("main")), both(tag("a"), hasClass("govuk-button"))), "href")
}

// codesSurviveTheSwitch changes the language of a page of codes there and back.
func codesSurviveTheSwitch(t *testing.T, b *browser, page *reply) {
	t.Helper()
	codes, to := shownCodes(page)
	if len(codes) != 10 {
		t.Fatalf("%d codes\n%s", len(codes), page.gist())
	}
	from := i18n.Lang(attr(find(page.doc(), tag("html")), "lang"))
	for _, l := range []i18n.Lang{from.Other(), from} {
		button := find(find(page.doc(), hasClass("golau-header__lang")), both(tag("button"), hasClass("golau-switch")))
		address := attr(button, "formaction")
		if button == nil || strings.Contains(address, "?") {
			t.Fatalf("the language is switched at %q", address)
		}
		for _, c := range codes { // sealed once; in no address and in no field
			if n := strings.Count(page.Body, c); n != 1 {
				t.Errorf("a code stands %d times in the page", n)
			}
		}
		sealed := attr(find(find(page.doc(), byID("shown")), with("name", "codes")), "value")
		page = b.post(address, url.Values{"codes": {sealed}, "switch": {string(l)}}).want(http.StatusOK)
		sound(t, "codes in the other language", page)
		got, leads := shownCodes(page)
		if !slices.Equal(got, codes) || leads != "/"+string(l)+to[len("/en"):] {
			t.Errorf("in %s the page has %d codes and leads to %s", l, len(got), leads)
		}
		page.has(b.h.words.T(l, "second.codes_print"), b.h.words.T(l, "second.codes_print_button"))
	}
}

// New codes are there in both languages, for whom they were made and nobody
// else, and asking for the other language makes none.
func TestNewCodesSurviveTheSwitch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(forget(h.id["gwen"]))
	gwen := h.visitor().firstStep("gwen")
	_, first := gwen.setUpApp("")
	page := gwen.post("/en/account/security/codes", url.Values{"codes-proof": {first[0]}}).want(http.StatusOK)
	since := h.count("audit_events")
	codesSurviveTheSwitch(t, gwen, page)
	if h.count("audit_events") != since {
		t.Error("switching the language changed something")
	}
	sealed := attr(find(find(page.doc(), byID("shown")), with("name", "codes")), "value")
	codes, _ := shownCodes(page)
	for _, b := range []*browser{h.as("nia"), gwen} { // somebody else; and with a broken seal
		sent := url.Values{"codes": {sealed}, "switch": {"cy"}}
		if b == gwen {
			sent.Set("codes", strings.ToUpper(sealed))
		}
		b.post("/cy/account/security/codes", sent).leads("/cy/account/security").lacks(codes[0])
	}
	if print := find(page.doc(), func(n *html.Node) bool { return hasAttr(n, "data-print") }); print == nil || !hasAttr(print, "hidden") {
		t.Error("without scripts the page offers a button that does nothing")
	}
}
