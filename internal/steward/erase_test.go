package steward

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

func (h house) keys() *certificates.Keys {
	h.t.Helper()
	k, err := certificates.OpenKeys(filepath.Join(h.t.TempDir(), "keys"), rand.NewChaCha8([32]byte{1}))
	if err != nil {
		h.t.Fatal(err)
	}
	return k
}

// place makes an agency under a board and returns their ids.
func (h house) place(key string) (org, board string) {
	h.t.Helper()
	h.write(func(tx store.Tx) (err error) {
		name := i18n.Text{EN: key, CY: key}
		if board, err = people.AddBoard(tx, people.NewBoard{Key: key + "-board", Name: name}); err == nil {
			org, err = people.AddOrganisation(tx, people.NewOrganisation{Key: key, Kind: "school", Name: name})
		}
		if err == nil {
			err = people.LinkBoard(tx, org, board)
		}
		return err
	})
	return org, board
}

func (h house) member(person, org, board string, r people.Role) {
	h.t.Helper()
	h.write(func(tx store.Tx) error {
		_, err := people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: org, BoardID: board, Role: r, JobRole: people.Health})
		return err
	})
}

// certified has somebody hold a certificate that still waits for its signature.
func (h house) certified(person, name, enrolment string) {
	h.t.Helper()
	both := i18n.Text{EN: "x", CY: "x"}
	h.write(func(tx store.Tx) error {
		_, err := certificates.Issue(tx, certificates.Award{Person: person, HolderName: name, Enrolment: enrolment, Attempt: "a", Organisation: "o",
			Course: certificates.Course{Slug: "c", Title: both, Edition: "1", Minutes: 1}, Objectives: []i18n.Text{both}, Completed: tx.Now,
			Board: certificates.Board{ID: "b", Name: both}, Language: i18n.EN, EditionHash: "e"})
		return err
	})
}

// Twins of the same name under two boards: one is erased, the other keeps every
// row and every detail. What waited for its signature is signed first.
func TestEraseLeavesTheTwin(t *testing.T) {
	h := open(t)
	h.Keys = h.keys()
	org, board := h.place("one")
	org2, board2 := h.place("two")
	nia, twin := h.person("nia@one.example", "Nia Rhydderch"), h.person("nia@two.example", "Nia Rhydderch")
	h.member(nia, org, board, people.Learner)
	h.member(twin, org2, board2, people.Learner)
	h.certified(nia, "Nia Rhydderch", "e1")
	h.certified(twin, "Nia Rhydderch", "e2")
	boss := h.person("boss@one.example", "Mair Boss")
	h.member(boss, org, board, people.Admin)
	h.write(func(tx store.Tx) error {
		if err := outbox.Put(tx, "course.completed", "k1", map[string]string{"Person": nia}); err != nil {
			return err
		}
		return outbox.Put(tx, "course.completed", "k2", map[string]string{"Person": twin})
	})
	form := Erasing{Reason: "asked for it", Confirm: "nia@one.example"}
	if err := h.Erase(t.Context(), h.admin, nia, form); err != nil {
		t.Fatal(err)
	}
	if err := h.Erase(t.Context(), h.admin, nia, Erasing{}); err != nil {
		t.Errorf("twice: %v", err)
	}
	for _, table := range []string{"people_persons WHERE name = 'Nia Rhydderch'", "certificates_issued WHERE holder_name = 'Nia Rhydderch'",
		"certificates_signatures WHERE token <> ''", "outbox_jobs WHERE kind = 'course.completed'", "people_memberships WHERE ended_at IS NOT NULL",
		"audit_events WHERE verb = 'people.erased'"} {
		if n := h.count(table); n != map[bool]int{true: 0, false: 1}[strings.Contains(table, "token")] {
			t.Errorf("%d %s", n, table)
		}
	}
	if n := h.count("audit_details d JOIN audit_events e ON e.id = d.event_id WHERE d.detail = '' AND e.subject LIKE '%' || ?", twin); n != 0 {
		t.Errorf("%d details of the twin are empty", n)
	}
	if _, err := audit.Verify(h.DB.Read(t.Context())); err != nil {
		t.Error(err)
	}
	if n, err := certificates.Check(h.DB.Read(t.Context()), h.Keys); n != 2 || err != nil {
		t.Errorf("%d hold: %v", n, err)
	}
}

