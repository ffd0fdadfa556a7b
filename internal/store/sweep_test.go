package store

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"golau/internal/testneeds"
)

// sweepChild names the database that the test program, started again under
// strace, is to write to.
const sweepChild = "GOLAU_TEST_SWEEP"

// T1-04: the disk fails at the first call, at the second, … until a whole run needs
// no more of them, in writing, flushing and opening files, once and for good, by an error and for lack of room. At none of
// them is something missing that was said to be saved, nor is the file damaged. The
// calls of each of the program's threads are counted by themselves.
// GOLAU_SWEEP_STEP=1 tries every call, as before a release; the usual run skips
// most of the writes.
func TestDiskFailsAtEveryCall(t *testing.T) {
	if path := os.Getenv(sweepChild); path != "" {
		writeAFew(t, path)
		return
	}
	if testing.Short() {
		t.Skip("starts itself again dozens of times")
	}
	strace := testneeds.Tool(t, "strace", "strace")
	step, err := strconv.Atoi(os.Getenv("GOLAU_SWEEP_STEP"))
	if err != nil || step < 1 {
		step = 17
	}
	for _, fault := range []string{"pwrite64:error=EIO", "pwrite64:error=ENOSPC", "fsync,fdatasync:error=EIO", "?open,openat:error=EIO"} {
		calls, _, _ := strings.Cut(fault, ":")
		step := step
		if !strings.HasPrefix(calls, "pwrite") { // there are few
			step = 1
		}
		for _, forGood := range []string{"", "+"} {
			t.Run(fault+forGood, func(t *testing.T) {
				n := 1
				for ; sweep(t, strace, calls, fmt.Sprintf("%s:when=%d%s", fault, n, forGood)); n += step {
				}
				if t.Logf("clean from call %d on", n); n == 1 {
					t.Error("the disk never failed")
				}
			})
		}
	}
}

// sweep runs writeAFew with one fault and looks at what is left. It says whether
// the fault came at all.
func sweep(t *testing.T, strace, calls, fault string) (came bool) {
	t.Helper()
	folder := t.TempDir()
	path, trace := folder+"/golau.db", folder+"/trace"
	db, err := Open(t.Context(), Options{Path: path})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(strace, "-f", "--seccomp-bpf", "-o", trace, "-e", "trace="+calls, "-e", "inject="+fault, os.Args[0],
		"-test.run=^TestDiskFailsAtEveryCall$", "-test.v")
	cmd.Env = append(os.Environ(), sweepChild+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil && strings.Contains(string(out), "ptrace") {
		testneeds.Missing(t, "strace may not trace here: "+string(out))
	}
	var said []string
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if key, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
			said = append(said, key)
		}
	}
	file := map[string][]byte{}
	for _, name := range []string{"golau.db", "golau.db-wal"} {
		if b, err := os.ReadFile(folder + "/" + name); err == nil {
			file[name] = b
		}
	}
	if lost, err := after(t, folder, file, said); err != nil || lost > 0 {
		t.Errorf("%s: %d of %d rows are missing, %v\n%s", fault, lost, len(said), err, out)
	}
	what, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(what, []byte("(INJECTED)"))
}

// writeAFew is the program whose disk fails: it goes on writing whatever it is
// told, says what was saved, and ends without folding the log.
func writeAFew(t *testing.T, path string) {
	db, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		fmt.Println("not opened:", err)
		os.Exit(0)
	}
	for n := range 25 {
		key := fmt.Sprintf("%02d", n)
		if db.Write(t.Context(), tester, putting(key)) == nil {
			fmt.Println("saved " + key)
		}
	}
	os.Exit(0)
}
