package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/people"
	"golau/internal/store"
)

// What somebody takes out is everything of theirs and nothing of anybody else:
// no other name, address or id, no key of a question, no hash of a secret.
func TestOwnDataIsOnesOwn(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(func(tx store.Tx) error { return people.Rename(tx, h.id["lowri"], "Lowri Haf Newydd") })
	for _, who := range []string{"nia", "beca"} {
		r := h.as(who).post("/cy/account/data", nil).want(http.StatusOK)
		if !strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment") || r.Header.Get("Content-Type") != "application/zip" {
			t.Errorf("%v", r.Header)
		}
		z, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
		if err != nil {
			t.Fatal(err)
		}
		all, pdfs := "", 0
		for _, f := range z.File {
			open, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(open)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(f.Name, ".pdf") {
				pdfs++
				if f.Name != "certificates/"+certificates.Number(h.did[who].certificate)+".pdf" || !strings.HasPrefix(string(raw), "%PDF") {
					t.Errorf("%s", f.Name)
				}
				continue
			}
			all += string(raw)
			if f.Name == "data.json" {
				var tables map[string][]map[string]any
				if err := json.Unmarshal(raw, &tables); err != nil {
					t.Fatal(err)
				}
				for name, least := range map[string]int{"people_persons": 1, "people_memberships": 1, "quiz_attempts": 4, "quiz_answers": 20, "quiz_marks": 3,
					"course_completions": 1, "certificates_issued": 1, "audit_events": 10, "outbox_jobs": 1, "course_sections_read": 5} {
					if len(tables[name]) < least {
						t.Errorf("%s: %d rows of %s", who, len(tables[name]), name)
					}
				}
			}
		}
		if pdfs != 1 || !strings.Contains(all, folk[who].name) || !strings.Contains(all, h.did[who].final) {
			t.Errorf("%s: %d certificates, or their own is not in it", who, pdfs)
		}
		for other, m := range folk {
			if other == who {
				continue
			}
			for _, foreign := range []string{m.name, m.email, h.id[other], h.session[other]} {
				if strings.Contains(all, foreign) {
					t.Errorf("%s takes out %q of %s", who, foreign, other)
				}
			}
		}
		if who == "nia" && found(all) {
			t.Error("Nia takes out what is board B's")
		}
		for _, secret := range []string{"answer_key", "password_hash", "token_hash", "$argon2"} {
			if strings.Contains(all, secret) {
				t.Errorf("%s takes out %s", who, secret)
			}
		}
	}
	nia := h.as("nia")
	nia.post("/en/account/data", nil).want(http.StatusOK)
	nia.post("/en/account/data", nil).want(http.StatusOK)
	nia.post("/en/account/data", nil).want(http.StatusTooManyRequests).has(h.words.T("en", "steward.data_often"))
	sound(t, "account", nia.get("/cy/account").want(http.StatusOK))
}

// What staff did is about others: taken out, it names none of them.
func TestOwnDataOfStaffNamesNobodyElse(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	alun.post("/en/admin/people/"+h.id["huw"]+"/suspend", url.Values{"reason": {"left us"}}).want(http.StatusSeeOther)
	for _, who := range []string{"lowri", "gwen", "alun"} {
		r := h.as(who).post("/en/account/data", nil).want(http.StatusOK)
		z, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, f := range z.File {
			open, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(open)
			if err != nil {
				t.Fatal(err)
			}
			all += string(raw)
		}
		if !strings.Contains(all, folk[who].name) || who == "alun" && !strings.Contains(all, "suspended") {
			t.Errorf("%s does not take out what is theirs", who)
		}
		for other, m := range folk {
			for _, foreign := range []string{m.name, m.email, h.session[other]} {
				if other != who && strings.Contains(all, foreign) {
					t.Errorf("%s takes out %q of %s", who, foreign, other)
				}
			}
		}
	}
}
