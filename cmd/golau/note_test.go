package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// Whoever comes back at a later part is told as much as whoever begins: before
// each part that has a shorter version stands what the module describes, and the
// way to that version; and the shorter version leads back.
func TestTheContentNoteStandsBeforeEachPart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nia := h.as("nia")
	nia.readModule(i18n.EN, "what-it-is")
	nia.sit(checkPath("what-it-is"), true)
	nia.readModule(i18n.EN, "signs")
	later := 0
	for _, module := range []string{"what-it-is", "signs"} {
		m, _ := h.school.Library().Module(module)
		for _, l := range i18n.Langs {
			note := plain(t, string(m.Sections[0].Note.In(l)))
			for i, s := range m.Sections {
				path := "/" + string(l) + "/learn/" + courseSlug + "/" + module + "/" + s.ID
				article := find(nia.get(path).want(http.StatusOK).doc(), tag("article"))
				before, first := find(article, hasClass("golau-note")), 0
				if s.Short.In(l) == "" {
					continue
				}
				if before == nil || note == "" || !strings.Contains(textOf(before), note) {
					t.Errorf("%s: what the module describes does not stand before it", path)
					continue
				}
				if to := find(before, both(tag("a"), with("href", path+"?version=short"))); to == nil {
					t.Errorf("%s: no way to the shorter version beside the note", path)
				}
				for d := range article.Descendants() { // in the order of the page
					if d == before {
						break
					}
					if strings.HasPrefix(attr(d, "id"), "p-") {
						first++
					}
				}
				if first > 0 {
					t.Errorf("%s: %d paragraphs stand before the note", path, first)
				}
				if i > 0 {
					later++
				}
				nia.get(path + "?version=short").want(http.StatusOK).has(h.words.T(l, "section.read_full"))
			}
		}
	}
	if later < 10 {
		t.Errorf("only %d later parts have a shorter version", later)
	}
}

// plain is what a piece of a page says.
func plain(t *testing.T, piece string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(piece))
	if err != nil {
		t.Fatal(err)
	}
	return textOf(doc)
}
