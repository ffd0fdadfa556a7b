package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// left are the sentences that stand for what nobody has filled in, by page.
var left = map[string][]string{
	"accessibility": {"owner_none", "reach_none"},
	"contact":       {"owner_none", "reach_none"},
	"privacy":       {"owner_none", "reach_none", "basis_none", "kept_none", "helpers_none"},
}

// gaps are what an administrator is reminded of, by page.
var gaps = map[string][]string{
	"accessibility": {"owner", "reach"},
	"contact":       {"owner", "reach"},
	"privacy":       {"owner", "officer", "officer_reach", "basis", "kept", "helpers"},
}

func (h *house) notice(t *testing.T, l i18n.Lang, page string, b *browser) *html.Node {
	t.Helper()
	r := b.get("/" + string(l) + "/" + page).want(http.StatusOK)
	sound(t, page, r)
	return find(r.doc(), tag("main"))
}

// What nobody has filled in is said plainly to everybody, with whom to ask; an
// administrator alone is told what to fill in, and where.
func TestNoticesBeforeTheyAreFilledIn(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	visitor, lead, alun := h.visitor(), h.as("nia"), h.as("alun")
	for _, l := range i18n.Langs {
		for _, page := range web.FooterPages {
			for who, b := range map[string]*browser{"a visitor": visitor, "a learner": lead, "the administrator": alun} {
				main := h.notice(t, l, page, b)
				text := textOf(main)
				for _, key := range left[page] {
					if want := h.words.T(l, "notices."+key); !strings.Contains(text, want) {
						t.Errorf("/%s/%s lacks for %s: %s", l, page, who, want)
					}
				}
				hint := strings.Contains(text, h.words.T(l, "notices.gaps"))
				if hint != (b == alun && gaps[page] != nil) {
					t.Errorf("/%s/%s: %s is told what to fill in: %v", l, page, who, hint)
				}
				if !hint {
					continue
				}
				for _, key := range gaps[page] {
					if want := h.words.T(l, "notices.gap."+key); !strings.Contains(text, want) {
						t.Errorf("/%s/%s does not remind the administrator: %s", l, page, want)
					}
				}
				for _, a := range findAll(find(main, tag("ul")), tag("a")) {
					alun.get(attr(a, "href")).want(http.StatusOK)
				}
			}
		}
	}
}

// What is filled in stands there, in the page's language, as text; nothing is
// left of the sentences that stood for it.
func TestNoticesFilledIn(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	alun.post("/en/admin/site", url.Values{"owner_name_en": {"Shores <b>Council</b>"}, "owner_name_cy": {"Cyngor y <b>Glannau</b>"}, "owner_email": {"golau@shores.example"},
		"owner_phone": {"01632 960777"}, "owner_hours_en": {"Weekdays, nine to five"}, "owner_hours_cy": {"Dyddiau gwaith, naw tan bump"}, "owner_address_en": {"Harbour Road"}, "owner_address_cy": {"Ffordd yr Harbwr"},
		"privacy_name_en": {"Information officer"}, "privacy_name_cy": {"Swyddog gwybodaeth"}, "privacy_email": {"data@shores.example"}}).want(http.StatusSeeOther)
	alun.post("/en/admin/notices", url.Values{"basis_en": {"Basis in English."}, "basis_cy": {"Sail yn Gymraeg."}, "kept_en": {"Seven years."}, "kept_cy": {"Saith mlynedd."},
		"helpers_en": {"Harbour Hosting."}, "helpers_cy": {"Lletya’r Harbwr."}, "link": {"https://shores.example/privacy?a=1&b=2"}}).want(http.StatusSeeOther)
	want := map[i18n.Lang]map[string][]string{
		i18n.EN: {"accessibility": {"Shores <b>Council</b> runs this website.", "golau@shores.example", "Harbour Road"}, "contact": {"01632 960777", "Weekdays, nine to five"},
			"privacy": {"Shores <b>Council</b>", "Information officer", "data@shores.example", "Basis in English.", "Seven years.", "Harbour Hosting.", "https://shores.example/privacy?a=1&b=2"}},
		i18n.CY: {"accessibility": {"Cyngor y <b>Glannau</b> sy’n rhedeg y wefan hon.", "golau@shores.example", "Ffordd yr Harbwr"}, "contact": {"01632 960777", "Dyddiau gwaith, naw tan bump"},
			"privacy": {"Cyngor y <b>Glannau</b>", "Swyddog gwybodaeth", "data@shores.example", "Sail yn Gymraeg.", "Saith mlynedd.", "Lletya’r Harbwr.", "https://shores.example/privacy?a=1&b=2"}},
	}
	for _, l := range i18n.Langs {
		for page, lines := range want[l] {
			main := h.notice(t, l, page, alun)
			text := textOf(main)
			for _, line := range lines {
				if !strings.Contains(text, line) {
					t.Errorf("/%s/%s lacks %q", l, page, line)
				}
			}
			for _, line := range want[l.Other()][page] {
				if strings.Contains(text, line) && !strings.ContainsAny(line, "@/0") {
					t.Errorf("/%s/%s says in the other language: %q", l, page, line)
				}
			}
			for _, key := range append(left[page], "gaps") {
				if said := h.words.T(l, "notices."+key); strings.Contains(text, said) {
					t.Errorf("/%s/%s still says: %s", l, page, said)
				}
			}
			if page == "contact" && (find(main, with("href", "tel:01632960777")) == nil || find(main, with("href", "mailto:golau@shores.example")) == nil) {
				t.Error("the contact page cannot be pressed")
			}
		}
	}
	alun.post("/en/admin/site", url.Values{"owner_email": {"golau@shores.example"}}).want(http.StatusSeeOther)
	if text := textOf(h.notice(t, i18n.EN, "privacy", h.visitor())); !strings.Contains(text, h.words.T(i18n.EN, "notices.officer_owner")) || !strings.Contains(text, h.words.T(i18n.EN, "notices.owner_none")) {
		t.Error("without an officer, the notice does not lead to those who run the website")
	}
}

var (
	quoted  = regexp.MustCompile(`“[^”]*”`)
	english = regexp.MustCompile(`(?i)\b(the|and|of|your|with|which|this|from|is|are|not|for)\b`)
)

// A page of the footer in Welsh has no English on it, but for what bears its
// mark and for the names of English publications.
func TestFooterPagesAreInTheirLanguage(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, page := range web.FooterPages {
		main := h.notice(t, i18n.CY, page, h.as("alun"))
		for _, p := range append(findAll(main, tag("p")), findAll(main, tag("li"))...) {
			if strings.HasPrefix(attr(p, "id"), "source-") || find(p, with("lang", "en")) != nil {
				continue
			}
			text := quoted.ReplaceAllString(textOf(p), "")
			for _, a := range findAll(p, tag("a")) { // where a sentence was read
				if strings.Contains(attr(a, "href"), "#source-") {
					text = strings.ReplaceAll(text, quoted.ReplaceAllString(textOf(a), ""), "")
				}
			}
			if m := english.FindString(text); m != "" {
				t.Errorf("/cy/%s has %q in: %s", page, m, text)
			}
		}
	}
}
