package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/mail/mailtest"
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

// TestFirstRunJourney sets a real site up in a real browser, in five steps, and
// invites a first learner, who reads the letters that a mail server took.
func TestFirstRunJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a minute")
	}
	realJourney(t, "first-run")
}

// readable serves the letters that came to a mail server as JSON, each with whom
// it is to and its text, and returns where.
func readable(t *testing.T, sink *mailtest.Sink) string {
	t.Helper()
	type letter struct {
		To   string `json:"to"`
		Text string `json:"text"`
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		all := []letter{}
		for _, l := range sink.Letters() {
			all = append(all, letter{strings.Join(l.To, " "), plainText(l.Data)})
		}
		_ = json.NewEncoder(w).Encode(all)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// plainText is the part of a letter that every mail program can show; what
// cannot be read is shown as the fault it is.
func plainText(data string) string {
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		return err.Error()
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return err.Error()
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart() // undoes quoted-printable itself
	if err != nil {
		return err.Error()
	}
	text, err := io.ReadAll(part)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// realJourney drives journeys/real/<name>.test.mjs through a site that is no
// demonstration, with the link that makes its first administrator.
func realJourney(t *testing.T, name string) {
	t.Helper()
	node := browserNeeds(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	letters := mailtest.New(t)
	site := command(t, ctx, []string{"GOLAU_SMTP_URL=smtp://" + letters.Addr() + "?from=golau@golau.example"}, "serve", "--data", t.TempDir(), "--addr", "127.0.0.1:0")
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
	looked := t.TempDir()
	drive(t, ctx, node, name, "GOLAU_LOOKED="+looked, "GOLAU_BASE="+strings.Replace(base, "127.0.0.1", "localhost", 1), "GOLAU_SETUP="+link, "GOLAU_LETTERS="+readable(t, letters))
	end()
	there := lookedAt(newHouse(t).routes, lookedIn(t, looked))
	for path, by := range lookedAlone {
		if by == name && !there["/en"+path] {
			t.Errorf("nobody looks at %s", path)
		}
	}
	if strings.Contains(errs.String(), "level=ERROR") {
		t.Error(errs.String())
	}
}

// browserNeeds returns the program that drives the browser, where all that it
// needs is there.
func browserNeeds(t *testing.T) (node string) {
	t.Helper()
	node = testneeds.Tool(t, "node", "nodejs")
	if os.Getenv("CHROMIUM") == "" {
		testneeds.Tool(t, "chromium", "chromium")
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "playwright-core")); err != nil {
		testneeds.Missing(t, "the browser's driver is not installed: cd .ci/node && npm ci")
	}
	return node
}

// drive goes journeys/real/<name>.test.mjs in a real browser.
func drive(t *testing.T, ctx context.Context, node, name string, env ...string) {
	t.Helper()
	c := exec.CommandContext(ctx, node, "--test", "--test-reporter=spec", "journeys/real/"+name+".test.mjs")
	c.Dir, c.Env = tools, append(os.Environ(), env...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 10 * time.Second
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	} else {
		t.Logf("%s", out)
	}
}
