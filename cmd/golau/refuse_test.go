package main

import (
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golau/internal/store"
)

// patience is when a test gives up waiting for the program. It bounds nothing:
// a busy machine may take seconds for what takes milliseconds. That a refusal
// takes less than a second is the bench's to measure, with the program alone:
// go run ./cmd/bench --only start --strict ends with 1 when it does not, and
// docs/running.md (Figures) says what it was.
const patience = 10 * time.Second

// refusal is a way of starting that would be unsafe.
type refusal struct {
	name string
	args []string
	env  []string
	data func(t *testing.T, dir string) // makes the data folder what it is
	says string
	code int // exitNo when 0
}

var refusals = []refusal{
	{name: "reachable without an address of its own", args: []string{"--addr", "0.0.0.0:0"}, says: "GOLAU_BASE_URL is needed"},
	{name: "the same, by the environment", env: []string{"GOLAU_ADDR=[::]:0"}, says: "GOLAU_BASE_URL is needed"},
	{name: "a name that is not this machine's", args: []string{"--addr", "localhost.example.org:0"}, says: "GOLAU_BASE_URL is needed"},
	{name: "an open line", env: []string{"GOLAU_BASE_URL=http://golau.example.org"}, says: "must begin with https"},
	{name: "an address that is none", env: []string{"GOLAU_BASE_URL=golau.example.org"}, says: "must look like https://"},
	{name: "an address with a path", env: []string{"GOLAU_BASE_URL=https://example.org/golau"}, says: "must look like https://"},
	{name: "an address of another kind", env: []string{"GOLAU_BASE_URL=javascript:alert(1)"}, says: "must look like https://"},
	{name: "the demonstration for everyone", args: []string{"--demo", "--addr", "0.0.0.0:0"}, says: "listens on this machine only"},
	{name: "the demonstration on every interface", args: []string{"--demo", "--addr", ":0"}, says: "listens on this machine only"},
	{name: "the demonstration behind a proxy", args: []string{"--demo", "--base-url", "https://golau.example.org"}, says: "cannot be reached from outside"},
	{name: "author's mode for everyone", args: []string{"--dev", "--addr", "0.0.0.0:0", "--base-url", "https://golau.example.org"}, says: "--dev"},
	{name: "PostgreSQL", env: []string{"GOLAU_DATABASE_URL=postgres://golau:geheim@db/golau"}, says: "PostgreSQL is not supported yet"},
	{name: "another database", env: []string{"GOLAU_DATABASE_URL=mysql://golau:geheim@db/golau"}, says: "is not understood"},
	{name: "a database with less care", env: []string{"GOLAU_DATABASE_URL=sqlite://golau.db?_pragma=synchronous(NORMAL)"}, says: "takes no parameters"},
	{name: "no port", args: []string{"--addr", "127.0.0.1"}, says: "must look like 127.0.0.1:8080"},
	{name: "proxies without end", env: []string{"GOLAU_TRUSTED_PROXIES=10.0.0.0/99"}, says: "is no network"},
	{name: "proxies by name", args: []string{"--trusted-proxies", "everyone"}, says: "is no network"},
	{name: "a way out over an open line", env: []string{"GOLAU_EXIT_URL=http://example.org"}, says: "must be an https address"},
	{name: "a way out that is a script", env: []string{"GOLAU_EXIT_URL=javascript:alert(1)"}, says: "must be an https address"},
	{name: "a log of another form", env: []string{"GOLAU_LOG=loud"}, says: "must be one of", code: exitWrongUse},
	{name: "a setting that does not exist", args: []string{"--insecure"}, says: "unknown flag", code: exitWrongUse},
	{name: "a mail server that is none", env: []string{"GOLAU_SMTP_URL=https://mail.example.org"}, says: "must look like smtp://"},
	{name: "a mail server's password that is nowhere", env: []string{"GOLAU_SMTP_URL=smtp://golau@mail.example.org?from=golau@example.org", "GOLAU_SMTP_PASSWORD_FILE=/nowhere/password"}, says: "cannot read the mail server's password"},
	{name: "an empty password", env: []string{"GOLAU_SMTP_URL=smtp://golau@mail.example.org?from=golau@example.org", "GOLAU_SMTP_PASSWORD_FILE=/dev/null"}, says: "on one line"},
	{name: "a password without a mail server", env: []string{"GOLAU_SMTP_PASSWORD_FILE=/dev/null"}, says: "needs GOLAU_SMTP_URL"},
	{name: "measurements for everyone", args: []string{"--metrics-addr", "0.0.0.0:0"}, says: "GOLAU_METRICS_OPEN"},
	{name: "backups for less than no days", args: []string{"--backup-keep=-1"}, says: "GOLAU_BACKUP_KEEP"},
	{name: "backups without end", args: []string{"--backup-every", "10s"}, says: "GOLAU_BACKUP_EVERY"},
	{name: "a stop that takes an hour", args: []string{"--drain-wait", "1h"}, says: "GOLAU_DRAIN_WAIT"},
	{name: "TLS for an address", args: []string{"--tls-domains", "192.0.2.1"}, says: "is no name of a site"},
	{name: "TLS for another site", args: []string{"--tls-domains", "golau.example.org", "--base-url", "https://other.example.org"}, says: "one of GOLAU_TLS_DOMAINS"},
	{name: "TLS for the demonstration", args: []string{"--demo", "--tls-domains", "golau.example.org", "--addr", "127.0.0.1:0", "--base-url", "https://localhost"}, says: "GOLAU_TLS_DOMAINS"},
	{name: "TLS from an open line", args: []string{"--tls-domains", "golau.example.org", "--tls-directory", "http://ca.example.org"}, says: "GOLAU_TLS_DIRECTORY"},
	{name: "no lessons", env: []string{"GOLAU_CONTENT=/dev/null"}, says: "course content"},

	{name: "a signing key that is none", data: over("keys/signing-key.pem", "-----BEGIN NONSENSE-----"), says: "restore it from a backup"},
	{name: "a signing key for everyone", data: func(t *testing.T, dir string) {
		if err := os.Chmod(filepath.Join(dir, "keys/signing-key.pem"), 0o644); err != nil {
			t.Fatal(err)
		}
	}, says: "others can read the signing key"},
	{name: "a seal that is too short", data: over("keys/seal.key", "short"), says: "is too short"},
	{name: "a secret of tokens that is too short", data: over("keys/api.key", "short"), says: "is too short"},
	{name: "an empty secret of tokens", data: over("keys/api.key", ""), says: "is too short"},
	{name: "an old secret of tokens that is too short", data: over("keys/api-old.key", strings.Repeat("x", 31)), says: "is too short"},
	{name: "a newer schema", data: change("INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)"), says: "made by a newer Golau"},
	{name: "a schema of someone else's", data: change("CREATE TABLE theirs (x)"), says: "are not the ones this program made"},
	{name: "an unguarded record", data: change("DROP TRIGGER quiz_answers_no_update"), says: "are not the ones this program made"},
	{name: "a database that is none", data: over("golau.db", strings.Repeat("no database ", 1000)), says: "cannot read the database"},
	{name: "a folder that is a file", data: func(t *testing.T, dir string) {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}, says: "cannot make the data folder"},
}

