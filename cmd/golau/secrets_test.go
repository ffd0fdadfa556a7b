package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
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
	passwords := filepath.Join(t.TempDir(), "passwords")
	over("passwords", planted+"\n"+planted+"\n")(t, filepath.Dir(passwords))
	settings := map[string][]string{
		"two in the file":         {"GOLAU_SMTP_URL=smtp://golau@host:587?from=golau@golau.example", "GOLAU_SMTP_PASSWORD_FILE=" + passwords},
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
		"old seal": over("keys/seal-old.key", planted),
		"factors":  over("keys/second-factor.key", planted),
		"sign-ins": over("keys/sso.key", planted),
		"database": over("golau.db", strings.Repeat(planted, 1000)),
	}
	n := 0
	try := func(data string, env []string, args []string) {
		t.Helper()
		n++
		secrets := append(keyForms(t, data), planted)
		out := quickly(t, append(env, "GOLAU_DATA="+data), args)
		for _, secret := range append(secrets, keyForms(t, data)...) { // also those that the command made
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

// keyForms are the keys of a data folder, each as it lies in its file and as a
// program may print bytes. The public halves of retired keys are no secret.
func keyForms(t *testing.T, data string) (forms []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "keys", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil || len(raw) < 32 || strings.HasPrefix(filepath.Base(file), "retired-") {
			continue
		}
		if block, _ := pem.Decode(raw); block != nil {
			raw = block.Bytes
		}
		raw = raw[len(raw)-32:] // of a private key, what comes before is the same in all
		forms = append(forms, string(raw), hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), strings.Trim(fmt.Sprint(raw), "[]"),
			base64.RawStdEncoding.EncodeToString(raw)[:40], base64.RawURLEncoding.EncodeToString(raw)[:40], fmt.Sprintf("%q", raw))
		if text, _ := os.ReadFile(file); bytes.Contains(text, []byte("BEGIN")) { // its own encoding begins elsewhere
			forms = append(forms, strings.Split(string(text), "\n")[1])
		}
	}
	return forms
}

// TestKeyFormsAreOfEveryKey holds what TestNoCommandTellsASecret looks for to the
// keys that a first start makes.
func TestKeyFormsAreOfEveryKey(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, key := range []string{"signing-key.pem", "seal.key", "second-factor.key", "sso.key"} {
		if _, err := os.Stat(filepath.Join(h.dir, "keys", key)); err != nil {
			t.Errorf("%s is not where keys are looked for: %v", key, err)
		}
	}
	files, _ := filepath.Glob(filepath.Join(h.dir, "keys", "*"))
	if n, want := len(keyForms(t, h.dir)), 7*len(files)+1; n != want {
		t.Errorf("%d forms of %d keys, want %d", n, len(files), want)
	}
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
	said := &logBook{} // both write to it at once
	cmd.Stderr = said
	stop := stopper(func() { _ = cmd.Process.Signal(os.Interrupt) })
	cmd.Stdout = teeing{said, stop}
	_ = cmd.Run()
	if ctx.Err() != nil {
		t.Errorf("%v does not end", args)
	}
	return said.String()
}

// teeing keeps what is written and passes it on.
type teeing struct {
	kept *logBook
	next stopper
}

func (w teeing) Write(p []byte) (int, error) {
	_, _ = w.kept.Write(p)
	return w.next.Write(p)
}
