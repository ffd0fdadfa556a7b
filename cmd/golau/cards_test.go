package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"

	"golang.org/x/net/html"
)

// numbersOf are the numbers on a card that a telephone would dial, and how many
// lines are left to write on.
func numbersOf(card *html.Node) (numbers string, blank int) {
	var all []string
	for _, a := range findAll(card, tag("a")) {
		if n, ok := strings.CutPrefix(attr(a, "href"), "tel:"); ok {
			all = append(all, n)
		}
	}
	return strings.Join(all, " "), len(findAll(card, hasClass("golau-a5__blank")))
}

// A card bears the numbers of the reader's council, or of the one that they
// chose, or lines to write on; the other language keeps the choice.
func TestACardBearsTheNumbersOfItsPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_councils SET day_number = '01632 960333', out_of_hours_number = '', checked_on = '2026-11-20' WHERE key = 'council-b'").Error
	})
	for _, l := range i18n.Langs {
		own := map[i18n.Lang]string{i18n.EN: "Glannau Council", i18n.CY: "Cyngor Glannau"}[l]
		chosen := map[i18n.Lang]string{i18n.EN: canary + " Council", i18n.CY: "Cyngor " + canary}[l]
		for _, c := range []struct {
			who, query, council, numbers string
			blank                        int
		}{
			{"nia", "", own, "999 01632960111 01632960222 101", 1},
			{"nia", "?council=council-b", chosen, "999 01632960333 101", 2},
			{"", "", "", "999 101", 3},
			{"", "?council=council-b", chosen, "999 01632960333 101", 2},
			{"", "?council=", "", "999 101", 3},
			{"", "?council=nowhere", "", "999 101", 3},
			{"gwen", "", "", "999 101", 3}, // her workplace has no council
		} {
			page := h.as(c.who).get("/" + string(l) + "/cards/first-hours" + c.query).want(http.StatusOK)
			card := find(page.doc(), hasClass("golau-a5"))
			if numbers, blank := numbersOf(card); numbers != c.numbers || blank != c.blank {
				t.Errorf("%s, %q, %q: the numbers %s and %d lines", l, c.who, c.query, numbers, blank)
			}
			said := flat(textOf(card))
			if c.council == "" && (!strings.Contains(said, flat(h.words.T(l, "help.find"))) || strings.Contains(said, "Glannau")) ||
				!strings.Contains(said, flat(h.words.T(l, "cards.children"))) || !strings.Contains(said, c.council) {
				t.Errorf("%s, %q, %q: the card says %s", l, c.who, c.query, said)
			}
			other := find(page.doc(), func(n *html.Node) bool { return tag("a")(n) && attr(n, "rel") == "alternate" })
			if to, _ := url.Parse(attr(other, "href")); c.council == chosen && to.Query().Get("council") != "council-b" {
				t.Errorf("the other language forgets the choice: %s", to)
			}
		}
		h.visitor().get("/" + string(l) + "/cards/nowhere").want(http.StatusNotFound)
	}
}

// Every card says what it is, in both languages, with one heading, and where to
// ask for it in another format: the owner, or the page of contacts.
func TestEveryCardSaysWhatItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	check := func(ask map[i18n.Lang]string) {
		for _, l := range i18n.Langs {
			list := h.visitor().get("/" + string(l) + "/cards").want(http.StatusOK)
			for _, c := range h.school.Library().Cards() {
				path := "/" + string(l) + "/cards/" + c.Slug
				if find(list.doc(), both(tag("a"), with("href", path))) == nil {
					t.Errorf("the list does not lead to %s", path)
				}
				card := find(h.visitor().get(path).want(http.StatusOK).doc(), hasClass("golau-a5"))
				said := flat(textOf(card))
				for _, want := range []string{c.Title.In(l), c.First.In(l), c.Key.In(l), c.Edition, h.words.T(l, "cards.not_reviewed"), h.words.T(l, "cards.no_reports"), h.words.T(l, "cards.format") + " " + ask[l]} {
					if !strings.Contains(said, flat(want)) {
						t.Errorf("%s lacks %q:\n%s", path, want, said)
					}
				}
				for _, b := range c.Blocks {
					if !strings.Contains(said, flat(b.Items[len(b.Items)-1].In(l))) {
						t.Errorf("%s lacks its block %q", path, b.Heading.In(l))
					}
				}
			}
		}
	}
	check(map[i18n.Lang]string{i18n.EN: "https://" + site + "/en/contact", i18n.CY: "https://" + site + "/cy/contact"})
	h.as("alun").post("/en/admin/site", url.Values{"owner_name_en": {"Shores <b>Council</b>"}, "owner_name_cy": {"Cyngor y Glannau"}, "owner_email": {"golau@shores.example"},
		"owner_phone": {"01632 960777"}}).want(http.StatusSeeOther)
	check(map[i18n.Lang]string{i18n.EN: "golau@shores.example", i18n.CY: "golau@shores.example"})
	h.visitor().get("/en/cards/signs").has("Shores <b>Council</b>")
	h.visitor().get("/cy/cards/signs").has("Cyngor y Glannau")
}

