package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// formats checks that a page says, on the screen and on paper, that it can be had
// in another format: once, at its foot, outside the list that paper leaves out. A
// page between the two steps of signing in is the exception, since contact is shut
// to whoever stands there.
func formats(fault func(string, ...any), doc *html.Node, words, contact string) {
	foot := find(doc, tag("footer"))
	halfway := find(foot, func(n *html.Node) bool { return strings.HasSuffix(attr(n, "href"), "/second-factor") }) != nil
	ways := findAll(doc, hasClass("golau-formats"))
	if halfway {
		if len(ways) != 0 {
			fault("leads to the contact page, which is shut to whoever is half signed in")
		}
		return
	}
	if len(ways) != 1 || textOf(ways[0]) != words || attr(ways[0], "href") != contact+"#formats" {
		fault("%d ways to ask for another format", len(ways))
		return
	}
	hidden := func(n *html.Node) bool { return tag("ul")(n) || hasClass("golau-screen")(n) }
	if around(ways[0], tag("footer")) == nil || around(ways[0], hidden) != nil {
		fault("whom to ask for another format is not printed")
	}
}

// Every page of the course and every public page can be asked for in another
// format: each of them leads to the part of the contact page that says which, and
// its print says the address. sound holds every page that a test meets to the
// link; this goes to the pages there are, and to those that are printed.
func TestAnotherFormatCanBeAskedForEverywhere(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	visitor, nia := h.visitor(), h.as("nia")
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		contact := visitor.get(at + "/contact").want(http.StatusOK)
		if title := find(contact.doc(), byID("formats")); !tag("h2")(title) {
			t.Fatalf("%s has no part on formats", contact.path)
		}
		met := []*reply{contact}
		paths := []string{"", "/cards", "/packs", "/plan", "/practice/referral", "/glossary", "/search", "/verify", "/sign-in", "/nowhere"}
		for _, name := range h.school.Library().PageNames() {
			paths = append(paths, "/"+name)
		}
		for _, c := range h.school.Library().Cards() {
			paths = append(paths, "/cards/"+c.Slug)
		}
		for _, p := range paths {
			met = append(met, visitor.get(at+p))
		}
		for _, m := range h.school.Library().Modules {
			met = append(met, visitor.get(at+"/packs/"+m.Slug).want(http.StatusOK))
			for _, s := range m.Sections {
				met = append(met, nia.get(at+"/learn/"+"child-trafficking"+"/"+m.Slug+"/"+s.ID))
			}
		}
		met = append(met,
			visitor.post(at+"/plan", url.Values{"go": {"make"}, "one": {"Monday: phone."}}).want(http.StatusOK),
			visitor.post(at+"/practice/referral", url.Values{"go": {"skip"}}).want(http.StatusOK))
		for _, r := range met {
			formats(func(format string, args ...any) { t.Helper(); t.Errorf(r.path+": "+format, args...) }, r.doc(), h.words.T(l, "footer.formats"), at+"/contact")
			asks := func(n *html.Node) bool {
				return hasClass("golau-paper")(n) && strings.Contains(textOf(n), "https://"+site+at+"/contact")
			}
			if find(r.doc(), asks) == nil {
				t.Errorf("%s: paper does not say where to ask", r.path)
			}
		}
	}
}
