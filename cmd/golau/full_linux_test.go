package main

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"net/http"
)

// handles are the open file descriptors of this process that lead to path.
func handles(t *testing.T, path string) []int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("no /proc here")
	}
	var fds []int
	for _, e := range entries {
		if to, err := os.Readlink(filepath.Join("/proc/self/fd", e.Name())); err == nil && to == path {
			n, _ := strconv.Atoi(e.Name())
			fds = append(fds, n)
		}
	}
	if len(fds) == 0 {
		t.Fatalf("nothing has %s open", path)
	}
	return fds
}

// swapLog puts another file in the place of the writer's write-ahead log, under
// its feet, and returns how to put the log back. The writer opened it first.
func (h *house) swapLog(t *testing.T, file string, flag int) (restore func()) {
	t.Helper()
	fd := handles(t, h.path()+"-wal")[0]
	kept, err := syscall.Dup(fd)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, flag, 0)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	if err := syscall.Dup3(int(f.Fd()), fd, syscall.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := syscall.Dup3(kept, fd, syscall.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
		_ = syscall.Close(kept)
	}
}

// T1-22, T1-05: a disk that is full (every write answers ENOSPC) is a 503, never
// a yes; pages and checks go on, and writing too once there is room.
func TestAFullDiskAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	restore := h.swapLog(t, "/dev/full", os.O_RDWR)
	refusedAll(t, h)
	restore()
	deeds(h, h.as("nia"))["an answer"]("application/json").want(http.StatusOK)
	deeds(h, h.as("nia"))["a submission"]("text/html").want(http.StatusSeeOther)
}

// T1-22: a file that can only be read is a 503, never a yes.
func TestAReadOnlyDatabaseAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	restore := h.swapLog(t, h.path()+"-wal", os.O_RDONLY)
	refusedAll(t, h)
	restore()
	deeds(h, h.as("nia"))["an answer"]("application/json").want(http.StatusOK)
}
