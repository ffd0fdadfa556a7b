package store

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A moment comes back from a STRICT table as it went in: UTC, to the
// microsecond; no moment is NULL.
func TestTimeRoundTrip(t *testing.T) {
	db := opened(t, Options{})
	there := func(in Time) (out Time, kind string) {
		t.Helper()
		err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
			if err := tx.Exec("INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at, done_at) VALUES ('t', ?, '', 0, 0, ?)",
				tx.NewID(), in).Error; err != nil {
				return err
			}
			var row struct {
				DoneAt Time
				Kind   string
			}
			err := tx.Raw("SELECT done_at, typeof(done_at) AS kind FROM outbox_jobs ORDER BY id DESC LIMIT 1").Scan(&row).Error
			out, kind = row.DoneAt, row.Kind
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out, kind
	}
	if out, kind := there(Time{}); !out.IsZero() || kind != "null" {
		t.Errorf("no moment is kept as %s and read as %v", kind, out)
	}
	if out, kind := there(At(time.Unix(0, 0))); out.IsZero() || kind != "integer" || out.UnixMicro() != 0 {
		t.Errorf("the epoch is kept as %s and read as %v", kind, out)
	}
	cardiff := time.FixedZone("", 3600)
	rapid.Check(t, func(r *rapid.T) {
		in := time.Unix(rapid.Int64Range(-1<<33, 1<<34).Draw(r, "s"), rapid.Int64Range(0, 999_999_999).Draw(r, "ns")).In(cardiff)
		out, _ := there(At(in))
		if !out.Equal(in.Truncate(time.Microsecond)) || out.Location() != time.UTC || out != At(in) {
			r.Fatalf("%v came back as %v", in, out)
		}
	})
}

// Text in place of a time is a mistake, not a moment.
func TestTimeRefusesText(t *testing.T) {
	for _, v := range []any{"2026-11-23", 1.5, []byte("1"), time.Now()} {
		if err := new(Time).Scan(v); err == nil {
			t.Errorf("%T is taken for a time", v)
		}
	}
}

// A transaction happens at one moment.
func TestOneMoment(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 123456789, time.UTC)
	db := opened(t, Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		first := tx.Now
		_ = db.Now() // time goes on elsewhere
		if tx.Now != first || first.Nanosecond() != 123456000 || tx.By != tester {
			t.Errorf("%v by %v", first, tx.By)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
