package main

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Two windows with one person: what the first changed, the second does not overwrite
// unseen; nothing typed is lost, and pressing once more does it.
func TestAPersonIsNotOverwrittenUnseen(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, at := h.as("lowri"), "/en/lead/people/"+h.position("huw")
	seen := attr(find(lowri.get(at).want(http.StatusOK).doc(), with("name", "version")), "value")
	first := url.Values{"job_role": {"health"}, "staff_number": {"777"}, "version": {seen}}
	lowri.post(at, first).leads(at + "?done=changed")
	second := url.Values{"job_role": {"education"}, "group": {"E"}, "version": {seen}}
	stale := lowri.post(at, second).want(http.StatusConflict).has(h.words.T(i18n.EN, "people.position.other_version"))
	sound(t, "a person who was changed meanwhile", stale)
	if n := h.count("people_positions WHERE id = ? AND staff_number = '777' AND job_role = 'health'", h.position("huw")); n != 1 {
		t.Error("what the first window said is gone")
	}
	for _, is := range []string{"777", h.words.T(i18n.EN, "people.job_role.health")} {
		stale.has(h.words.T(i18n.EN, "lead.person.now", "Value", is))
	}
	if n := strings.Count(stale.Body, h.words.T(i18n.EN, "lead.person.now", "Value", "")); n != 3 { // and that of no group
		t.Errorf("%d fields are said to be others", n)
	}
	second.Set("version", attr(find(stale.doc(), with("name", "version")), "value"))
	lowri.post(at, second).leads(at + "?done=changed")
}

// Of whoever has left, the page and the sheet keep saying where they stood; of their
// address only what the agency knew, since what they take later is theirs.
func TestALeaversPageSaysWhereTheyStood(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Wards"}, "name_cy": {"Wardiau"}}).leads("/en/lead/teams?done=team_added")
	team := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/teams").Body)[1]
	id := h.position("nia")
	lowri.post("/en/lead/people/"+id, url.Values{"job_role": {"health"}, "team": {team}, "group": {"C"}, "works_since": {"2019-09-01"}, "staff_number": {"0017"},
		"manager": {folk["huw"].email}}).leads("/en/lead/people/" + id + "?done=changed")
	today := h.clock.Now().Format("2006-01-02")
	lowri.post("/en/lead/people/"+id+"/left", url.Values{"left_on": {today}}).leads("/en/lead/people/" + id + "?done=left")
	known := []string{"0017", "2019-09-01", folk["huw"].email, folk["nia"].email, "Wards", "C", today}
	sheet := func() []string {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(lowri.post("/en/lead/people/export", url.Values{"status": {"left"}}).want(http.StatusOK).Body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			if row[0] == folk["nia"].name {
				return row
			}
		}
		t.Fatal("she is not in the sheet")
		return nil
	}
	for _, word := range known {
		if row := sheet(); !slices.Contains(row, word) {
			t.Errorf("the sheet lacks %q: %q", word, row)
		}
	}
	for l, words := range map[string][]string{"en": {"Wards", "Health", "Group C", "1 September 2019"}, "cy": {"Wardiau", "Iechyd", "Grŵp C", "1 Medi 2019"}} {
		page := lowri.get("/"+l+"/lead/people/"+id).want(http.StatusOK).has("0017", folk["nia"].email, folk["huw"].name)
		page.has(words...)
		sound(t, "a leaver", page)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET email = 'nia@home.example', email_key = 'nia@home.example' WHERE id = ?", h.id["nia"]).Error
	})
	if row := sheet(); strings.Contains(strings.Join(row, " "), "home.example") || slices.Contains(row, folk["nia"].email) {
		t.Errorf("the sheet tells an address that is theirs: %q", row)
	}
	lowri.get("/en/lead/people/" + id).want(http.StatusOK).lacks("home.example").lacks(folk["nia"].email)
}
