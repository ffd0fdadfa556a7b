package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golau/internal/store"
)

// upgrading names, for the child of TestKillWhileUpgrading, what it upgrades.
const upgrading = "GOLAU_TEST_UPGRADE"

func upgrade(ctx context.Context, path string) (*store.DB, error) {
	return store.Open(ctx, store.Options{Path: path, BeforeMigration: backupBefore(path, slog.New(slog.NewTextHandler(io.Discard, nil)))})
}

// TestUpgradeChild is the program that TestKillWhileUpgrading kills.
func TestUpgradeChild(t *testing.T) {
	path := os.Getenv(upgrading)
	if path == "" {
		t.Skip("run by TestKillWhileUpgrading")
	}
	db, err := upgrade(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
}

// T1-10: an upgrade that is killed, at fifty moments from its first to after its
// last, leaves either the old schema or the new one, loses no row, and is simply
// done again.
func TestKillWhileUpgrading(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills fifty upgrades")
	}
	const migrations, oldest, rounds = "../../internal/store/migrations", 6, 50
	template := filepath.Join(t.TempDir(), "golau.db")
	before := schemaAt(t, template, migrations, oldest)
	child := func(path string) *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^TestUpgradeChild$")
		cmd.Env = append(os.Environ(), upgrading+"="+path)
		return cmd
	}
	fresh := func() string {
		path := filepath.Join(t.TempDir(), "golau.db")
		raw, err := os.ReadFile(template)
		if err == nil {
			err = os.WriteFile(path, raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	// The moments are spread over as long as the quickest of a few takes.
	whole := time.Hour
	for range 3 {
		path := fresh()
		began := time.Now()
		if out, err := child(path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		whole = min(whole, time.Since(began))
	}
	cut := 0
	for round := range rounds {
		path := fresh()
		cmd := child(path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(whole*time.Duration(round)/rounds, func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			cut++
		}
		timer.Stop()
		db, err := upgrade(t.Context(), path)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		for table, was := range before {
			if was.of(t, db.Read(t.Context()), table) != was.print {
				t.Errorf("round %d: table %s is not as it was", round, table)
			}
		}
		upgraded(t, db, oldest)
		db.Close()
	}
	if t.Logf("%d of %d upgrades were killed", cut, rounds); cut < rounds/3 {
		t.Errorf("only %d of %d upgrades were killed", cut, rounds)
	}
}
