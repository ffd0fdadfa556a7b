package main

import (
	"testing"

	"golang.org/x/net/html"
)

// Enter in a field presses the first submit button of its form in the order of
// the document, wherever on the page that stands. It must not be the language
// switch in the header, which does not do what was asked and would empty a
// password.
func TestEnterDoesWhatTheFormIsFor(t *testing.T) {
	h := livedIn(t)
	open := h.cast.did["nia"].open
	forms := 0
	for who, paths := range map[string][]string{
		"":    {"/en/sign-in", "/cy/sign-in", "/en/verify", "/cy/verify/00000000000000000000000000"},
		"nia": {"/en/account", "/en/attempts/" + open + "/questions/1", "/cy/attempts/" + open + "/questions/10"},
	} {
		b := h.visitor()
		if who != "" {
			b = h.as(who)
		}
		for _, path := range paths {
			doc := b.get(path).doc()
			for _, form := range findAll(doc, tag("form")) {
				forms++
				first := firstSubmit(doc, form)
				if first == nil {
					t.Errorf("%s: form %q has no button", path, attr(form, "id"))
					continue
				}
				if attr(first, "name") == "switch" || attr(first, "formaction") != "" {
					t.Errorf("%s: Enter in form %q presses %q", path, attr(form, "id"), textOf(first))
				}
			}
		}
	}
	if forms < 10 {
		t.Errorf("only %d forms were met", forms)
	}
}

// firstSubmit is the default button of a form.
func firstSubmit(doc, form *html.Node) *html.Node {
	for _, b := range findAll(doc, tag("button")) {
		owner := attr(b, "form")
		if owner != "" && owner == attr(form, "id") || owner == "" && within(b, form) {
			return b
		}
	}
	return nil
}
