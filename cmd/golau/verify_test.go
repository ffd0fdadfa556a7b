package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// golau runs a command as main does and returns how it ended and what it said.
func golau(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// inFolder says what lies in a folder: names, modes and content.
func inFolder(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			all[path] = "folder"
			return err
		}
		content, err := os.ReadFile(path)
		info, _ := e.Info()
		all[path] = fmt.Sprintf("%v %v %x", info.Mode(), info.ModTime(), sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// golau verify says what the record says of a certificate and changes nothing,
// whether or not the site runs.
func TestVerifyCommandOnlyLooks(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	id := h.did["nia"].certificate
	ask := func(number string, want int, says string) {
		t.Helper()
		code, out, errs := golau(t, "verify", number, "--data", h.dir)
		if code != want || !strings.Contains(out, says) || errs != "" {
			t.Errorf("%s: %d, want %d\n%s%s", number, code, want, out, errs)
		}
	}
	ask(id, exitDone, "name: "+folk["nia"].name) // the site runs
	h.closeNow()
	before := inFolder(t, h.dir)
	ask(id, exitDone, "status: valid")
	ask("https://"+site+"/cy/verify/"+id, exitDone, "status: valid")
	ask(strings.Repeat("7", 25)+"0", exitNo, "status: ")
	if after := inFolder(t, h.dir); !maps.Equal(before, after) {
		t.Errorf("the folder was %v and is %v", before, after)
	}
}

// What golau verify cannot trust it refuses in one line that says what to do,
// and it puts nothing right by itself: it migrates nothing and makes no keys.
func TestVerifyCommandRefuses(t *testing.T) {
	t.Parallel()
	sqlIn := func(statement string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
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
	for name, c := range map[string]struct {
		says  string
		spoil func(t *testing.T, dir string)
	}{
		"an older schema":   {"start golau serve once", sqlIn("DELETE FROM store_migrations WHERE version_id > 2")},
		"a newer schema":    {"made by a newer Golau", sqlIn("INSERT INTO store_migrations (version_id, is_applied) VALUES (99999, 1)")},
		"an empty database": {"no database of Golau", func(_ *testing.T, dir string) { _ = os.Truncate(filepath.Join(dir, "golau.db"), 0) }},
		"no database":       {"there is no database at", func(_ *testing.T, dir string) { _ = os.Remove(filepath.Join(dir, "golau.db")) }},
		"no folder":         {"there is no database at", func(_ *testing.T, dir string) { _ = os.RemoveAll(dir) }},
		"no keys":           {"there are no keys at", func(_ *testing.T, dir string) { _ = os.RemoveAll(filepath.Join(dir, "keys")) }},
		"a folder without keys": {"cannot read the signing key", func(t *testing.T, dir string) {
			_ = os.RemoveAll(filepath.Join(dir, "keys"))
			_ = os.Mkdir(filepath.Join(dir, "keys"), 0o700)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h := livedIn(t)
			h.closeNow()
			c.spoil(t, h.dir)
			var before map[string]string
			_, gone := os.Stat(h.dir)
			if gone == nil {
				before = inFolder(t, h.dir)
			}
			code, out, errs := golau(t, "verify", h.did["nia"].certificate, "--data", h.dir)
			if code != exitNo || out != "" || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("%d %q %q, want one line with %q", code, out, errs, c.says)
			}
			if _, err := os.Stat(h.dir); gone != nil && err == nil {
				t.Error("the folder was made")
			} else if gone == nil && !maps.Equal(before, inFolder(t, h.dir)) {
				t.Errorf("the folder was %v and is %v", before, inFolder(t, h.dir))
			}
		})
	}
}
