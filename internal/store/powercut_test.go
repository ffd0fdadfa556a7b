package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golau/internal/store/powercut"
	"golau/internal/testneeds"
)

// powerChild names the database that the test program, started again under
// strace, is to write to.
const powerChild = "GOLAU_TEST_POWER"

// moments is at how many of them the power fails, in each of two ways, unless
// GOLAU_POWER_CUTS names a number.
const moments = 200

// T1-03: whenever the power fails, what was said to be saved is there, and the file
// is whole. Every write and every flush of a run of many writers at once, with a
// checkpoint in it, is written down; the power is cut at two hundred moments, once
// losing all that was not flushed, and once keeping any of it, torn anywhere: four
// hundred cuts. Names of files count as flushed: what a folder forgets is not played.
func TestPowerCuts(t *testing.T) {
	if path := os.Getenv(powerChild); path != "" {
		writeALot(t, path)
		return
	}
	if testing.Short() {
		t.Skip("opens a database four hundred times")
	}
	folder, ops, begun := traced(t)
	syncs := 0
	for _, op := range ops {
		if op.Call == "fsync" && op.File == "golau.db" || op.Call == "fdatasync" && op.File == "golau.db" {
			syncs++
		}
	}
	if said := saidBefore(ops, len(ops)); len(said) < 300 || syncs == 0 {
		t.Fatalf("%d rows were saved, and %d checkpoints made: too little to lose", len(said), syncs)
	}
	t.Run("flushed", func(t *testing.T) { cutOften(t, folder, ops, begun) })
	t.Run("seen to fail", func(t *testing.T) { cutUnflushed(t, folder, ops, begun) })
}

func cutOften(t *testing.T, folder string, ops []powercut.Op, begun map[string][]byte) {
	n, err := strconv.Atoi(os.Getenv("GOLAU_POWER_CUTS"))
	if err != nil || n < 1 {
		n = moments
	}
	dice := rand.New(rand.NewPCG(3, 1))
	at := make([]int, n)
	for i := range at {
		at[i] = dice.IntN(len(ops) + 1)
	}
	slices.Sort(at)
	d := powercut.NewDisk(begun)
	done := 0
	for _, moment := range at {
		for ; done < moment; done++ {
			d.Do(ops[done])
		}
		said := saidBefore(ops, moment)
		for _, torn := range []powercut.Dice{nil, dice.IntN} {
			if lost, err := after(t, folder, d.Cut(torn), said); err != nil || lost > 0 {
				t.Errorf("cut after %d of %d calls (torn: %v): %d of %d rows lost, %v", moment, len(ops), torn != nil, lost, len(said), err)
			}
		}
	}
}

// cutUnflushed finds what a program loses that does not flush its log, as SQLite
// does at synchronous=NORMAL.
func cutUnflushed(t *testing.T, folder string, ops []powercut.Op, begun map[string][]byte) {
	d := powercut.NewDisk(begun)
	lost := 0
	for i, op := range ops {
		if !(strings.HasSuffix(op.File, "-wal") && strings.HasSuffix(op.Call, "sync")) {
			d.Do(op)
		}
		if i%(len(ops)/10) == 0 {
			n, _ := after(t, folder, d.Cut(nil), saidBefore(ops, i))
			lost += n
		}
	}
	if lost == 0 {
		t.Error("nothing was lost without a flush")
	}
}

// writeALot is the traced program: eight at once, each row said as soon as it is
// saved. It ends as it is, without closing.
func writeALot(t *testing.T, path string) {
	db, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	for part := range 2 { // between them all of the log is folded, as when nobody writes
		writeTogether(t, db, part)
		if err := db.Fold(t.Context()); err != nil {
			t.Error(err)
		}
	}
	os.Exit(0)
}

// writeTogether lets many write at once. Beside them the log is folded in part.
func writeTogether(t *testing.T, db *DB, part int) {
	var all sync.WaitGroup
	for writer := range 8 {
		all.Go(func() {
			for n := range 40 {
				key := fmt.Sprintf("%d-%d-%02d", part, writer, n)
				if err := db.Write(t.Context(), tester, putting(key+strings.Repeat("x", 3500))); err != nil {
					t.Error(err)
					return
				}
				_, _ = os.Stdout.WriteString("saved " + key + "\n")
			}
		})
	}
	all.Wait()
}

// traced runs writeALot and returns what it asked of the disk, and the files that
// were there before.
func traced(t *testing.T) (folder string, ops []powercut.Op, begun map[string][]byte) {
	t.Helper()
	strace := testneeds.Tool(t, "strace", "strace")
	folder = t.TempDir()
	path, trace := filepath.Join(folder, "golau.db"), filepath.Join(t.TempDir(), "trace")
	db, err := Open(t.Context(), Options{Path: path})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(strace, "-f", "--seccomp-bpf", "-y", "-xx", "-s", "9999999", "-o", trace, "-e",
		powercut.Calls, os.Args[0], "-test.run=^TestPowerCuts$", "-test.v")
	cmd.Env = append(os.Environ(), powerChild+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "ptrace") {
			testneeds.Missing(t, "strace may not trace here: "+string(out))
		}
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if ops, err = powercut.ReadTrace(f, folder); err != nil {
		t.Fatal(err)
	}
	return folder, ops, map[string][]byte{"golau.db": whole}
}

// saidBefore lists the rows that were said to be saved before the call n.
func saidBefore(ops []powercut.Op, n int) (keys []string) {
	for _, op := range ops[:n] {
		if op.File == "" && op.Call == "write" {
			for line := range strings.Lines(string(op.Data)) {
				if key, ok := strings.CutPrefix(strings.TrimSpace(line), "saved "); ok {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

// after starts on what a cut left and counts what is lost of what was said.
func after(t *testing.T, folder string, left map[string][]byte, said []string) (lost int, err error) {
	t.Helper()
	at := filepath.Join(folder, "after")
	if err := os.RemoveAll(at); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, b := range left {
		if err := os.WriteFile(filepath.Join(at, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := Open(t.Context(), Options{Path: filepath.Join(at, "golau.db")})
	if err != nil {
		return len(said), err
	}
	defer db.Close()
	there := map[string]bool{}
	for _, key := range rows(t, db.Read(t.Context())) {
		there[strings.TrimRight(key, "x")] = true
	}
	for _, key := range said {
		if !there[key] {
			lost++
		}
	}
	var whole string
	err = db.Read(t.Context()).Raw("PRAGMA integrity_check").Row().Scan(&whole)
	if err == nil && whole != "ok" {
		err = fmt.Errorf("the file is damaged: %s", whole)
	}
	return lost, err
}
