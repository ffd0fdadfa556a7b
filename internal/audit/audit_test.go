package audit_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// book is a database with a record of five lines.
type book struct {
	t     *testing.T
	db    *store.DB
	clock *storetest.Clock
}

const lines = 5

func open(t *testing.T) book {
	t.Helper()
	db, clock := storetest.Open(t)
	b := book{t, db, clock}
	for i := range lines {
		clock.Advance(time.Minute)
		b.record(store.Actor{Person: fmt.Sprint("person-", i), Via: "web"}, "test.changed", map[string]any{"name": fmt.Sprint("Siân ", i)})
	}
	b.holds(lines)
	return b
}

func (b book) write(by store.Actor, fn func(tx store.Tx) error) error {
	return b.db.Write(b.t.Context(), by, func(_ context.Context, tx store.Tx) error { return fn(tx) })
}

func (b book) record(by store.Actor, verb string, detail map[string]any) {
	b.t.Helper()
	if err := b.write(by, func(tx store.Tx) error { return audit.Record(tx, verb, "thing:1", detail) }); err != nil {
		b.t.Fatal(err)
	}
}

func (b book) holds(want int64) {
	b.t.Helper()
	if n, err := audit.Verify(b.db.Read(b.t.Context())); err != nil || n != want {
		b.t.Fatalf("%d lines hold: %v; want %d", n, err, want)
	}
}

// breaks wants the first fault at a line.
func (b book) breaks(at int64) {
	b.t.Helper()
	n, err := audit.Verify(b.db.Read(b.t.Context()))
	var f audit.Fault
	if !errors.As(err, &f) || f.ID != at || n != at-1 {
		b.t.Errorf("%d lines hold, then %v; want the fault at line %d", n, err, at)
	}
}

// intruder opens the file as somebody would who runs the server: past the
// program, and past the triggers.
func (b book) intruder() *sql.DB {
	b.t.Helper()
	var path string
	if err := b.db.Read(b.t.Context()).Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Row().Scan(&path); err != nil {
		b.t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(4000)")
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { raw.Close() })
	rows, err := raw.Query("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
	if err != nil {
		b.t.Fatal(err)
	}
	var triggers []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			b.t.Fatal(err)
		}
		triggers = append(triggers, name)
	}
	if rows.Close(); len(triggers) < 4 {
		b.t.Fatalf("only the triggers %v guard the record", triggers)
	}
	for _, name := range triggers {
		if _, err := raw.Exec("DROP TRIGGER " + name); err != nil {
			b.t.Fatal(err)
		}
	}
	return raw
}

