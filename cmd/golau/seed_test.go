package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// seeded runs golau seed and returns how it ended and what it said.
func seeded(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append([]string{"seed"}, args...), &o, &e)
	return code, o.String(), e.String()
}

// The boards are named, one a line and nothing else, so that a script can go on
// with them; a second call adds others.
func TestSeedNamesItsBoards(t *testing.T) {
	data := filepath.Join(t.TempDir(), "not", "yet")
	for _, want := range []string{"board=seed-1-a\nboard=seed-1-b\n", "board=seed-2-a\nboard=seed-2-b\n"} {
		if code, out, errs := seeded(t, "--learners", "3", "--data", data); code != exitDone || out != want || errs != "" {
			t.Errorf("ended with %d, said %q and %q; want %q", code, out, errs, want)
		}
	}
	// The key that signed is the one that the server will use, and no other's.
	if info, err := os.Stat(filepath.Join(data, "keys", "signing-key.pem")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key: %v, %v", info, err)
	}
	if entries, err := os.ReadDir(filepath.Join(data, "mail")); err == nil {
		t.Errorf("letters were written: %v", entries)
	}
}

// The chance of a story can be foretold; that of a key must not.
func TestSeedDrawsItsKeyByRealChance(t *testing.T) {
	var keys [2][]byte
	for i := range keys {
		data := t.TempDir()
		if code, _, errs := seeded(t, "--learners", "1", "--data", data); code != exitDone {
			t.Fatal(errs)
		}
		var err error
		if keys[i], err = os.ReadFile(filepath.Join(data, "keys", "signing-key.pem")); err != nil {
			t.Fatal(err)
		}
	}
	if bytes.Equal(keys[0], keys[1]) {
		t.Error("two installations have the same signing key")
	}
}

func TestSeedRefuses(t *testing.T) {
	for _, n := range []string{"0", "-5", "many"} {
		data := t.TempDir()
		code, out, errs := seeded(t, "--learners="+n, "--data", data)
		if code != exitWrongUse || out != "" || !strings.Contains(errs, "learners") || strings.Count(errs, "\n") > 1 && n != "many" {
			t.Errorf("%s: ended with %d, said %q and %q", n, code, out, errs)
		}
		if files, _ := os.ReadDir(data); len(files) != 0 {
			t.Errorf("%s: made %v", n, files)
		}
	}
	if code, _, errs := seeded(t, "--database-url", "postgres://u:secret@h/d"); code != exitNo || strings.Contains(errs, "secret") {
		t.Errorf("ended with %d, said %q", code, errs)
	}
}
