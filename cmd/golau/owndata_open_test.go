package main

import (
	"archive/zip"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/people"
	"golau/internal/store"
)

// What somebody takes out has the invitation to their address that they have not
// accepted, and the words in which their certificate was withdrawn; and of
// neither anybody else's.
func TestOwnDataHasWhatIsOpen(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun, err := h.people.Resolve(t.Context(), h.session["alun"])
	if err != nil {
		t.Fatal(err)
	}
	m, err := people.MembershipsOf(h.db.Read(t.Context()), h.id["alun"])
	if err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{strings.ToUpper(folk["nia"].email), "nobody@shared.example"} {
		plan, err := h.people.Invite(t.Context(), alun, []people.NewInvitation{{Email: email, Name: "Nia Wahoddedig", Organisation: m[0].Organisation.Name.EN,
			Board: m[0].Board.Name.EN, Role: people.Lead, JobRole: people.Health, Language: "cy"}}, h.spare("alun"))
		if err != nil || len(plan) != 1 || len(plan[0].Problems) > 0 {
			t.Fatalf("%+v %v", plan, err)
		}
	}
	h.write(func(tx store.Tx) error {
		return certificates.Revoke(tx, h.did["nia"].certificate, "The assessment was taken by somebody else’s hand")
	})
	for who, want := range map[string]int{"nia": 1, "beca": 0} {
		r := h.as(who).post("/en/account/data", nil).want(http.StatusOK)
		z, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("data.json")
		if err != nil {
			t.Fatal(err)
		}
		var tables map[string][]map[string]any
		if err := json.NewDecoder(f).Decode(&tables); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, i := range tables["people_invitations"] {
			if i["accepted_at"] == nil {
				n++
				if i["agency_cy"] != m[0].Organisation.Name.CY || i["expires_at"] == nil || !strings.EqualFold(i["email"].(string), folk[who].email) {
					t.Errorf("%s: %v", who, i)
				}
			}
		}
		if n != want {
			t.Errorf("%s has %d open invitations, want %d", who, n, want)
		}
		words := 0
		for _, s := range tables["certificates_status"] {
			if s["status"] == "revoked" && strings.Contains(s["reason"].(string), "somebody else’s hand") {
				words++
			}
		}
		if words != want {
			t.Errorf("%s reads of %d withdrawals, want %d", who, words, want)
		}
	}
}
