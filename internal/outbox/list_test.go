package outbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// Each job stands in one list; what was done long ago in none.
func TestListByState(t *testing.T) {
	o := open(t)
	o.put("old")
	o.once(o.worker(nil), 1)
	o.clock.Advance(8 * 24 * time.Hour)
	o.put("done")
	o.once(o.worker(nil), 1)
	o.put("bad")
	o.once(o.worker(func(context.Context, outbox.Job) error { return outbox.Refuse(errors.New("no")) }), 1)
	o.put("later")
	o.once(o.worker(func(context.Context, outbox.Job) error { return errors.New("later") }), 1)
	o.put("new")
	list := func(s outbox.State, before int64, n int) []outbox.Entry {
		t.Helper()
		es, err := outbox.List(o.db.Read(t.Context()), s, before, n)
		if err != nil {
			t.Fatal(err)
		}
		return es
	}
	for s, want := range map[outbox.State]string{outbox.Waiting: "new later", outbox.Failed: "bad", outbox.Done: "done"} {
		var keys []string
		for _, e := range list(s, 0, 10) {
			keys = append(keys, e.Key)
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
	first := list(outbox.Waiting, 0, 1)
	if rest := list(outbox.Waiting, first[0].ID, 10); len(rest) != 1 || rest[0].Key != "later" || rest[0].Reason != "later" || rest[0].Tries != 1 {
		t.Errorf("the next page is %+v", rest)
	}
	tally, err := outbox.TallyOf(o.db.Read(t.Context()))
	if err != nil || tally.Waiting != 2 || tally.Failed != 1 || tally.Done != 1 || tally.Oldest.IsZero() {
		t.Errorf("%+v, %v", tally, err)
	}
	if _, err := outbox.List(o.db.Read(t.Context()), "lost", 0, 1); problem.KindOf(err) != problem.NotFound {
		t.Errorf("an unknown state: %v", err)
	}
}

// A list reads the jobs of its state and no others.
func TestListsHaveTheirIndex(t *testing.T) {
	o := open(t)
	for where, index := range map[string]string{
		"outbox_jobs WHERE done_at IS NULL AND failed_at IS NULL AND id < 9 ORDER BY id DESC LIMIT 51":   "outbox_jobs_waiting",
		"outbox_jobs WHERE failed_at IS NOT NULL AND id < 9 ORDER BY id DESC LIMIT 51":                   "outbox_jobs_failed",
		"outbox_jobs INDEXED BY outbox_jobs_done WHERE done_at > 5 AND id < 9 ORDER BY id DESC LIMIT 51": "outbox_jobs_done",
	} {
		rows, err := o.db.Read(t.Context()).Raw("EXPLAIN QUERY PLAN SELECT payload FROM " + where).Rows()
		if err != nil {
			t.Fatal(err)
		}
		plan := ""
		for rows.Next() {
			var a, b, c int
			var detail string
			if err := rows.Scan(&a, &b, &c, &detail); err != nil {
				t.Fatal(err)
			}
			plan += detail + "\n"
		}
		rows.Close()
		if !strings.Contains(plan, index) {
			t.Errorf("%s goes another way:\n%s", where, plan)
		}
	}
}

// Trying again gives a job its tries back; what is done stays done.
func TestAgain(t *testing.T) {
	o := open(t)
	o.put("bad")
	o.once(o.worker(func(context.Context, outbox.Job) error { return outbox.Refuse(errors.New("no")) }), 1)
	const id = 1
	again := func(id int64) (kind string, err error) {
		err = o.db.Write(t.Context(), store.Actor{Via: "web"}, func(_ context.Context, tx store.Tx) (err error) {
			kind, err = outbox.Again(tx, id)
			return err
		})
		return kind, err
	}
	if kind, err := again(id); err != nil || kind != letter {
		t.Fatalf("%q, %v", kind, err)
	}
	if r := o.row("bad"); !r.FailedAt.IsZero() || r.Tries != 0 {
		t.Errorf("row %+v", r)
	}
	o.once(o.worker(nil), 1)
	if _, err := again(id); problem.KindOf(err) != problem.Conflict {
		t.Errorf("what is done: %v", err)
	}
	if _, err := again(2); problem.KindOf(err) != problem.NotFound {
		t.Errorf("what is not there: %v", err)
	}
}
