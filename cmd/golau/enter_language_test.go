package main

import (
	"net/http"
	"net/url"
	"testing"
)

// The language of the page is the reader's choice, and signing in keeps it: in
// the demonstration and outside it, whatever language their letters are in, and
// when it was changed on the way.
func TestSigningInKeepsTheLanguageOfThePage(t *testing.T) {
	t.Parallel()
	h := newHouse(t, demonstration)
	visit := func() *browser {
		b := h.visitor()
		b.headers["Host"] = "localhost"
		return b
	}
	for _, lang := range []string{"/en", "/cy"} {
		for _, who := range []string{"huw", "nia"} { // letters in Welsh, letters in English
			visit().post(lang+"/demo/sign-in", url.Values{"person": {who}}, "Origin", "-").leads(lang + "/learn")
		}
		other := map[string]string{"/en": "/cy", "/cy": "/en"}[lang]
		b := visit()
		page := b.get(other + "/sign-in?next=" + url.QueryEscape(other+"/account")).want(http.StatusOK)
		page = b.press(page, "sign-in", "switch="+lang[1:]).want(http.StatusOK)
		if next := attr(find(page.doc(), with("name", "next")), "value"); next != lang+"/account" {
			t.Errorf("after a change to %s the form leads to %q", lang, next)
		}
		b.post(lang+"/demo/sign-in", url.Values{"person": {"nia"}, "next": {other + "/account"}}, "Origin", "-").leads(lang + "/account")
	}
}