// Erasing is whole or not at all: whatever fails in it, everything is as it was.
func TestEraseIsWhole(t *testing.T) {
	for _, table := range []string{"people_persons", "people_memberships", "certificates_signatures", "outbox_jobs", "audit_details", "audit_events"} {
		h := open(t)
		h.Keys = h.keys()
		org, board := h.place("one")
		nia := h.person("nia@one.example", "Nia Rhydderch")
		h.member(nia, org, board, people.Learner)
		boss := h.person("boss@one.example", "Mair Boss")
		h.member(boss, org, board, people.Admin)
		h.certified(nia, "Nia Rhydderch", "e1")
		if _, err := certificates.SignAll(t.Context(), h.DB, h.Keys); err != nil {
			t.Fatal(err)
		}
		h.write(func(tx store.Tx) error {
			when := "UPDATE"
			if table == "outbox_jobs" || table == "audit_events" {
				when = "INSERT"
			}
			return tx.Exec("CREATE TRIGGER test_stop BEFORE " + when + " ON " + table + " BEGIN SELECT RAISE(ABORT, 'stopped'); END").Error
		})
		err := h.Erase(t.Context(), h.admin, nia, Erasing{Reason: "asked for it", Confirm: "nia@one.example"})
		if err == nil || !strings.Contains(err.Error(), "stopped") {
			t.Errorf("%s: %v", table, err)
		}
		if h.count("people_persons WHERE name = 'Nia Rhydderch'") != 1 || h.count("people_memberships WHERE ended_at IS NOT NULL") != 0 ||
			h.count("certificates_erased") != 0 || h.count("certificates_signatures WHERE token <> ''") != 1 || h.count("audit_details WHERE detail = ''") != 0 {
			t.Errorf("%s: half erased", table)
		}
	}
}

// What came while somebody was being looked for goes too: a certificate, and a
// line that holds their address.
func TestEraseTakesWhatCameMeanwhile(t *testing.T) {
	h := open(t)
	h.Keys = h.keys()
	org, board := h.place("one")
	nia := h.person("nia@one.example", "Nia Rhydderch")
	h.member(nia, org, board, people.Learner)
	boss := h.person("boss@one.example", "Mair Boss")
	h.member(boss, org, board, people.Admin)
	traced, err := traces(h.DB.Read(t.Context()), nia, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := traced.find(h.DB.Read(t.Context())); err != nil {
		t.Fatal(err)
	}
	h.certified(nia, "Nia Rhydderch", "late")
	if _, err := certificates.SignAll(t.Context(), h.DB, h.Keys); err != nil {
		t.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		return audit.Record(tx, "people.sign_in_failed", "site", map[string]any{"email": "nia@one.example"})
	})
	h.write(func(tx store.Tx) error { return traced.erase(tx, h.Keys, "asked for it") })
	if err := h.sweep(t.Context(), h.admin.Actor("test"), traced); err != nil {
		t.Fatal(err)
	}
	if n := h.count("audit_details WHERE detail LIKE '%Rhydderch%' OR detail LIKE '%nia@one%'"); n != 0 {
		t.Errorf("%d details still name her", n)
	}
	if _, err := audit.Verify(h.DB.Read(t.Context())); err != nil {
		t.Error(err)
	}
}

// Only whoever manages people may, not of themselves, and somebody must be left
// who administers the installation; a reason must not name whom it is about.
func TestWhoMayErase(t *testing.T) {
	h := open(t)
	h.Keys = h.keys()
	org, board := h.place("one")
	boss, nia := h.person("boss@one.example", "Mair Will"), h.person("nia@one.example", "Nia Rhydderch")
	h.member(boss, org, board, people.Admin)
	h.onlyAdmins("erasing", func(v people.Viewer) error {
		return h.Erase(context.Background(), v, nia, Erasing{Reason: "x", Confirm: "nia@one.example"})
	})
	h.onlyAdmins("looking", func(v people.Viewer) error { _, err := h.WouldErase(context.Background(), v, nia); return err })
	for who, want := range map[string]problem.Kind{boss: problem.Conflict, "nobody": problem.NotFound} {
		err := h.Erase(t.Context(), h.admin, who, Erasing{Reason: "x", Confirm: "boss@one.example"})
		if problem.KindOf(err) != want {
			t.Errorf("%s: %v", who, err)
		}
	}
	if err := h.Erase(t.Context(), as(boss, people.Admin), boss, Erasing{Reason: "x", Confirm: "boss@one.example"}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("oneself: %v", err)
	}
	for _, reason := range []string{"", "nia asked", "It was Rhydderch, again", "NIA@one.example wrote"} {
		err := h.Erase(t.Context(), h.admin, nia, Erasing{Reason: reason, Confirm: "nia@one.example"})
		if p, ok := problem.As(err); !ok || p.Fields["reason"] == "" || p.Fields["confirm"] != "" {
			t.Errorf("%q: %v", reason, err)
		}
	}
	err := h.Erase(t.Context(), h.admin, nia, Erasing{Reason: "asked", Confirm: "boss@one.example"})
	if p, ok := problem.As(err); !ok || p.Fields["confirm"] == "" {
		t.Errorf("another's address: %v", err)
	}
	l, err := h.WouldErase(t.Context(), h.admin, nia)
	if err != nil || l.Person.ID != nia || len(l.Goes) != len(goes)+1 {
		t.Errorf("%+v %v", l, err)
	}
}
