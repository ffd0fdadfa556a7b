package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"golau/internal/testneeds"
)

// flushChild names the database that the test program, started again under
// strace, is to write to.
const flushChild = "GOLAU_TEST_FLUSH"

// When the disk refuses to make a commit durable, that commit is told no, the
// program is told to stop, and everything that was told yes is there.
func TestFlushFails(t *testing.T) {
	if path := os.Getenv(flushChild); path != "" {
		writeUntilBroken(t, path)
		return
	}
	strace := testneeds.Tool(t, "strace", "strace")
	path := t.TempDir() + "/golau.db"
	opened(t, Options{Path: path}).Close()
	cmd := exec.Command(strace, "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
		"-e", "inject=fsync,fdatasync:error=EIO:when=30+", os.Args[0], "-test.run=^TestFlushFails$", "-test.v")
	cmd.Env = append(os.Environ(), flushChild+"="+path)
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "ptrace") && err != nil {
		testneeds.Missing(t, "strace may not trace here: "+string(out))
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said := -1
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if n, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
			said, _ = strconv.Atoi(n)
		}
	}
	if said < 1 {
		t.Fatalf("nothing was saved before the disk failed:\n%s", out)
	}
	got := rows(t, opened(t, Options{Path: path}).Read(t.Context()))
	// The one that was told no may be there after all: the disk did not say.
	if len(got) < said || len(got) > said+1 {
		t.Errorf("%d were told yes, %d are there", said, len(got))
	}
}

func writeUntilBroken(t *testing.T, path string) {
	var told error
	db, err := Open(t.Context(), Options{Path: path, Broken: func(err error) { told = err }})
	if err != nil {
		t.Fatal(err)
	}
	saved := 0
	for ; saved < 1000; saved++ {
		if err = db.Write(t.Context(), tester, putting(fmt.Sprintf("%04d", saved))); err != nil {
			break
		}
	}
	wantUnavailable(t, err)
	if told == nil || !isFlush(told) || !errors.Is(db.Ready(t.Context()), told) {
		t.Errorf("told to stop because of %v; ready: %v", told, db.Ready(t.Context()))
	}
	wantUnavailable(t, db.Write(t.Context(), tester, putting("more")))
	fmt.Printf("saved %d\n", saved)
}