// Whoever starts the program in a way that could lose answers, or let strangers
// in, is told why in one line, and nothing is served.
func TestRefusesUnsafeStart(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program")
	}
	if _, err := binary(); err != nil { // not on the clock of the first
		t.Fatal(err)
	}
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			if r.data != nil {
				if started() == "" {
					t.Fatal("the first start was refused")
				}
				copyFolder(t, data, started())
				r.data(t, data)
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			cmd := command(t, ctx, append(r.env, "GOLAU_DATA="+data), append([]string{"serve"}, r.args...)...)
			began := time.Now()
			var out, said strings.Builder
			cmd.Stdout, cmd.Stderr = &out, &said
			err := cmd.Run()
			t.Logf("%v: %s", time.Since(began).Round(time.Millisecond), strings.TrimSpace(said.String()))
			if ctx.Err() != nil {
				t.Fatalf("it runs: %s", out.String())
			}
			want := max(r.code, exitNo)
			if code := exitCode(err); code != want {
				t.Errorf("ends with %d, want %d", code, want)
			}
			line := strings.TrimSuffix(said.String(), "\n")
			if !strings.HasPrefix(line, "golau: ") || strings.Contains(line, "\n") || !strings.Contains(line, r.says) {
				t.Errorf("says %q; want one line with %q", line, r.says)
			}
			if strings.Contains(line, "geheim") {
				t.Error("tells the password")
			}
			if out.Len() > 0 {
				t.Errorf("greets: %s", out.String())
			}
		})
	}
}

func exitCode(err error) int {
	if e, ok := err.(*exec.ExitError); ok {
		return e.ExitCode()
	}
	return exitDone
}

// started is a data folder as a first start leaves it, "" when it was refused.
var started = sync.OnceValue(func() string {
	dir := filepath.Join(templates, "started")
	ctx, stop := context.WithCancel(context.Background())
	if code := run(ctx, []string{"serve", "--data", dir, "--addr", "127.0.0.1:0"}, stopper(stop), os.Stderr); code != exitDone {
		return ""
	}
	return dir
})

// firstStart starts an installation of its own, stops it as soon as it has said
// how to begin, and returns how it ended.
func firstStart(t *testing.T, args ...string) int {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	return run(ctx, append([]string{"serve", "--data", t.TempDir(), "--addr", "127.0.0.1:0"}, args...), stopper(stop), os.Stderr)
}

// stopper stops the program when it has said how to begin.
type stopper func()

func (stop stopper) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "administrator") {
		stop()
	}
	return len(p), nil
}

func over(name, text string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func change(statement string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		db, err := sql.Open("sqlite", filepath.Join(dir, "golau.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// What these tests would miss: a start that is safe is not refused.
func TestSafeStart(t *testing.T) {
	if dir := started(); dir == "" {
		t.Fatal("a start with no settings at all is refused")
	}
	if _, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "golau.db"), Synchronous: "NORMAL"}); err == nil {
		t.Error("a database that may lose answers is opened")
	}
}
