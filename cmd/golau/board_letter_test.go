package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// The week's letter to an officer says how many certificates came and leads to them; it
// names nobody. To the officer of a board to which none came, none goes.
func TestAnOfficerHearsOfTheWeek(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.learnt(h.id["nia"], i18n.CY)
	h.as("nia").sit("/cy"+strings.TrimPrefix(finalPath, "/en"), true)
	h.work()
	var number string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued").Row().Scan(&number); err != nil {
		t.Fatal(err)
	}
	for range 8 { // over a Monday, whatever the day
		h.clock.Advance(24 * time.Hour)
		h.remind()
	}
	told := 0
	for _, m := range h.mail.Sent() {
		if !strings.Contains(m.Text, "/board/certificates?") {
			continue
		}
		told++
		if !strings.EqualFold(m.To, folk["gwen"].email) {
			t.Errorf("to %s", m.To)
		}
		for _, never := range []string{folk["nia"].name, folk["nia"].email, number} {
			if strings.Contains(m.Text+m.HTML+m.Subject, never) {
				t.Errorf("it says %q", never)
			}
		}
		link := m.Text[strings.Index(m.Text, "/board/certificates?"):]
		link, _, _ = strings.Cut(link, "\n")
		h.visitor().signIn("gwen").get("/en" + link).want(http.StatusOK).has(folk["nia"].name)
	}
	if told != 1 {
		t.Errorf("%d letters of the week", told)
	}
}
