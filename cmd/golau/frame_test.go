package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"

	"golang.org/x/net/html"
)

// framed checks what stands around every page: the way out, the help with its
// numbers, the other language, what this site cannot do, and a title that says
// nothing to whoever sees the tab.
func framed(fault func(string, ...any), doc *html.Node) {
	words, _ := i18n.Embedded()
	lang := i18n.Lang(attr(find(doc, tag("html")), "lang"))
	if find(doc, hasClass("govuk-skip-link")) == nil {
		fault("no skip link")
	}
	ways := slices.Concat(findAll(doc, hasClass("govuk-js-exit-this-page-button")), findAll(doc, hasClass("govuk-js-exit-this-page-skiplink")))
	for _, way := range ways {
		if attr(way, "href") != exitURL || textOf(way) != words.T(lang, "leave.button") {
			fault("a way out leads to %q and says %q", attr(way, "href"), textOf(way))
		}
	}
	if len(ways) != 2 {
		fault("%d ways out", len(ways))
	}
	panel := find(doc, hasClass("golau-help__panel"))
	if panel == nil || !strings.Contains(textOf(panel), "999") || !strings.Contains(textOf(panel), "101") || !strings.Contains(textOf(panel), words.T(lang, "help.not_here")) {
		fault("the help lacks 999, 101, or that it is none itself")
	}
	if said := textOf(find(doc, tag("footer"))); !strings.Contains(said, words.T(lang, "footer.no_reports")) {
		fault("the foot does not say that nothing can be reported here: %s", said)
	}
	formats(fault, doc, words.T(lang, "footer.formats"), "/"+string(lang)+"/contact")
	other := map[i18n.Lang]string{i18n.EN: "Cymraeg", i18n.CY: "English"}[lang]
	if to := find(find(doc, hasClass("golau-header__lang")), func(n *html.Node) bool { return (tag("a")(n) || tag("button")(n)) && textOf(n) == other }); to == nil || attr(to, "lang") != string(lang.Other()) {
		fault("no way to the page in the other language")
	} else if typed := find(find(doc, tag("main")), isTyped); typed != nil && !tag("button")(to) && !saysAndAsks(to, typed) {
		fault("the other language is a link, and what is typed into %q would be lost", attr(typed, "name"))
	}
	title := strings.ToLower(textOf(find(doc, tag("title"))))
	for _, telling := range []string{"traffick", "masnach"} {
		if strings.Contains(title, telling) {
			fault("the title tells: %s", title)
		}
	}
}

// saysAndAsks says whether a page has just said something of a change, which the
// link to the other language carries along, above a form that is a question:
// sending that would take what was said away.
func saysAndAsks(link, typed *html.Node) bool {
	for n := typed.Parent; n != nil; n = n.Parent {
		if tag("form")(n) {
			return attr(n, "method") == "get" && strings.Contains(attr(link, "href"), "done=")
		}
	}
	return false
}

// isTyped finds a field into which somebody types what they would not like to
// type again.
func isTyped(n *html.Node) bool {
	return tag("textarea")(n) || tag("input")(n) && slices.Contains([]string{"", "text", "email", "tel", "url", "search", "number", "date"}, attr(n, "type"))
}

// ended replaces Nia's certificate and withdraws Beca's, and returns both.
func (h *house) ended(t *testing.T) (replaced, withdrawn string) {
	t.Helper()
	replaced, withdrawn = h.did["nia"].certificate, h.did["beca"].certificate
	h.write(func(tx store.Tx) error {
		old, err := certificates.ByID(tx.Rx, h.id["nia"], replaced)
		if err != nil {
			return err
		}
		award := old.Award
		award.HolderName = "Nia Mai Rhydderch"
		if _, err := certificates.Reissue(tx, replaced, award); err != nil {
			return err
		}
		return certificates.Revoke(tx, withdrawn, "issued in error")
	})
	h.work()
	return replaced, withdrawn
}

// What the help says of a council depends on what is known: its numbers and the
// day they were checked; where to find them; or how to find the council.
func TestTheHelpNamesTheCouncil(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	set := func(sql string, args ...any) {
		h.write(func(tx store.Tx) error { return tx.Exec(sql, args...).Error })
		h.clock.Advance(2 * time.Minute) // councils are kept for one
	}
	council := map[i18n.Lang]string{i18n.EN: "Glannau Council", i18n.CY: "Cyngor Glannau"}
	for _, c := range []struct {
		state      string
		change     func()
		who        string
		says       func(l i18n.Lang) []string
		lacks      []string
		telephones []string
	}{
		{"numbers that were checked", func() {}, "nia", func(l i18n.Lang) []string {
			return []string{h.words.T(l, "help.numbers", "Council", council[l]), h.words.T(l, "help.out_of_hours"), h.words.T(l, "help.checked", "Date", i18n.Date(l, time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)))}
		}, nil, []string{"01632960111", "01632960222"}},
		{"a number by day alone", func() { set("UPDATE people_councils SET out_of_hours_number = '' WHERE key = 'council-a'") }, "nia", func(l i18n.Lang) []string {
			return []string{h.words.T(l, "help.numbers", "Council", council[l]), h.words.T(l, "help.checked", "Date", i18n.Date(l, time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)))}
		}, []string{"960222"}, []string{"01632960111"}},
		{"a council without numbers", func() {
			set("UPDATE people_councils SET day_number = '', out_of_hours_number = '', checked_on = '' WHERE key = 'council-a'")
		}, "nia", func(l i18n.Lang) []string { return []string{h.words.T(l, "help.find_council", "Council", council[l])} }, []string{"01632"}, nil},
		{"a workplace without a council", func() {}, "gwen", func(l i18n.Lang) []string { return []string{h.words.T(l, "help.find")} }, []string{"01632", "Glannau"}, nil},
		{"nobody known", func() {}, "", func(l i18n.Lang) []string { return []string{h.words.T(l, "help.find")} }, []string{"01632", "Glannau"}, nil},
	} {
		c.change()
		for _, l := range i18n.Langs {
			panel := find(h.as(c.who).get("/"+string(l)+"/support").doc(), hasClass("golau-help__panel"))
			said := textOf(panel)
			for _, want := range c.says(l) {
				if !strings.Contains(flat(said), flat(want)) {
					t.Errorf("%s, %s: the help does not say %q:\n%s", c.state, l, want, said)
				}
			}
			for _, bad := range c.lacks {
				if strings.Contains(said, bad) {
					t.Errorf("%s, %s: the help says %q:\n%s", c.state, l, bad, said)
				}
			}
			var dialled []string
			for _, a := range findAll(panel, tag("a")) {
				if number, ok := strings.CutPrefix(attr(a, "href"), "tel:"); ok {
					dialled = append(dialled, number)
				}
			}
			if want := append([]string{"999", "101"}, c.telephones...); !slices.Equal(dialled, want) {
				t.Errorf("%s, %s: the numbers to dial are %q, not %q", c.state, l, dialled, want)
			}
		}
	}
}
