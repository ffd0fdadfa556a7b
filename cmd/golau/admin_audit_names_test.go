package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/steward"
	"golau/internal/store"
)

// The record calls people and agencies by their names, where they are still
// here, and says the names of its details in the language of the page.
func TestTheRecordSaysWhoAndWhat(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	var school, membership string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_organisations WHERE key = 'school-a'").Scan(&school).Error; err != nil {
		t.Fatal(err)
	}
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_memberships WHERE person_id = ?", h.id["nia"]).Scan(&membership).Error; err != nil {
		t.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		if err := audit.Record(tx, "people.domain_added", "organisation:"+school, map[string]any{"domain": "lan.example"}); err != nil {
			return err
		}
		return audit.Record(tx, "people.membership_ended", "person:"+h.id["nia"], map[string]any{"membership": membership, "organisation": school, "role": "lead"})
	})
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/audit?verb=people."
		agency := map[i18n.Lang]string{i18n.EN: "Glannau School", i18n.CY: "Ysgol Glannau"}[l]
		alun.get(at+"domain_added").want(http.StatusOK).has(h.words.T(l, "admin.audit.kind.organisation")+": "+agency, h.words.T(l, "admin.audit.detail.domain")+": lan.example").lacks(school[len(school)-6:])
		page := alun.get(at + "membership_ended").want(http.StatusOK)
		page.has(h.words.T(l, "admin.audit.detail.organisation")+": "+agency, h.words.T(l, "admin.audit.detail.membership")+": "+folk["nia"].name+", ",
			h.words.T(l, "admin.audit.detail.role")+": "+h.words.T(l, "people.role.lead"))
		part := url.QueryEscape(strings.Fields(folk["nia"].name)[0])
		alun.get(at + "membership_ended&person=" + part).want(http.StatusOK).has(agency)
		sheet := alun.post("/"+string(l)+"/admin/audit/export", url.Values{"person": {strings.Fields(folk["nia"].name)[0]}, "verb": {"people.membership_ended"}}).want(http.StatusOK)
		if n := strings.Count(strings.TrimSpace(sheet.Body), "\n"); n != 1 || !strings.Contains(sheet.Body, agency) {
			t.Errorf("the sheet of one person and one verb has %d lines: %s", n, sheet.Body)
		}
	}
}

// Every name that a detail of the lived-in record has is said in words.
func TestDetailsHaveWords(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := audit.Page(h.db.Read(t.Context()), audit.Filter{}, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range lines {
		var all map[string]any
		if !steward.Tells(l.Verb) || json.Unmarshal([]byte(l.Detail), &all) != nil {
			continue
		}
		for name := range all {
			if n++; !words.Has("admin.audit.detail." + name) {
				t.Errorf("%s has the detail %q, and admin.audit.detail.%s has no words", l.Verb, name, name)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d details", n)
	}
}
