package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ofTheTests are the variables with which the tests were started: to golau config
// they are misspelt settings.
var ofTheTests = os.Environ()

// configured runs golau config and returns how it ended, and the lines about what is
// wrong.
func configured(t *testing.T, args ...string) (code int, faults []string) {
	t.Helper()
	var out, said bytes.Buffer
	code = run(t.Context(), append([]string{"config"}, args...), &out, &said)
	if !strings.Contains(out.String(), "GOLAU_ADDR=") {
		t.Errorf("%v: the settings are not printed: %s", args, out.String())
	}
	for line := range strings.Lines(said.String()) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "golau: ") {
			t.Errorf("%v: a line like %q", args, line)
		}
		if name, ok := strings.CutSuffix(strings.TrimPrefix(line, "golau: warning: "), " is no setting of Golau: is it misspelt?"); ok &&
			slices.ContainsFunc(ofTheTests, func(v string) bool { return strings.HasPrefix(v, name+"=") }) {
			continue
		}
		faults = append(faults, line)
	}
	return code, faults
}

// golau config tells all that golau serve would refuse, each on a line of its
// own, and ends with 1; with nothing to refuse it ends with 0 and makes nothing.
func TestConfigTellsEveryFault(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(filepath.Join(data, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	before := inFolder(t, data)
	if code, faults := configured(t, "--data", data); code != exitDone || len(faults) > 0 {
		t.Errorf("%d %q", code, faults)
	}
	if code, faults := configured(t, "--data", filepath.Join(data, "not", "yet")); code != exitDone || len(faults) > 0 {
		t.Errorf("%d %q", code, faults)
	}
	if after := inFolder(t, data); len(after) != len(before) {
		t.Errorf("looking made %v", after)
	}
	over("keys/signing-key.pem", "-----BEGIN NONSENSE-----")(t, data)
	over("keys/sso.key", "short")(t, data)
	over("keys/second-factor-next.key", "short")(t, data)
	code, faults := configured(t, "--data", data, "--addr", "nowhere", "--exit-url", "http://example.org", "--trusted-proxies", "everyone",
		"--smtp-url", "smtp://golau@mail.example?from=golau@example.org", "--backup-every", "10s", "--drain-wait", "1h",
		"--metrics-addr", "0.0.0.0:9", "--tls-email", "owner@example.org", "--database-url", "postgres://db/golau")
	want := []string{"PostgreSQL", "GOLAU_ADDR", "GOLAU_EXIT_URL", "there is no password", "GOLAU_TRUSTED_PROXIES", "GOLAU_BACKUP_EVERY",
		"GOLAU_DRAIN_WAIT", "GOLAU_METRICS_OPEN", "need GOLAU_TLS_DOMAINS", "PRIVATE KEY", "second-factor-next.key is too short", "sso.key is too short"}
	if code != exitNo || len(faults) != len(want) {
		t.Errorf("%d, %d faults, want %d: %q", code, len(faults), len(want), faults)
	}
	for _, says := range want {
		if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, says) }) {
			t.Errorf("nothing says %q: %q", says, faults)
		}
	}
}

// Each setting that is half there is refused, by config and by serve alike.
func TestHalfASettingIsRefused(t *testing.T) {
	lessons := copyOut(t)
	edit(t, lessons+"/modules/signs/cy.md", "{#older}", "{#elsewhere}")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says string
		args []string
	}{
		{"there is no password", []string{"--smtp-url", "smtp://golau@mail.example?from=golau@example.org"}},
		{"there is no password", []string{"--smtp-url", "smtp://golau:@mail.example?from=golau@example.org"}},
		{"needs ?from=", []string{"--smtp-url", "smtp://mail.example"}},
		{"needs ?from=", []string{"--smtp-url", "smtp://mail.example?from=golau@"}},
		{"must look like smtp://", []string{"--smtp-url", "mail.example"}},
		{"must look like smtp://", []string{"--smtp-url", "smtp://mail.example:port?from=golau@example.org"}},
		{"from 1 to 65535", []string{"--smtp-url", "smtp://mail.example:99999?from=golau@example.org"}},
		{"GOLAU_TLS_DOMAINS", []string{"--tls-directory", "https://ca.example/acme"}},
		{"older", []string{"--content", lessons}},
		{"is a file", []string{"--data", file}},
		{"is everybody's", []string{"--data", os.TempDir()}},
	} {
		args := c.args
		if c.args[0] != "--data" {
			args = append(args, "--data", t.TempDir())
		}
		code, faults := configured(t, args...)
		if code != exitNo || len(faults) != 1 || !strings.Contains(faults[0], c.says) {
			t.Errorf("config %v: %d %q, want %q", c.args, code, faults, c.says)
		}
		if code, _, said := golau(t, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...); code != exitNo || !strings.Contains(said, c.says) {
			t.Errorf("serve %v: %d %q, want %q", c.args, code, said, c.says)
		}
	}
}

// What serve starts with all the same is a warning, and no reason to end with 1.
func TestConfigWarns(t *testing.T) {
	t.Setenv("GOLAU_SMTP_URI", planted)
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte(planted+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(t.TempDir(), "unmounted"), password} {
		code, lines := configured(t, "--data", t.TempDir(), "--backup-dir", dir, "--smtp-password-file", password,
			"--smtp-url", "smtp://golau@mail.example?from=golau@example.org")
		all := strings.Join(lines, "\n")
		if code != exitDone || len(lines) != 3 || strings.Contains(all, planted) {
			t.Errorf("%d %q", code, lines)
		}
		for _, says := range []string{"warning: the folder of backups " + dir, "warning: others can read the mail server's password", "warning: GOLAU_SMTP_URI is no setting"} {
			if !strings.Contains(all, says) {
				t.Errorf("nothing says %q: %q", says, lines)
			}
		}
	}
}