func TestVerifyFindsTheFirstFault(t *testing.T) {
	moved := func(from, to int) string {
		return fmt.Sprintf("UPDATE audit_events SET id = %d WHERE id = %d", to, from)
	}
	for what, c := range map[string]struct {
		at  int64
		sql string
	}{
		"a verb changed":          {3, "UPDATE audit_events SET verb = 'test.nothing' WHERE id = 3"},
		"a subject changed":       {3, "UPDATE audit_events SET subject = 'thing:2' WHERE id = 3"},
		"an actor changed":        {3, "UPDATE audit_events SET actor = 'person-0' WHERE id = 3"},
		"a door changed":          {3, "UPDATE audit_events SET via = 'cli' WHERE id = 3"},
		"a time changed":          {3, "UPDATE audit_events SET at = at + 1 WHERE id = 3"},
		"the first changed":       {1, "UPDATE audit_events SET verb = 'test.nothing' WHERE id = 1"},
		"the last changed":        {5, "UPDATE audit_events SET verb = 'test.nothing' WHERE id = 5"},
		"a letter moved over":     {3, "UPDATE audit_events SET actor = 'person-2w', via = 'eb' WHERE id = 3"},
		"a hash changed":          {3, "UPDATE audit_events SET hash = hash || '0' WHERE id = 3"},
		"a detail's hash":         {3, "UPDATE audit_events SET detail_hash = 'x' WHERE id = 3"},
		"a line removed":          {3, "DELETE FROM audit_details WHERE event_id = 3; DELETE FROM audit_events WHERE id = 3"},
		"the first removed":       {1, "DELETE FROM audit_details WHERE event_id = 1; DELETE FROM audit_events WHERE id = 1"},
		"removed and closed up":   {3, "DELETE FROM audit_details WHERE event_id = 3; DELETE FROM audit_events WHERE id = 3; " + moved(4, 3) + "; " + moved(5, 4)},
		"a line put in":           {3, moved(5, 6) + "; " + moved(4, 5) + "; " + moved(3, 4) + "; INSERT INTO audit_events SELECT 3, at, 'eve', via, verb, subject, detail_hash, 'new', print FROM audit_events WHERE id = 4"},
		"a line put at the end":   {6, "INSERT INTO audit_events SELECT 6, at, actor, via, verb, subject, detail_hash, 'new', print FROM audit_events WHERE id = 5"},
		"a line before the first": {1, "INSERT INTO audit_events SELECT 0, at, actor, via, verb, subject, detail_hash, 'new', print FROM audit_events WHERE id = 1"},
		"two lines changed over":  {2, moved(2, 9) + "; " + moved(3, 2) + "; " + moved(9, 3)},
		"a detail changed":        {3, "UPDATE audit_details SET detail = '{\"name\":\"Eve\"}' WHERE event_id = 3"},
		"a print put in":          {3, "UPDATE audit_events SET print = 'x' WHERE id = 3"},
		"the last cut off":        {5, "DELETE FROM audit_details WHERE event_id = 5; DELETE FROM audit_events WHERE id = 5"},
		"the end cut off":         {4, "DELETE FROM audit_details WHERE event_id = 4; DELETE FROM audit_details WHERE event_id = 5; DELETE FROM audit_events WHERE id = 4; DELETE FROM audit_events WHERE id = 5"},
		"the head moved on":       {6, "UPDATE audit_head SET lines = 6"},
		"the head's hash changed": {5, "UPDATE audit_head SET hash = 'x'"},
		"a salt changed":          {3, "UPDATE audit_details SET salt = '00' WHERE event_id = 3"},
		"a detail half emptied":   {3, "UPDATE audit_details SET detail = '' WHERE event_id = 3"},
		"a detail removed":        {3, "DELETE FROM audit_details WHERE event_id = 3"},
		"details changed over": {2, "UPDATE audit_details SET event_id = 9 WHERE event_id = 2; " +
			"UPDATE audit_details SET event_id = 2 WHERE event_id = 3; UPDATE audit_details SET event_id = 3 WHERE event_id = 9"},
	} {
		t.Run(what, func(t *testing.T) {
			b := open(t)
			raw := b.intruder()
			for _, q := range strings.Split(c.sql, "; ") {
				if r, err := raw.Exec(q); err != nil {
					t.Fatalf("%s: %v", q, err)
				} else if n, _ := r.RowsAffected(); n != 1 {
					t.Fatalf("%s: %d rows", q, n)
				}
			}
			b.breaks(c.at)
		})
	}
}

// Erasure empties details and says which, and the record still holds.
func TestEmptiedDetailIsNoFault(t *testing.T) {
	b := open(t)
	b.record(store.Actor{}, "test.more", map[string]any{"name": "Siân"})
	for _, ids := range [][]int64{{3}, {1, 2, 3, 5}, {5}} {
		if err := b.write(store.Actor{Via: "cli"}, func(tx store.Tx) error { _, err := audit.Empty(tx, "person:1", nil, ids); return err }); err != nil {
			t.Fatal(err)
		}
	}
	b.holds(lines + 3) // what was empty is not emptied again
	if err := b.write(store.Actor{}, func(tx store.Tx) error { _, err := audit.Empty(tx, "person:1", []string{"thing:1"}, nil); return err }); err != nil {
		t.Fatal(err)
	}
	b.record(store.Actor{}, "test.more", nil)
	b.holds(lines + 5)
}

// Whoever empties a detail by the door that the triggers leave open, and says so
// in no line, is noticed, and so is whoever says that it was so before.
func TestEmptiedWithoutALine(t *testing.T) {
	empty := func(b book, id int) {
		t.Helper()
		if err := b.write(store.Actor{Via: "cli"}, func(tx store.Tx) error {
			return tx.Exec("UPDATE audit_details SET detail = '', salt = '' WHERE event_id = ?", id).Error
		}); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t)
	empty(b, 3)
	b.breaks(3)
	_, err := audit.Verify(b.db.Read(t.Context()))
	if err == nil || !strings.Contains(err.Error(), "emptied without a line") {
		t.Error(err)
	}
	b = open(t)
	if err := b.write(store.Actor{}, func(tx store.Tx) error { _, err := audit.Empty(tx, "person:1", nil, []int64{2, 4}); return err }); err != nil {
		t.Fatal(err)
	}
	empty(b, 3) // between two that a line covers
	b.breaks(3)
	if _, err := b.intruder().Exec("INSERT INTO audit_emptied_before (event_id) VALUES (3)"); err != nil {
		t.Fatal(err)
	}
	b.breaks(6) // the line says that there were none
}

