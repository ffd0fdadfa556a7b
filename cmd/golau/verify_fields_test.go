package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"
)

// whoseRow is what the record holds of a certificate, as SQL tells it.
type whoseRow struct {
	HolderName, TitleEN, TitleCY, Edition, EditionHash, Language, Objectives, BoardEN, BoardCY string
	Minutes                                                                                    int
	CompletedAt, ValidUntil                                                                    store.Time
}

// The check shows every line that contract and paper have, in both languages and
// whatever became of the certificate, and nothing else of the holder.
func TestTheCheckShowsEveryField(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	genuine := h.did["nia"].certificate
	fields(t, h, genuine, certificates.Valid)
	replaced, withdrawn := h.ended(t)
	fields(t, h, replaced, certificates.Superseded)
	fields(t, h, withdrawn, certificates.Revoked)
	var anew string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued WHERE person_id = ? AND revision = 2", h.id["nia"]).Scan(&anew).Error; err != nil {
		t.Fatal(err)
	}
	fields(t, h, anew, certificates.Valid)
	h.clock.Advance(366 * 3 * 24 * time.Hour)
	fields(t, h, anew, certificates.Expired)
	for _, lang := range i18n.Langs {
		unknown := h.visitor().get("/" + string(lang) + "/verify/" + strings.Repeat("7", 25) + "0")
		if rows := findAll(unknown.doc(), tag("dt")); unknown.Status != 404 || len(rows) != 0 {
			t.Errorf("of no certificate: %d, %d lines", unknown.Status, len(rows))
		}
	}
}

// fields compares the page with the row, word for word.
func fields(t *testing.T, h *house, id string, status certificates.Status) {
	t.Helper()
	var row whoseRow
	err := h.db.Read(t.Context()).Raw(`SELECT holder_name, title_en, title_cy, edition, edition_hash, language, objectives, board_en, board_cy, minutes, completed_at, valid_until
		FROM certificates_issued WHERE id = ?`, id).Scan(&row).Error
	if err != nil {
		t.Fatal(err)
	}
	var can []i18n.Text
	if err := json.Unmarshal([]byte(row.Objectives), &can); err != nil || len(can) < 3 {
		t.Fatalf("%d objectives, %v", len(can), err)
	}
	says := func(l i18n.Lang, key string) string { return h.words.T(l, key) }
	for lang, labels := range map[i18n.Lang][]string{
		i18n.EN: {"Name", "Course", "Completed", "Valid until", "Notional learning time", "Edition", "Taken in", "Issued by", "What the course teaches and tests", "Number", "Status"},
		i18n.CY: {"Enw", "Cwrs", "Cwblhawyd", "Yn ddilys tan", "Amser dysgu tybiannol", "Argraffiad", "Iaith yr asesiad", "Cyhoeddwyd gan", "Yr hyn y mae’r cwrs yn ei ddysgu ac yn ei brofi", "Rhif", "Statws"},
	} {
		title, board := row.TitleEN+" "+row.TitleCY, row.BoardEN
		if lang == i18n.CY {
			title, board = row.TitleCY+" "+row.TitleEN, row.BoardCY
		}
		var objectives []string
		for _, o := range can {
			objectives = append(objectives, o.In(lang))
		}
		want := []string{row.HolderName, title, i18n.Date(lang, row.CompletedAt.Time), i18n.Date(lang, row.ValidUntil.Time), i18n.Minutes(lang, row.Minutes),
			row.Edition + " (" + row.EditionHash + ") " + says(lang, "certificates.sheet.unreviewed"), says(lang, "language."+row.Language), board,
			strings.Join(objectives, " "), certificates.Number(id), says(lang, "verify.status_"+string(status))}
		page := h.visitor().get("/" + string(lang) + "/verify/" + id).want(200).has(says(lang, "verify.title_"+string(status)))
		names, values := findAll(page.doc(), tag("dt")), findAll(page.doc(), tag("dd"))
		if len(names) != len(labels) || len(values) != len(labels) {
			t.Fatalf("%s %s: %d names and %d values, want %d", lang, status, len(names), len(values), len(labels))
		}
		for i := range labels {
			if got := textOf(names[i]); got != labels[i] {
				t.Errorf("%s %s: line %d is named %q, want %q", lang, status, i+1, got, labels[i])
			}
			if got := textOf(values[i]); got != want[i] {
				t.Errorf("%s %s: %s is %q, want %q", lang, status, labels[i], got, want[i])
			}
		}
		private(t, h, page)
	}
}

// private looks for what the check never shows: address, place of work, job,
// score, why a certificate was withdrawn.
func private(t *testing.T, h *house, page *reply) {
	t.Helper()
	never := []string{"@", "%", "issued in error"}
	var agencies []struct{ NameEN, NameCY string }
	if err := h.db.Read(t.Context()).Raw("SELECT name_en, name_cy FROM people_organisations").Scan(&agencies).Error; err != nil || len(agencies) < 3 {
		t.Fatalf("%d agencies, %v", len(agencies), err)
	}
	for _, a := range agencies {
		never = append(never, a.NameEN, a.NameCY)
	}
	for _, l := range i18n.Langs {
		never = append(never, h.words.T(l, "people.job_role.education"))
	}
	shown := strings.ToLower(textOf(find(page.doc(), tag("main"))))
	for _, word := range never {
		if strings.Contains(shown, strings.ToLower(word)) {
			t.Errorf("%s says %q", page.path, word)
		}
	}
}
