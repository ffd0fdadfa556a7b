package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// planted stands in every secret that a setting or a file can hold.
const planted = "PLANTED-5ecret"

// commands are all that there are, as the command line itself lists them, with
// what each needs.
func commands(t *testing.T) (all [][]string) {
	t.Helper()
	parser, err := kong.New(&cli{}, kong.Name("golau"))
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(false) {
		var args []string
		for _, word := range strings.Fields(leaf.Path()) {
			if word != "golau" && !strings.HasPrefix(word, "<") {
				args = append(args, word)
			}
		}
		for _, p := range leaf.Positional {
			if p.Required {
				args = append(args, filepath.Join(t.TempDir(), "positional"))
			}
		}
		all = append(all, args)
	}
	if len(all) < 10 {
		t.Fatalf("only %d commands: %v", len(all), all)
	}
	return all
}

// Attack A33: whatever command is given, and however it fails, nothing secret is
// printed or logged: no password of an address, no byte of a key.
func TestNoCommandTellsASecret(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program many times")
	}
	if _, err := binary(); err != nil {
		t.Fatal(err)
	}
	if started() == "" {
		t.Fatal("the first start was refused")
	}
	bad := "://golau:" + planted + "@host"
	settings := map[string][]string{
		"sound":                   {"GOLAU_SMTP_URL=smtp" + bad + ":587?from=golau@golau.example"},
		"a mail server like none": {"GOLAU_SMTP_URL=smtp" + bad + ":port?from=x"},
		"another mail":            {"GOLAU_SMTP_URL=gopher" + bad},
		"a mail server unread":    {"GOLAU_SMTP_URL=smtp://golau:" + planted + "%zz@host"},
		"a spaced password":       {"GOLAU_SMTP_URL=smtp://golau:" + planted + " two@ho st"},
		"a database elsewhere":    {"GOLAU_DATABASE_URL=postgres" + bad + "/golau"},
		"a database like none":    {"GOLAU_DATABASE_URL=mysql" + bad + "/golau"},
		"a base with a password":  {"GOLAU_BASE_URL=http" + bad},
		"an exit with a password": {"GOLAU_EXIT_URL=http" + bad},
		"an authority":            {"GOLAU_TLS_DOMAINS=golau.example.org", "GOLAU_TLS_DIRECTORY=http" + bad},
		"another variable":        {"GOLAU_UNKNOWN=" + planted, "GOLAU_LOG=loud"},
	}
	keys := map[string]func(t *testing.T, dir string){
		"whole":    func(*testing.T, string) {},
		"a torn":   over("keys/signing-key.pem", "-----BEGIN PRIVATE KEY-----\n"+planted+"\n-----END PRIVATE KEY-----\n"),
		"no":       over("keys/signing-key.pem", planted),
		"a seal":   over("keys/seal.key", planted),
		"database": over("golau.db", strings.Repeat(planted, 1000)),
	}
	n := 0
	try := func(data string, env []string, args []string) {
		t.Helper()
		n++
		secrets := append(keyLines(t, data), planted)
		out := quickly(t, append(env, "GOLAU_DATA="+data), args)
		for _, secret := range secrets {
			if strings.Contains(out, secret) {
				t.Errorf("%v with %v tells %.8s…:\n%.500s", args, env, secret, out)
			}
		}
	}
	for _, args := range commands(t) {
		for name, env := range settings {
			if name != "sound" && args[0] != "serve" && args[0] != "config" && !strings.Contains(name, "database") {
				continue // no other command reads them
			}
			data := filepath.Join(t.TempDir(), "data")
			copyFolder(t, data, started())
			try(data, env, args)
		}
		for _, spoil := range keys {
			data := filepath.Join(t.TempDir(), "data")
			copyFolder(t, data, started())
			spoil(t, data)
			try(data, settings["sound"], args)
		}
	}
	t.Logf("%d calls", n)
}

// keyLines are what keys and seals hold, as far as it is secret.
func keyLines(t *testing.T, data string) (lines []string) {
	t.Helper()
	if pem, err := os.ReadFile(filepath.Join(data, "keys", "signing-key.pem")); err == nil {
		if parts := strings.Split(string(pem), "\n"); len(parts) > 1 && len(parts[1]) > 20 {
			lines = append(lines, parts[1])
		}
	}
	if seal, err := os.ReadFile(filepath.Join(data, "keys", "seal.key")); err == nil && len(seal) >= 32 {
		lines = append(lines, string(seal))
	}
	return lines
}

// quickly runs a command, or starts the site and stops it as soon as it serves,
// and returns everything it said.
func quickly(t *testing.T, env, args []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if args[0] == "serve" {
		args = append(args, "--addr", "127.0.0.1:0")
	}
	if args[0] == "seed" {
		args = append(args, "--learners", "1")
	}
	cmd := command(t, ctx, env, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	stop := stopper(func() { _ = cmd.Process.Signal(os.Interrupt) })
	cmd.Stdout = teeing{&said, stop}
	_ = cmd.Run()
	if ctx.Err() != nil {
		t.Errorf("%v does not end", args)
	}
	return said.String()
}

// teeing keeps what is written and passes it on.
type teeing struct {
	kept *bytes.Buffer
	next stopper
}

func (w teeing) Write(p []byte) (int, error) {
	w.kept.Write(p)
	return w.next.Write(p)
}
