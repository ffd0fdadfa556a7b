package steward

import (
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
	"golau/internal/store"
)

// furnished is a house with rows of every kind that passes: some that are old
// enough a hundred days on, and some that are not.
func furnished(t *testing.T) house {
	h := open(t)
	h.Keys = h.keys()
	org, board := h.place("one")
	boss := h.person("boss@one.example", "Mair Boss")
	h.member(boss, org, board, people.Admin)
	gone := h.person("gone@one.example", "Gwyn Gone")
	h.member(gone, org, board, people.Learner)
	h.write(func(tx store.Tx) error {
		var m string
		if err := tx.Raw("SELECT id FROM people_memberships WHERE person_id = ?", gone).Row().Scan(&m); err != nil {
			return err
		}
		return people.EndMembership(tx, m)
	})
	idle := h.person("idle@one.example", "Ifan Idle")
	h.member(idle, org, board, people.Learner)
	h.certified(idle, "Ifan Idle", "e1")
	h.old(org, board, boss, "old", 450)
	h.clock.Advance(730 * 24 * time.Hour)
	h.old(org, board, boss, "new", 5)
	h.write(func(tx store.Tx) error { // he has been warned for long enough
		at := store.At(tx.Now.AddDate(0, 0, -people.Notice))
		return tx.Exec("INSERT INTO people_warned (person_id, at, counts_from) VALUES (?, ?, ?)", idle, at, at).Error
	})
	lead := h.person("lead@one.example", "Lena Lead") // came today
	h.member(lead, org, board, people.Lead)
	return h
}

