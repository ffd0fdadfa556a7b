package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/store"
	"golau/internal/testneeds"
	"golau/quiz"

	"go.yaml.in/yaml/v3"
)

// tools is the folder of what drives a real browser.
const tools = "../../.ci/node"

// wholeWays are the journeys that go on to the end, and need people who have come
// to the last modules; the others use the same people for something else. So each group has a
// demonstration of its own.
var wholeWays = []string{"journeys/whole.test.mjs", "journeys/keyboard.test.mjs"}

// throughAgency is the journey that gives an agency a sign-in of its own, and
// that nobody else may meet on their sign-in page.
var throughAgency = []string{"journeys/sso.test.mjs"}

// TestJourneys has a real browser go through the demonstration, as built, and
// look at every page of it, of which none may be left out (unseen): see
// .ci/node/README.md. With SHOTS=folder it keeps
// pictures, with JOURNEYS=offline it goes only those of journeys/offline.test.mjs.
func TestJourneys(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes minutes")
	}
	node := testneeds.Tool(t, "node", "nodejs")
	if os.Getenv("CHROMIUM") == "" {
		testneeds.Tool(t, "chromium", "chromium")
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "playwright-core")); err != nil {
		testneeds.Missing(t, "the browser's driver is not installed: cd .ci/node && npm ci")
	}
	if shots := os.Getenv("SHOTS"); shots != "" && !filepath.IsAbs(shots) {
		t.Fatalf("SHOTS=%s must be a path from the root", shots)
	}
	files, err := filepath.Glob(tools + "/journeys/*.test.mjs")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no journeys (%v)", err)
	}
	var others []string
	for _, file := range files {
		if name := strings.TrimPrefix(file, tools+"/"); !slices.Contains(slices.Concat(wholeWays, throughAgency), name) {
			others = append(others, name)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 35*time.Minute)
	if deadline, limited := t.Deadline(); limited { // with time left to stop the browsers and to say how far they came
		ctx, cancel = context.WithDeadline(t.Context(), deadline.Add(-20*time.Second))
	}
	defer cancel()
	answers := oracle(t)
	looked := t.TempDir()
	groups := map[string][]string{"the whole way": wholeWays, "through the agency": throughAgency, "every page": others}
	if only := os.Getenv("JOURNEYS"); only != "" {
		name := "journeys/" + only + ".test.mjs"
		if !slices.Contains(slices.Concat(wholeWays, throughAgency, others), name) {
			t.Fatalf("JOURNEYS=%s: there is no %s", only, name)
		}
		groups = map[string][]string{only: {name}}
	}
	for name, files := range groups {
		t.Run(name, func(t *testing.T) { journeys(t, ctx, node, answers, looked, files) })
	}
	paths := lookedIn(t, looked)
	if len(groups) == 1 {
		t.Logf("looked at %d pages", len(paths))
		return
	}
	if missing := unseen(newHouse(t).routes, paths); len(missing) > 0 {
		t.Errorf("pages at which no journey looks: add a line to journeys/, or a reason to looked_test.go:\n%s", strings.Join(missing, "\n"))
	}
}

// journeys drives a browser through a demonstration of its own.
func journeys(t *testing.T, ctx context.Context, node, answers, looked string, files []string) {
	data := t.TempDir()
	site, err := startDemo(t, data)
	if err != nil {
		t.Fatal(err)
	}
	site.kill() // the pages that replace and withdraw ask an administrator for a reason: here it is done beside them
	path := filepath.Join(data, "demo", "golau.db")
	superseded, revoked := endTwo(t, path)
	if slices.Contains(wholeWays, files[0]) {
		nearly(t, path, []string{"working-together", "my-plan"}, "owen", "rhian", "sian", "megan", "dafydd")
		nearly(t, path, []string{"my-plan"}, "tom")
	}
	if site, err = startDemo(t, data); err != nil {
		t.Fatal(err)
	}
	var door bytes.Buffer // by which an administrator who is locked out comes in
	link := command(t, ctx, nil, "admin", "link", "--data", filepath.Join(data, "demo"), "--base-url", site.base, "--email", "alex@demo.example")
	link.Stdout, link.Stderr = &door, &door
	if err := link.Run(); err != nil {
		t.Fatal(err, door.String())
	}
	drive := exec.CommandContext(ctx, node, append([]string{"--test", "--test-concurrency=2", "--test-reporter=spec"}, files...)...)
	drive.Dir = tools
	drive.Env = append(os.Environ(), "GOLAU_BASE="+site.base, "GOLAU_ORACLE="+answers, "GOLAU_SUPERSEDED="+superseded, "GOLAU_REVOKED="+revoked,
		"GOLAU_MAIL="+filepath.Join(data, "demo", "mail"), "GOLAU_ADMIN_LINK="+strings.Fields(door.String())[1], "GOLAU_LOOKED="+looked)
	drive.Cancel = func() error { return drive.Process.Signal(os.Interrupt) } // which ends its browsers too
	drive.WaitDelay = 10 * time.Second
	out, err := drive.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	} else {
		t.Logf("%s", out)
	}

	site.kill()
	for line := range strings.Lines(site.errors.String()) {
		if strings.Contains(line, "level=ERROR") {
			t.Error(line)
		}
	}
}

// endTwo replaces one certificate of the crowd and withdraws another, and gives up
// a letter that its mail server refused.
func endTwo(t *testing.T, path string) (superseded, revoked string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: path, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(t.Context(), store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		var crowd []struct{ ID, PersonID string }
		if err := tx.Raw("SELECT id, person_id FROM certificates_issued WHERE person_id NOT IN (SELECT id FROM people_persons WHERE demo_key <> '') ORDER BY id LIMIT 2").Scan(&crowd).Error; err != nil {
			return err
		}
		if len(crowd) < 2 {
			return errors.New("the crowd has no two certificates")
		}
		superseded, revoked = crowd[0].ID, crowd[1].ID
		old, err := certificates.ByID(tx.Rx, crowd[0].PersonID, superseded)
		if err != nil {
			return err
		}
		if _, err := certificates.Reissue(tx, superseded, old.Award); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE outbox_jobs SET done_at = NULL, failed_at = ?, tries = 1, reason = '550 5.1.1 User unknown' WHERE id = (SELECT max(id) FROM outbox_jobs WHERE kind = 'course.completed')", tx.Now).Error; err != nil {
			return err
		}
		return certificates.Revoke(tx, revoked, "issued in error")
	})
	if err != nil {
		t.Fatal(err)
	}
	return superseded, revoked
}

// oracle writes the question banks for the journeys to read, as JSON, and
// returns the file's path.
func oracle(t *testing.T) string {
	t.Helper()
	files, err := fs.Glob(quiz.Content(), "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	for _, name := range files {
		raw, err := fs.ReadFile(quiz.Content(), name)
		if err != nil {
			t.Fatal(err)
		}
		var bank any
		if err := yaml.Unmarshal(raw, &bank); err != nil {
			t.Fatal(err)
		}
		if all[name], err = json.Marshal(bank); err != nil {
			t.Fatal(err)
		}
	}
	body, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "oracle.json")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
