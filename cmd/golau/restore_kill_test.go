package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// backedUp is a backup of a house in which people have lived, and its keys.
func backedUp(t *testing.T) (file, keys string) {
	t.Helper()
	h := livedIn(t)
	file = filepath.Join(t.TempDir(), "golau.backup")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	return file, filepath.Join(h.dir, "keys")
}

// inPlace wants a data folder in which all that was restored is there, and
// nothing that was on the way.
func inPlace(t *testing.T, data, file, keys string) {
	t.Helper()
	saved, restored := look(t, file), look(t, filepath.Join(data, "golau.db"))
	for name, print := range saved {
		if restored[name] != print {
			t.Errorf("table %s: %s was saved, %s restored", name, print, restored[name])
		}
	}
	kept, err := os.ReadDir(keys)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range kept {
		a, _ := os.ReadFile(filepath.Join(keys, key.Name()))
		b, err := os.ReadFile(filepath.Join(data, "keys", key.Name()))
		if err != nil || string(a) != string(b) {
			t.Errorf("the key %s: %v", key.Name(), err)
		}
	}
	onTheWay(t, data)
}

// onTheWay wants nothing in a data folder that only a restore under way has.
func onTheWay(t *testing.T, data string) {
	t.Helper()
	for name := range inFolder(t, data) {
		if base := filepath.Base(name); strings.HasPrefix(base, ".") || strings.HasPrefix(base, "draft") {
			t.Errorf("%s is left behind", name)
		}
	}
}

// sights are what is seen in a data folder, one after the other, while a backup
// is restored into it.
var sights = []string{".restoring-*", ".restoring-*/draft.db", ".restoring-*/golau.db", ".restored-*", "keys/*", "golau.db"}

// awaits returns when something of a name is there, or the other has ended.
func awaits(ended chan struct{}, pattern string) {
	tick := time.NewTicker(100 * time.Microsecond)
	defer tick.Stop()
	for {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return
		}
		select {
		case <-ended:
			return
		case <-tick.C:
		}
	}
}

// A restore that is killed, at moments from its first to after its last, has
// happened or has not: never is there a database without its keys, or keys
// without their database. What it left behind is gone after the next try, which
// brings everything.
func TestKillWhileRestoring(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the built program many times")
	}
	t.Parallel()
	rounds := number(t, "GOLAU_RESTORE_KILLS", 12) // before a release: 100
	file, keys := backedUp(t)
	restore := func(data string) []string { return []string{"restore", file, "--data", data, "--keys", keys} }
	if _, err := binary(); err != nil { // not on the clock
		t.Fatal(err)
	}
	whole := time.Hour // the moments are spread over as long as the quicker of two takes
	for range 2 {
		began := time.Now()
		if code, said := ends(t, restore(t.TempDir())...); code != exitDone {
			t.Fatal(said)
		}
		whole = min(whole, time.Since(began))
	}
	cut, undone, done, halfway := 0, 0, 0, 0
	for round := range rounds {
		data := t.TempDir()
		cmd := command(t, t.Context(), nil, restore(data)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			if round%2 == 0 {
				awaits(ended, filepath.Join(data, sights[round/2%len(sights)]))
			} else {
				select {
				case <-time.After(whole * time.Duration(round+1) / time.Duration(rounds)):
				case <-ended:
				}
			}
			_ = cmd.Process.Kill()
		}()
		if cmd.Wait() != nil {
			cut++
		}
		close(ended)
		_, database := os.Stat(filepath.Join(data, "golau.db"))
		_, key := os.Stat(filepath.Join(data, "keys", "signing-key.pem"))
		_, ready := os.Stat(filepath.Join(data, ".restored-golau.db"))
		switch {
		case ready == nil:
			halfway++
		case database == nil && key == nil:
			done++
		case database != nil && key != nil:
			undone++
		default:
			t.Errorf("round %d: the database %v, the key %v", round, database, key)
		}
		code, said := ends(t, restore(data)...)
		if there := database == nil || ready == nil; there && (code != exitNo || !strings.Contains(said, "is there already")) || !there && code != exitDone {
			t.Errorf("round %d, once more: %d %s", round, code, said)
		}
		inPlace(t, data, file, keys)
		if t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d of %d restores were killed: %d had not happened, %d had, %d were completed by the next", cut, rounds, undone, done, halfway)
	if undone == 0 {
		t.Error("none was killed before it had happened")
	}
}

// The next start, too, completes a restore that was all but done, at whichever
// of its last steps it was cut off, and removes one that was not, and says so.
func TestAStartSettlesARestore(t *testing.T) {
	t.Parallel()
	file, keys := backedUp(t)
	model := t.TempDir()
	if code, _, errs := golau(t, "restore", file, "--data", model, "--keys", keys); code != exitDone {
		t.Fatal(errs)
	}
	inPlace(t, model, file, keys)
	for name, halfway := range map[string]func(ready, data string) error{
		"nothing is in place": func(string, string) error { return nil },
		"a key is": func(ready, data string) error {
			return copyKeys(filepath.Join(ready, "keys"), filepath.Join(data, "keys"))
		},
		"everything is in place": func(ready, data string) error {
			return os.Link(filepath.Join(ready, "golau.db"), filepath.Join(data, "golau.db"))
		},
	} {
		data := t.TempDir()
		ready, left := filepath.Join(data, ".restored-golau.db"), filepath.Join(data, ".restoring-golau.db-123")
		copyFolder(t, left, model)
		copyFolder(t, ready, model)
		if err := os.Remove(filepath.Join(ready, "golau.lock")); err != nil {
			t.Fatal(err)
		}
		if err := halfway(ready, data); err != nil {
			t.Fatal(err)
		}
		var did []string
		if err := settled(data, filepath.Join(data, "golau.db"), func(what string) { did = append(did, what) }); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if all := strings.Join(did, "\n"); len(did) != 2 || !strings.Contains(all, "removed") || !strings.Contains(all, left) || !strings.Contains(all, "completed a restore") {
			t.Errorf("%s: %q", name, did)
		}
		inPlace(t, data, file, keys)
		if err := settled(data, filepath.Join(data, "golau.db"), func(what string) { t.Error(what) }); err != nil {
			t.Error(err)
		}
	}
	data := t.TempDir() // with another key there by now, nothing is written over
	copyFolder(t, filepath.Join(data, ".restored-golau.db"), model)
	if err := os.Mkdir(filepath.Join(data, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	over("keys/signing-key.pem", "another")(t, data)
	code, _, errs := golau(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
	if code != exitNo || !strings.Contains(errs, "signing-key.pem") {
		t.Errorf("%d %s", code, errs)
	}
	if err := settled(data, filepath.Join(data, "golau.db"), func(string) {}); err == nil || !strings.Contains(err.Error(), "cut off") || !strings.Contains(err.Error(), "is another") {
		t.Errorf("%v", err)
	}
	if body, _ := os.ReadFile(filepath.Join(data, "keys", "signing-key.pem")); string(body) != "another" {
		t.Errorf("the key was written over: %s", body)
	}
}
