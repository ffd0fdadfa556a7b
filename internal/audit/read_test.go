package audit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

func ids(ls []audit.Line) string {
	s := ""
	for _, l := range ls {
		s += fmt.Sprint(l.ID, " ")
	}
	return strings.TrimSpace(s)
}

// Each filter chooses its lines, the newest first, and pages go on where the
// last one ended.
func TestPage(t *testing.T) {
	db, clock := storetest.Open(t)
	b := book{t: t, db: db, clock: clock}
	nia, door := store.Actor{Person: "nia", Via: "web"}, store.Actor{Via: "cli"}
	write := func(by store.Actor, verb, subject string) {
		t.Helper()
		if err := b.write(by, func(tx store.Tx) error { return audit.Record(tx, verb, subject, map[string]any{"x": 1}) }); err != nil {
			t.Fatal(err)
		}
	}
	start := store.At(b.clock.Now())
	write(nia, "test.one", "person:huw") // 1
	write(door, "test.two", "person:nia")
	b.clock.Advance(48 * time.Hour)
	second := store.At(b.clock.Now())
	write(nia, "test.two", "thing:1") // 3
	b.clock.Advance(-72 * time.Hour)  // the clock was set back
	write(door, "test.one", "thing:1")
	b.clock.Advance(200 * time.Hour)
	write(door, "test.odd", "thing:2") // 5
	for _, c := range []struct {
		f    audit.Filter
		want string
	}{
		{audit.Filter{}, "5 4 3 2 1"},
		{audit.Filter{Persons: []string{"nia"}}, "3 2 1"},
		{audit.Filter{Persons: []string{"huw"}}, "1"},
		{audit.Filter{Verb: "test.one"}, "4 1"},
		{audit.Filter{Subject: "thing:1"}, "4 3"},
		{audit.Filter{Via: "cli"}, "5 4 2"},
		{audit.Filter{Via: "cli", Verb: "test.one"}, "4"},
		{audit.Filter{Persons: []string{"nia"}, Verb: "test.two"}, "3 2"},
		{audit.Filter{From: start}, "5 3 2 1"},
		{audit.Filter{To: second}, "4 2 1"},
		{audit.Filter{From: start, To: second, Verb: "test.two"}, "2"},
		{audit.Filter{From: store.At(b.clock.Now().Add(time.Hour))}, ""},
	} {
		all, err := audit.Page(b.db.Read(t.Context()), c.f, 0, 10)
		if err != nil || ids(all) != c.want {
			t.Errorf("%+v: %q, %v; want %q", c.f, ids(all), err, c.want)
		}
		paged, before := "", int64(0)
		for range 10 {
			page, err := audit.Page(b.db.Read(t.Context()), c.f, before, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			before = page[0].ID
			paged += ids(page) + " "
		}
		if strings.TrimSpace(paged) != c.want {
			t.Errorf("%+v by pages of one: %q", c.f, paged)
		}
	}
	verbs, err := audit.Verbs(b.db.Read(t.Context()))
	doors, err2 := audit.Doors(b.db.Read(t.Context()))
	if strings.Join(verbs, " ")+"|"+strings.Join(doors, " ") != "test.odd test.one test.two|cli web" || err != nil || err2 != nil {
		t.Errorf("%v %v %v %v", verbs, doors, err, err2)
	}
}

// With a million lines a page must not read them all: every filter goes by an
// index that has the lines in order, so that nothing is sorted, and nothing is
// scanned but what is shown. A person's lines are few enough to be gathered.
func TestPagesGoByAnIndex(t *testing.T) {
	b := open(t)
	for words, index := range map[string]string{
		"":                                  "INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
		"e.verb = 'x' AND ":                 "audit_events_verb",
		"e.subject = 'x' AND ":              "audit_events_subject",
		"e.via = 'x' AND ":                  "audit_events_via",
		"e.via = 'x' AND e.verb = 'y' AND ": "audit_events_v",
		"e.at >= 1 AND e.at < 2 AND ":       "INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
		"e.verb = 'x' AND e.at >= 1 AND e.at < 2 AND ": "audit_events_verb",
		"e.id IN (SELECT id FROM audit_events WHERE actor = 'x' AND actor <> '' UNION SELECT id FROM audit_events WHERE subject = 'y') AND ": "audit_events_actor",
	} {
		plan := b.plan("SELECT e.id, d.detail FROM audit_events e LEFT JOIN audit_details d ON d.event_id = e.id WHERE " + words +
			"e.id >= 1 AND e.id < 999 ORDER BY e.id DESC LIMIT 51")
		if !strings.Contains(plan, index) || strings.Contains(plan, "SCAN e") || strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") {
			t.Errorf("%s goes another way:\n%s", words, plan)
		}
	}
	if plan := b.plan("SELECT min(id), max(id) FROM audit_events WHERE at >= 1 AND at < 2"); !strings.Contains(plan, "COVERING INDEX audit_events_at") {
		t.Error(plan)
	}
}

func (b book) plan(query string) (plan string) {
	b.t.Helper()
	rows, err := b.db.Read(b.t.Context()).Raw("EXPLAIN QUERY PLAN " + query).Rows()
	if err != nil {
		b.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var x, y, z int
		var detail string
		if err := rows.Scan(&x, &y, &z, &detail); err != nil {
			b.t.Fatal(err)
		}
		plan += detail + "\n"
	}
	return plan
}

// What came of the last check is kept, and not for ever.
func TestChecksAreKept(t *testing.T) {
	b := open(t)
	if c, err := audit.LastCheck(b.db.Read(t.Context())); err != nil || c.Whole() {
		t.Errorf("%+v, %v", c, err)
	}
	for n := range 120 {
		fault := ""
		if n == 119 {
			fault = "line 3"
		}
		if err := b.write(store.Actor{Via: "worker"}, func(tx store.Tx) error { return audit.NoteCheck(tx, int64(n), fault) }); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := audit.LastCheck(b.db.Read(t.Context())); err != nil || c.Lines != 119 || c.Whole() {
		t.Errorf("%+v, %v", c, err)
	}
	var kept int
	if b.db.Read(t.Context()).Raw("SELECT count(*) FROM audit_checks").Scan(&kept); kept != 100 {
		t.Errorf("%d are kept", kept)
	}
}
