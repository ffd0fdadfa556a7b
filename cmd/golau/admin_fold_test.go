package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// On a phone the record is a page that a thumb can pass: twenty lines, long
// details folded, and the fields to ask it by folded unless something was asked.
// The administrator's menu is folded too, and says where one is. All of it is
// <details>, which needs no script.
func TestAdministrationFoldsOnAPhone(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(func(tx store.Tx) error {
		return people.AddCouncil(tx, people.NewCouncil{Key: "council-z", Name: i18n.Text{EN: "Far Council", CY: "Cyngor Pell"}})
	})
	alun := h.as("alun")
	fold := both(tag("details"), hasClass("golau-fold"))
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/audit"
		page := alun.get(at).want(http.StatusOK)
		rows := findAll(find(page.doc(), tag("tbody")), tag("tr"))
		if len(rows) != 20 {
			t.Errorf("%d lines on a page", len(rows))
		}
		folded := 0
		for _, row := range rows {
			details, n := find(row, fold), len(findAll(row, tag("li")))
			if (details != nil) != (n > 2) {
				t.Errorf("%d details are folded: %v", n, details != nil)
			}
			if details != nil {
				folded++
			}
		}
		if folded == 0 {
			t.Error("no line has details to fold")
		}
		for address, open := range map[string]bool{at: false, at + "?via=web": true} {
			if got := hasAttr(around(find(alun.get(address).doc(), byID("ask")), fold), "open"); got != open {
				t.Errorf("%s: the fields stand open: %v", address, got)
			}
		}
		menu := find(find(page.doc(), hasClass("golau-menu")), fold)
		if menu == nil || hasAttr(menu, "open") || flat(textOf(find(menu, tag("summary")))) != flat(h.words.T(l, "admin.menu_open")+": "+h.words.T(l, "admin.menu.audit")) {
			t.Errorf("%s: the menu is not folded, or does not say where one is", l)
		}
	}
}