// A card that was checked says when, and one whose day is over says so first.
func TestACardThatWasCheckedAndIsOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	copyFolder(t, filepath.Join(dir, "modules"), "../../modules/content")
	copyFolder(t, filepath.Join(dir, "bank"), "../../quiz/bank")
	for name, until := range map[string]string{"signs": "2030-05-02", "own-streets": "2026-05-02"} {
		file := filepath.Join(dir, "modules", name, "card.yaml")
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer("\nchecked_on:", "\nchecked_on: 2026-02-03", "\nreview_by:", "\nreview_by: "+until).Replace(string(raw))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := newHouse(t, func(w *wiring) { w.site.Content, w.material = dir, nil })
	over := func(l i18n.Lang) string {
		return h.words.T(l, "cards.over", "Date", map[i18n.Lang]string{i18n.EN: "2 May 2026", i18n.CY: "2 Mai 2026"}[l])
	}
	for _, l := range i18n.Langs {
		h.visitor().get("/"+string(l)+"/cards/signs").has(map[i18n.Lang]string{i18n.EN: "Checked on 3 February 2026, out of date after 2 May 2030.", i18n.CY: "Gwiriwyd ar 3 Chwefror 2026, wedi dyddio ar ôl 2 Mai 2030."}[l]).
			lacks(over(l), h.words.T(l, "cards.not_reviewed"))
		h.visitor().get("/" + string(l) + "/cards/own-streets").has(over(l))
	}
}

// The cards are found: in the menu of whoever is not signed in, at the foot of
// every page, on the first page, and by learners from the course and the last
// part of a module.
func TestCardsAreFound(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	m, _ := h.school.Library().Module("signs")
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		last := at + "/learn/child-trafficking/signs/" + m.Sections[len(m.Sections)-1].ID
		for _, c := range []struct{ who, page, to string }{
			{"", at, at + "/cards"}, {"", at, at + "/cards/what-to-do-now"}, {"", at + "/support", at + "/cards"}, {"nia", at + "/learn", at + "/cards"},
			{"nia", at + "/learn/child-trafficking", at + "/cards/signs"}, {"nia", at + "/learn/child-trafficking", at + "/cards/what-it-is"}, {"nia", last, at + "/cards/signs"},
		} {
			if find(h.as(c.who).get(c.page).want(http.StatusOK).doc(), both(tag("a"), with("href", c.to))) == nil {
				t.Errorf("%s does not lead %q to %s", c.page, c.who, c.to)
			}
		}
		first := at + "/learn/child-trafficking/signs/" + m.Sections[0].ID
		if find(h.as("nia").get(first).doc(), both(tag("a"), with("href", at+"/cards/signs"))) != nil {
			t.Errorf("%s leads to the card before its time", first)
		}
		menu := find(h.visitor().get(at).doc(), hasClass("golau-header__nav"))
		if find(menu, both(tag("a"), with("href", at+"/cards"))) == nil {
			t.Error("the menu does not lead to the cards")
		}
	}
}

// Without its database the site still shows what to do.
func TestACardOutlivesTheDatabase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.visitor().get("/en/cards/what-to-do-now?council=council-b").want(http.StatusOK)
	b := h.visitor()
	h.closeNow()
	if numbers, _ := numbersOf(find(b.get("/cy/cards/what-to-do-now?council=council-b").want(http.StatusOK).doc(), hasClass("golau-a5"))); numbers != "999 01632960111 01632960222 101" {
		t.Errorf("the numbers are %s", numbers)
	}
}

// The PDF of every card is the card: one A5 sheet in the language of its
// address, with all its words and the numbers of the place, also where the names
// of owner and council are as long as they may be.
func TestEveryCardIsDrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	long := strings.TrimSpace(strings.Repeat("Llanfairpwllgwyngyll ", 4))
	h.as("alun").post("/en/admin/site", url.Values{"owner_name_en": {long + " Board"}, "owner_name_cy": {"Bwrdd " + long}}).want(http.StatusSeeOther)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_councils SET name_en = ?, name_cy = ? WHERE key = 'council-b'", long, "Cyngor "+long).Error
	})
	h.clock.Advance(2 * time.Minute)
	for _, l := range i18n.Langs {
		for _, c := range h.school.Library().Cards() {
			for query, numbers := range map[string][]string{"": {"101"}, "?council=council-b": {"01632 960111", "01632 960222", "101", long}} {
				r := h.visitor().get("/" + string(l) + "/cards/" + c.Slug + "/pdf" + query).want(http.StatusOK)
				said := drawn(r.Body)
				words := append([]string{c.Title.In(l), c.First.In(l), c.Key.In(l), c.Edition, h.words.T(l, "cards.not_reviewed"), site + "/" + string(l) + "/contact", long}, numbers...)
				for _, b := range c.Blocks {
					words = append(words, b.Heading.In(l))
					for _, item := range b.Items {
						words = append(words, item.In(l))
					}
				}
				for _, want := range words {
					if !strings.Contains(said, want) {
						t.Errorf("%s in %s, %q: the sheet lacks %q:\n%s", c.Slug, l, query, want, said)
					}
				}
				if r.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(r.Body, "/Lang ("+string(l)+"-GB)") || strings.Count(r.Body, "/Type /Page ") != 1 {
					t.Errorf("%s in %s is not one page in its language", c.Slug, l)
				}
			}
		}
		h.visitor().get("/" + string(l) + "/cards/nowhere/pdf").want(http.StatusNotFound)
	}
	page := h.visitor().get("/cy/cards/signs?council=council-a").want(http.StatusOK)
	if find(page.doc(), both(tag("a"), with("href", "/cy/cards/signs/pdf?council=council-a"))) == nil {
		t.Error("the page does not lead to the PDF with its numbers")
	}
}
