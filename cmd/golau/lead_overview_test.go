package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/sheet"
	"golau/internal/store"
)

// The overview, its sheet and the lists to which it leads say the same numbers, in
// both languages; what waits stands first; and nothing of another agency is in it.
func TestTheOverviewAgrees(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	sound(t, "nothing waits", lowri.get("/cy/lead").want(http.StatusOK).has(h.words.T(i18n.CY, "lead.overview.title")))
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Reception"}}).leads("/en/lead/teams?done=team_added")
	team := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/teams").Body)[1]
	lowri.post("/en/lead/people/"+h.position("huw"), url.Values{"job_role": {"health"}, "team": {team}}).leads("/en/lead/people/" + h.position("huw") + "?done=changed")
	asks(lowri, ruleForm("days", "5"))
	week := lowri.get("/en/lead").want(http.StatusOK).has("/lead/people?status=week")
	lowri.get("/en/lead/people?status=week").want(http.StatusOK).has(folk["huw"].name)
	if where := leaks(week); where != "" {
		t.Errorf("the overview tells of another agency: %s", where)
	}
	h.clock.Advance(6 * 24 * time.Hour)
	lowri = h.visitor().signIn("lowri")
	for _, l := range i18n.Langs {
		page := lowri.get("/" + string(l) + "/lead").want(http.StatusOK).has("/lead/people?status=overdue").has("Reception").lacks("status=week")
		sound(t, "overview", page)
		text := lowri.get("/" + string(l) + "/lead/figures").want(http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.Body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 4 { // a heading, a team, those in none, everybody
			t.Fatalf("the sheet: %v %q", err, rows)
		}
		book := lowri.get("/" + string(l) + "/lead/figures?format=xlsx").want(http.StatusOK)
		page.has(`href="/` + string(l) + `/lead/figures?format=xlsx"`)
		if table, err := sheet.Read([]byte(book.Body)); err != nil || table.Kind != sheet.XLSX || !slices.Equal(table.Heading, rows[0]) || len(table.Rows) != 3 {
			t.Errorf("the workbook: %v %+v", err, table)
		} else {
			for i, row := range table.Rows {
				if !slices.Equal(row.Cells, rows[i+1]) {
					t.Errorf("the workbook says %q, the sheet %q", row.Cells, rows[i+1])
				}
			}
		}
		for i, of := range []string{"team=" + team, "team=none", ""} {
			row, sum := rows[i+1], 0
			for n, s := range due.Statuses {
				count, _ := strconv.Atoi(row[3+n])
				sum += count
				link := "status=" + string(s) + "&amp;" + of
				if of == "" {
					link = "status=" + string(s)
				}
				if count > 0 {
					page.has(fmt.Sprintf(`/lead/people?%s">%d<`, link, count))
				}
				lowri.get("/" + string(l) + "/lead/people?status=" + string(s) + "&" + of).want(http.StatusOK).has(h.words.T(l, "lead.people.count", "Count", count))
			}
			if row[2] != strconv.Itoa(sum) || sum == 0 {
				t.Errorf("%s: %q do not add up", l, row)
			}
		}
	}
	for _, at := range []string{"school-b/board-b", "school-a/board-b", "no/such"} {
		for _, path := range []string{"/en/lead", "/en/lead/figures", "/en/lead/invitations"} {
			sameAnswer(t, at, lowri.get(path+"?at="+at).want(http.StatusNotFound), lowri.get(path+"?at=nobody/s"))
		}
	}
}

// Who was invited and is not here yet is counted and listed apart, and so is an
// invitation whose e-mail was given up.
func TestTheOverviewCountsInvitations(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	before := h.count("people_invitations WHERE accepted_at IS NULL AND withdrawn_at IS NULL")
	lowri.post("/en/lead/invitations/new", url.Values{"email": {"mair@school-a.example"}, "name": {"Mair Owen"}, "role": {"learner"}, "job_role": {"education"}, "language": {"cy"}}).want(http.StatusSeeOther)
	if h.count("people_invitations WHERE accepted_at IS NULL AND withdrawn_at IS NULL") != before+1 {
		t.Fatal("nobody was invited")
	}
	lowri.get("/en/lead").want(http.StatusOK).has("state=waiting").lacks("state=undelivered")
	lowri.get("/cy/lead/invitations?state=waiting&at=school-a/board-a").want(http.StatusOK).has("Mair Owen").has(h.words.T(i18n.CY, "invitations.narrowed.waiting"))
	lowri.get("/en/lead/invitations?state=undelivered").want(http.StatusOK).lacks("Mair Owen")
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET done_at = NULL, failed_at = 1 WHERE kind = 'people.invited'").Error
	})
	lowri.get("/en/lead").want(http.StatusOK).has("state=undelivered")
	lowri.get("/en/lead/invitations?state=undelivered&at=school-a/board-a").want(http.StatusOK).has("Mair Owen")
	h.as("dilwyn").get("/en/lead").want(http.StatusOK).lacks("state=undelivered").lacks("state=waiting")
}

// The last day of a week ahead is the one that the list goes by, also where the clocks
// change in between.
func TestAWeekIsAWeekWhenTheClocksChange(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	asks(h.as("lowri"), ruleForm("basis", "on_day", "on_day", "2027-11-01", "days", "1"))
	h.clock.Set(time.Date(2027, time.October, 24, 23, 30, 0, 0, time.UTC)) // Monday, 00:30 in summer time
	h.settle()
	lowri := h.visitor().signIn("lowri")
	lowri.get("/en/lead").want(http.StatusOK).has("1 November 2027")
	lowri.get("/en/lead/people?status=week").want(http.StatusOK).has(folk["huw"].name)
}

// A sheet in a format that there is none of is refused; it is not sent as another.
func TestASheetOfNoFormatIsRefused(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	for _, format := range []string{"pdf", "XLSX", "csv,xlsx", "../x"} {
		lowri.get("/en/lead/figures?format=" + url.QueryEscape(format)).want(http.StatusNotFound)
		lowri.post("/cy/lead/people/export", url.Values{"format": {format}}).want(http.StatusNotFound)
	}
	if h.count("audit_events WHERE verb = 'people.list_exported'") != 0 {
		t.Error("a list that nobody got is noted as taken out")
	}
	for _, format := range []string{"", "csv", "xlsx"} {
		lowri.get("/en/lead/figures?format=" + format).want(http.StatusOK)
		lowri.post("/en/lead/people/export", url.Values{"format": {format}}).want(http.StatusOK)
	}
}
