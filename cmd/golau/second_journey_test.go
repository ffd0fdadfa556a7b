package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/testneeds"
)

// TestSecondStepJourney has a real browser set a second step up on a real site,
// from the link of the first start, and look at every page of it.
func TestSecondStepJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a minute")
	}
	realJourney(t, "second-step")
}

// realJourney drives journeys/real/<name>.test.mjs through a site that is no
// demonstration, with the link that makes its first administrator.
func realJourney(t *testing.T, name string) {
	t.Helper()
	node := testneeds.Tool(t, "node", "nodejs")
	if os.Getenv("CHROMIUM") == "" {
		testneeds.Tool(t, "chromium", "chromium")
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "playwright-core")); err != nil {
		testneeds.Missing(t, "the browser's driver is not installed: cd .ci/node && npm ci")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	site := command(t, ctx, nil, "serve", "--data", t.TempDir(), "--addr", "127.0.0.1:0")
	errs := &bytes.Buffer{}
	site.Stderr = errs
	said, err := site.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := site.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	end := func() {
		if !ended {
			ended = true
			_ = site.Process.Signal(os.Interrupt)
			_ = site.Wait()
		}
	}
	defer end()
	base, link := "", ""
	for lines := bufio.NewScanner(said); link == "" && lines.Scan(); {
		line := lines.Text()
		if at, ok := strings.CutPrefix(line, "Golau is at "); ok {
			base = at
		}
		if _, after, ok := strings.Cut(line, "open "); ok {
			link, _, _ = strings.Cut(after, " ")
		}
	}
	if base == "" || link == "" {
		t.Fatalf("the site does not greet: %s", errs)
	}
	drive := exec.CommandContext(ctx, node, "--test", "--test-reporter=spec", "journeys/real/"+name+".test.mjs")
	drive.Dir = tools
	drive.Env = append(os.Environ(), "GOLAU_BASE="+strings.Replace(base, "127.0.0.1", "localhost", 1), "GOLAU_SETUP="+link)
	drive.Cancel = func() error { return drive.Process.Signal(os.Interrupt) }
	drive.WaitDelay = 10 * time.Second
	if out, err := drive.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	end()
	if strings.Contains(errs.String(), "level=ERROR") {
		t.Error(errs.String())
	}
}
