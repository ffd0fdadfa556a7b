package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A backup under load is one moment: whole writes, none that were acknowledged
// before it is missing, and writers go on meanwhile.
func TestBackupUnderLoad(t *testing.T) {
	db := opened(t, Options{})
	body := strings.Repeat("x", 2000)
	pair := func(key string) error { // two rows that belong together
		return db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
			if err := tx.Exec("INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at) VALUES ('a', ?, ?, 1, 1)", key, body).Error; err != nil {
				return err
			}
			return tx.Exec("INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at) VALUES ('b', ?, ?, 1, 1)", key, body).Error
		})
	}
	const before = 1000 // about a thousand pages, so that the copying takes several steps
	for i := range before {
		if err := pair(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	stop := make(chan struct{})
	var writing sync.WaitGroup
	var written, steps atomic.Int64
	for w := range 4 {
		writing.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := pair(fmt.Sprint("load ", w, i)); err != nil {
					t.Error(err)
					return
				}
				written.Add(1)
			}
		})
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	var during int64
	got, err := Backup(t.Context(), db.Path(), to, func(done, of int) {
		steps.Add(1)
		was := written.Load()
		for written.Load() == was { // somebody writes between two steps
			runtime.Gosched()
		}
		during++
	})
	close(stop)
	writing.Wait()
	if err != nil || got.Version != Newest() || steps.Load() < 2 || during < 2 {
		t.Fatalf("%v, %+v, %d steps", err, got.Version, steps.Load())
	}
	rx, done, err := Peek(to)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	var a, b, single, old int
	err = rx(t.Context()).Raw(`SELECT count(*) FILTER (WHERE kind = 'a'), count(*) FILTER (WHERE kind = 'b'),
		(SELECT count(*) FROM (SELECT key FROM outbox_jobs GROUP BY key HAVING count(*) <> 2)),
		count(*) FILTER (WHERE kind = 'a' AND key NOT LIKE 'load%') FROM outbox_jobs`).Row().Scan(&a, &b, &single, &old)
	if err != nil || a != b || single != 0 || old != before {
		t.Errorf("%v: %d and %d rows, %d alone, %d from before", err, a, b, single, old)
	}
	if info, _ := os.Stat(to); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode())
	}
	alone(t, to)
}

// alone wants no file beside a backup.
func alone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

func TestBackupRefuses(t *testing.T) {
	db := opened(t, Options{})
	dir := t.TempDir()
	to := filepath.Join(dir, "copy.db")
	if err := os.WriteFile(to, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), db.Path(), to, nil); !errors.Is(err, ErrThere) {
		t.Errorf("written over: %v", err)
	}
	if was, _ := os.ReadFile(to); string(was) != "mine" {
		t.Error("the file that was there is gone")
	}
	alone(t, to)
	if _, err := Backup(t.Context(), filepath.Join(dir, "absent.db"), filepath.Join(dir, "b.db"), nil); err == nil {
		t.Error("a database that is not there was copied")
	}
	if _, err := Backup(t.Context(), to, filepath.Join(dir, "b.db"), nil); err == nil {
		t.Error("what is no database was copied")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Backup(stopped, db.Path(), filepath.Join(dir, "b.db"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	alone(t, to)
}

// A backup with a byte changed, cut off, or from a newer program is not taken
// for sound.
func TestInspectRefuses(t *testing.T) {
	db := opened(t, Options{})
	for i := range 200 {
		if err := db.Write(t.Context(), tester, putting(fmt.Sprint("key ", i))); err != nil {
			t.Fatal(err)
		}
	}
	good := filepath.Join(t.TempDir(), "good.db")
	if _, err := Backup(t.Context(), db.Path(), good, nil); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(b []byte) []byte{
		"half of it":      func(b []byte) []byte { return b[:len(b)/2] },
		"a page of zeros": func(b []byte) []byte { clear(b[8192:12288]); return b },
		"no database":     func([]byte) []byte { return []byte(strings.Repeat("no ", 3000)) },
		"nothing":         func([]byte) []byte { return nil },
	} {
		path := filepath.Join(t.TempDir(), "bad.db")
		if err := os.WriteFile(path, spoil(append([]byte(nil), whole...)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Inspect(t.Context(), path); err == nil {
			t.Errorf("%s: taken for sound", name)
		}
	}
	mustExec(t, raw(t, good), "INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)")
	if _, err := Inspect(t.Context(), good); err == nil || !strings.Contains(err.Error(), "newer Golau") {
		t.Errorf("a newer one: %v", err)
	}
}

// A snapshot sees one moment, whatever is written while it looks.
func TestSnapshotStandsStill(t *testing.T) {
	db := opened(t, Options{})
	err := db.Snapshot(t.Context(), func(rx Rx) error {
		if n := len(rows(t, rx)); n != 0 {
			t.Errorf("%d rows", n)
		}
		if err := db.Write(t.Context(), tester, putting("later")); err != nil {
			t.Error(err)
		}
		if n := len(rows(t, rx)); n != 0 {
			t.Errorf("%d rows, written after it began", n)
		}
		return nil
	})
	if err != nil || len(rows(t, db.Read(t.Context()))) != 1 {
		t.Error(err)
	}
}

// Litestream's two tables are no reason not to start; another's are.
func TestLitestreamMayHaveItsTables(t *testing.T) {
	db := opened(t, Options{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	mustExec(t, raw(t, db.Path()), "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
	mustExec(t, raw(t, db.Path()), "CREATE TABLE _litestream_lock (id INTEGER)")
	again := opened(t, Options{Path: db.Path()})
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	mustExec(t, raw(t, db.Path()), "CREATE TABLE _litestream_spy (id INTEGER)")
	wantRefusal(t, Options{Path: db.Path()}, "are not the ones this program made")
}
