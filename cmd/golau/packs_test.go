package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Each module has a pack that anybody may open, in both languages, with its case,
// its notes and a sheet to sign; and it is found from the list, from the module’s
// card and from the last part of the module.
func TestEveryModuleHasAPack(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		list := h.visitor().get(at + "/packs").want(http.StatusOK)
		sound(t, "packs", list)
		if find(h.visitor().get(at+"/cards").doc(), both(tag("a"), with("href", at+"/packs"))) == nil {
			t.Error("the cards do not lead to the packs")
		}
		for _, m := range h.school.Library().Modules {
			p, ok := h.school.Library().Pack(m.Slug)
			if !ok {
				t.Fatalf("%s has no pack", m.Slug)
			}
			path := at + "/packs/" + m.Slug
			page := h.visitor().get(path).want(http.StatusOK)
			sound(t, path, page)
			said := flat(page.text())
			for _, want := range []string{p.Title.In(l), plain(t, string(p.Note.In(l))), plain(t, string(p.Everybody(l))), plain(t, string(p.Leader(l))), h.words.T(l, "packs.sheet"), h.words.T(l, "packs.sheet_lead")} {
				if !strings.Contains(said, flat(want)) {
					t.Errorf("%s lacks %q:\n%s", path, want, said)
				}
			}
			if rows := findAll(find(page.doc(), tag("tbody")), tag("tr")); len(rows) < 10 {
				t.Errorf("%s: %d may sign", path, len(rows))
			}
			last := at + "/learn/" + courseSlug + "/" + m.Slug + "/" + m.Sections[len(m.Sections)-1].ID
			for who, from := range map[string]string{"": at + "/cards/" + m.Slug, "nia": last} {
				if find(h.as(who).get(from).want(http.StatusOK).doc(), both(tag("a"), with("href", path))) == nil {
					t.Errorf("%s does not lead to %s", from, path)
				}
			}
			if find(list.doc(), both(tag("a"), with("href", path))) == nil {
				t.Errorf("the list does not lead to %s", path)
			}
		}
		h.visitor().get(at + "/packs/nowhere").want(http.StatusNotFound)
	}
}
