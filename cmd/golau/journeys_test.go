package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/testneeds"
	"golau/quiz"

	"github.com/goccy/go-yaml"
)

// tools is the folder of what drives a real browser.
const tools = "../../.ci/node"

// TestJourneys has a real browser go through the demonstration, as built, and
// look at every page of it: see .ci/node/README.md. With SHOTS=folder it keeps
// pictures.
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
	args := []string{"--test", "--test-concurrency=2", "--test-reporter=spec"}
	for _, file := range files {
		args = append(args, strings.TrimPrefix(file, tools+"/"))
	}
	site, err := startDemo(t, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 12*time.Minute)
	if deadline, limited := t.Deadline(); limited { // with time left to stop the browsers and to say how far they came
		ctx, cancel = context.WithDeadline(t.Context(), deadline.Add(-20*time.Second))
	}
	defer cancel()
	drive := exec.CommandContext(ctx, node, args...)
	drive.Dir = tools
	drive.Env = append(os.Environ(), "GOLAU_BASE="+site.base, "GOLAU_ORACLE="+oracle(t))
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
		if all[name], err = yaml.YAMLToJSON(raw); err != nil {
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