// old adds n rows of each kind, as of now.
func (h house) old(org, board, by, name string, n int) {
	h.write(func(tx store.Tx) error {
		for i := range n {
			id := name + string(rune('a'+i%26)) + string(rune('a'+i/26))
			now, soon := tx.Now, store.At(tx.Now.Add(time.Hour))
			for _, err := range []error{
				tx.Exec("INSERT INTO people_sessions (token_hash, person_id, created_at, expires_at, via) VALUES (?, ?, ?, ?, 'code')", id, by, now, soon).Error,
				tx.Exec(`INSERT INTO people_codes (id, purpose, outcome, account, email, email_key, language, nonce_hash, code_hash, link_hash, created_at, expires_at)
					VALUES (?, 'sign-in', 'stranger', ?, 'x@y.example', 'x@y.example', 'en', ?, ?, ?, ?, ?)`, id, id, id, id, id, now, soon).Error,
				tx.Exec(`INSERT INTO people_invitations (id, token_hash, email, email_key, name, language, organisation_id, board_id, role, job_role, invited_by,
					created_at, sent_at, expires_at) VALUES (?, ?, ?, ?, 'Guest', 'en', ?, ?, 'learner', 'health', ?, ?, ?, ?)`, id, id, id, id, org, board, by, now, now, soon).Error,
				tx.Exec("INSERT INTO people_signin_guesses (account, at) VALUES (?, ?)", id, now).Error,
				outbox.Put(tx, "a.kind", id, map[string]string{}), outbox.Settle(tx, "a.kind", id),
				audit.Record(tx, "people.invited", "invitation:"+id, map[string]any{"name": "Guest"}),
			} {
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (h house) due() (counts map[string]int) {
	h.t.Helper()
	all, err := h.DryRun(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	counts = map[string]int{}
	for _, d := range all {
		counts[d.Kind] = d.N
		if (d.N > 0) == d.Oldest.IsZero() {
			h.t.Errorf("%s: %d, the oldest of %v", d.Kind, d.N, d.Oldest)
		}
	}
	return counts
}

func (h house) schedule(days map[string]string) {
	h.t.Helper()
	if err := site.ChangeSchedule(h.t.Context(), h.DB, h.admin, days); err != nil {
		h.t.Fatal(err)
	}
}

// A dry run and the run say the same, kind by kind, and nothing goes that is not
// old enough. Nobody is erased before an administrator has said so.
func TestDryRunIsTheRun(t *testing.T) {
	h := furnished(t)
	if n := h.due()[people.Left] + h.due()[people.Inactive]; n != 0 {
		t.Errorf("%d people would go by default", n)
	}
	h.schedule(map[string]string{"left": "365", "inactive": "365"})
	before := h.due()
	if before["sessions"] != 450 || before["codes"] != 450 || before["invitations"] != 450 || before["guesses"] != 450 || before["jobs"] != 450 ||
		before["left"] != 1 || before["inactive"] != 1 || before["details"] < 450 {
		t.Errorf("%v", before)
	}
	if again := h.due(); len(again) != len(before) || h.count("site_retention_runs") != 0 {
		t.Error("looking changed something")
	}
	run, err := h.Retain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range before {
		if run.Counts[kind] != n {
			t.Errorf("%s: the dry run said %d, the run took %d", kind, n, run.Counts[kind])
		}
	}
	for kind, n := range h.due() {
		if n != 0 {
			t.Errorf("%d of %s are left", n, kind)
		}
	}
	for _, table := range []string{"people_sessions", "people_codes", "people_invitations", "people_signin_guesses", "outbox_jobs WHERE kind = 'a.kind'"} {
		if n := h.count(table); n != 5 {
			t.Errorf("%d are left in %s", n, table)
		}
	}
	if h.count("people_persons WHERE erased_at IS NOT NULL") != 2 || h.count("certificates_erased") != 1 || h.count("audit_events WHERE verb = 'site.retention_run'") != 1 {
		t.Error("people, certificates or the line of the run")
	}
	if _, err := audit.Verify(h.DB.Read(t.Context())); err != nil {
		t.Error(err)
	}
}

// A run that is cut off anywhere goes on: with the days it began with, without
// counting anything twice, and it is one line of the record.
func TestRetentionGoesOn(t *testing.T) {
	for _, table := range []string{"audit_details", "people_codes", "people_invitations", "people_persons", "site_retention_runs"} {
		h := furnished(t)
		h.schedule(map[string]string{"left": "365", "inactive": "365"})
		before := h.due()
		stop := map[string]string{
			"people_codes":        "DELETE ON people_codes WHEN (SELECT count(*) FROM people_codes) < 200",
			"people_invitations":  "DELETE ON people_invitations WHEN (SELECT count(*) FROM people_invitations) < 200",
			"people_persons":      "UPDATE ON people_persons WHEN (SELECT count(*) FROM people_persons WHERE erased_at IS NOT NULL) = 1",
			"audit_details":       "UPDATE ON audit_details WHEN (SELECT count(*) FROM audit_details WHERE detail = '') > 300",
			"site_retention_runs": "UPDATE ON site_retention_runs WHEN NEW.finished_at IS NOT NULL",
		}[table]
		h.write(func(tx store.Tx) error {
			return tx.Exec("CREATE TRIGGER test_stop BEFORE " + stop + " BEGIN SELECT RAISE(ABORT, 'stopped'); END").Error
		})
		if _, err := h.Retain(t.Context()); err == nil || !strings.Contains(err.Error(), "stopped") {
			t.Fatalf("%s: %v", table, err)
		}
		h.write(func(tx store.Tx) error { return tx.Exec("DROP TRIGGER test_stop").Error })
		h.schedule(map[string]string{"sessions": "36500"}) // of no matter to a run that has begun
		h.clock.Advance(time.Hour)
		if due, err := site.RunDue(h.DB.Read(t.Context())); !due || err != nil {
			t.Errorf("%s: what was cut off is not due: %v", table, err)
		}
		run, err := h.Retain(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for kind, n := range before {
			if run.Counts[kind] != n {
				t.Errorf("cut off at %s, %s: the dry run said %d, the run took %d", table, kind, n, run.Counts[kind])
			}
		}
		if h.count("site_retention_runs") != 1 || h.count("audit_events WHERE verb = 'site.retention_run'") != 1 {
			t.Errorf("%s: more than one run", table)
		}
	}
}

// It runs once a night, by itself, and keeps what it was told to keep.
func TestRetentionIsNightly(t *testing.T) {
	h := furnished(t)
	h.schedule(map[string]string{"details": "36500"})
	details := h.count("audit_details WHERE detail = ''")
	if err := h.Confirm(t.Context(), h.admin); err != nil { // two years have gone by
		t.Fatal(err)
	}
	for range 3 {
		if err := h.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if h.count("site_retention_runs") != 1 {
		t.Errorf("%d runs at once", h.count("site_retention_runs"))
	}
	if n := h.count("audit_details d JOIN audit_events e ON e.id = d.event_id WHERE d.detail = '' AND e.subject NOT LIKE 'invitation:%'"); n != details {
		t.Errorf("%d details have gone", n-details)
	}
	// An invitation that goes takes along what the record says of it by name.
	for name, want := range map[string]int{"old": 0, "new": 5} {
		if n := h.count("audit_details d JOIN audit_events e ON e.id = d.event_id WHERE d.detail <> '' AND e.subject LIKE 'invitation:' || ? || '%'", name); n != want {
			t.Errorf("%d details of %s invitations, want %d", n, name, want)
		}
	}
	h.clock.Advance(24 * time.Hour)
	if err := h.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h.count("site_retention_runs WHERE finished_at IS NOT NULL") != 2 {
		t.Error("no second night")
	}
}

// What the schedule will not take, and from whom.
func TestScheduleRefuses(t *testing.T) {
	h := open(t)
	h.onlyAdmins("the schedule", func(v people.Viewer) error {
		return site.ChangeSchedule(t.Context(), h.DB, v, map[string]string{"sessions": "9"})
	})
	h.onlyAdmins("the dry run", func(v people.Viewer) error { _, _, _, err := h.Schedule(t.Context(), v); return err })
	h.onlyAdmins("confirming", func(v people.Viewer) error { return h.Confirm(t.Context(), v) })
	for kind, typed := range map[string]string{"sessions": "0", "codes": "1", "jobs": "-9", "details": "0", "left": "29", "inactive": "99999", "guesses": "two"} {
		err := site.ChangeSchedule(t.Context(), h.DB, h.admin, map[string]string{kind: typed, "invitations": "12"})
		if p, ok := problem.As(err); !ok || len(p.Fields) != 1 || p.Fields[kind] == "" {
			t.Errorf("%s %s: %v", kind, typed, err)
		}
	}
	if h.count("site_retention") != 0 {
		t.Error("half of it was taken")
	}
	h.schedule(map[string]string{"left": " 365 ", "sessions": "30"})
	h.schedule(map[string]string{"left": "365"})
	if h.count("site_retention") != 1 || h.count("audit_events WHERE verb = 'site.retention_changed'") != 1 {
		t.Error("the same again, or what is as it was, was written")
	}
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range Kinds() {
		if len(passing(kind, h.DB.Now())) == 0 || !words.Has("retention.kind."+kind) || !words.Has("retention.why."+kind) {
			t.Errorf("%s: nothing passes, or it has no words", kind)
		}
	}
}