// Nobody in the program can change the record, whichever way they word it.
func TestRecordIsAppendOnly(t *testing.T) {
	b := open(t)
	replace := "INSERT OR " + "REPLACE" // written apart, because no source may hold it
	for _, q := range []string{
		"UPDATE audit_events SET verb = 'x' WHERE id = 3",
		"UPDATE audit_events SET id = 9 WHERE id = 3",
		"DELETE FROM audit_events WHERE id = 3",
		"DELETE FROM audit_events",
		replace + " INTO audit_events SELECT id, at, 'eve', via, verb, subject, detail_hash, hash, print FROM audit_events WHERE id = 3",
		replace + " INTO audit_events SELECT 9, at, 'eve', via, verb, subject, detail_hash, hash, print FROM audit_events WHERE id = 3",
		"INSERT INTO audit_events SELECT * FROM audit_events WHERE id = 3 ON CONFLICT (id) DO UPDATE SET actor = 'eve'",
		"UPDATE audit_details SET detail = '{}' WHERE event_id = 3",
		"UPDATE audit_details SET detail = '' WHERE event_id = 3",
		"UPDATE audit_details SET salt = '' WHERE event_id = 3",
		"UPDATE audit_details SET event_id = 9, detail = '', salt = '' WHERE event_id = 3",
		"DELETE FROM audit_details WHERE event_id = 3",
		"UPDATE audit_head SET lines = 3",
		"UPDATE audit_head SET hash = 'x'",
		"DELETE FROM audit_head",
		replace + " INTO audit_details (event_id, salt, detail) VALUES (3, 'x', '{}')",
		replace + " INTO audit_details (event_id, salt, detail) VALUES (3, '', '')",
		"INSERT INTO audit_details (event_id, salt, detail) VALUES (99, '', '')",
	} {
		if err := b.write(store.Actor{Via: "web"}, func(tx store.Tx) error { return tx.Exec(q).Error }); err == nil {
			t.Errorf("done: %s", q)
		}
	}
	b.holds(lines)
}

func TestRecordTells(t *testing.T) {
	b := open(t)
	b.clock.Advance(time.Hour)
	b.record(store.Actor{Person: "megan", Via: "web"}, "test.told", map[string]any{"name": "Siân"})
	events, err := audit.About(b.db.Read(t.Context()), "thing:1")
	if err != nil || len(events) != lines+1 {
		t.Fatalf("%d lines: %v", len(events), err)
	}
	e := events[lines]
	if e.ID != lines+1 || e.Actor != "megan" || e.Via != "web" || e.Verb != "test.told" || e.Subject != "thing:1" || e.At != store.At(b.clock.Now()) {
		t.Errorf("line %+v", e)
	}
	// Names stand in the detail alone, so that emptying it erases them.
	if strings.Contains(fmt.Sprint(events), "Siân") {
		t.Error("a name stands in the chain")
	}
	if other, err := audit.About(b.db.Read(t.Context()), "thing:2"); err != nil || len(other) != 0 {
		t.Errorf("about something else: %v, %v", other, err)
	}
}

// The same detail twice has two hashes: who has one name cannot look for others.
func TestDetailIsSalted(t *testing.T) {
	b := open(t)
	for range 2 {
		b.record(store.Actor{}, "test.salted", map[string]any{"name": "Siân"})
	}
	events, err := audit.About(b.db.Read(t.Context()), "thing:1")
	if err != nil {
		t.Fatal(err)
	}
	if events[lines].DetailHash == events[lines+1].DetailHash {
		t.Error("two equal details have one hash")
	}
}

// What did not happen is not recorded, and leaves no gap.
func TestRolledBackIsNotRecorded(t *testing.T) {
	b := open(t)
	no := errors.New("no")
	err := b.write(store.Actor{}, func(tx store.Tx) error {
		if err := audit.Record(tx, "test.undone", "thing:1", nil); err != nil {
			return err
		}
		return no
	})
	if !errors.Is(err, no) {
		t.Fatal(err)
	}
	b.record(store.Actor{}, "test.more", nil)
	b.holds(lines + 1)
	if err := b.write(store.Actor{}, func(tx store.Tx) error {
		return audit.Record(tx, "test.odd", "thing:1", map[string]any{"f": func() {}})
	}); err == nil {
		t.Error("a detail that is no JSON is taken")
	}
	b.holds(lines + 1)
}

// Many at once share commits; their lines stand one after the other all the same.
func TestManyAtOnce(t *testing.T) {
	b := open(t)
	done := make(chan error)
	for i := range 50 {
		go func() {
			done <- b.write(store.Actor{Person: fmt.Sprint(i)}, func(tx store.Tx) error {
				if err := audit.Record(tx, "test.one", "thing:1", map[string]any{"i": i}); err != nil {
					return err
				}
				if i%5 == 0 {
					return errors.New("undone")
				}
				return audit.Record(tx, "test.two", "thing:1", nil)
			})
		}()
	}
	failed := 0
	for range 50 {
		if <-done != nil {
			failed++
		}
	}
	if failed != 10 {
		t.Errorf("%d were undone, want 10", failed)
	}
	b.holds(lines + 80)
}
