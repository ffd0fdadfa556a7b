package main

import (
	"context"
	"net/http"
	"os"
	"strconv"
	"syscall"
	"testing"

	"golau/internal/store"
	"golau/internal/testneeds"
)

// handles are the open file descriptors of this process that lead to path; none
// where the system does not list them.
func handles(path string) []int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil
	}
	var fds []int
	for _, e := range entries {
		if to, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil && to == path {
			n, _ := strconv.Atoi(e.Name())
			fds = append(fds, n)
		}
	}
	return fds
}

// swapLog puts another file in the place of the writer's write-ahead log, under
// its feet, and returns how to put the log back. Which of the handles of the log
// is the writer's is found out by trying: before anything is written, the log is
// empty, and no reader misses its own for a moment.
func (h *house) swapLog(t *testing.T, file string, flag int) (restore func()) {
	t.Helper()
	for _, fd := range handles(h.path() + "-wal") {
		restore := swap(t, fd, file, flag)
		err := h.db.Write(t.Context(), store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
			return tx.Exec("UPDATE people_councils SET website = website || '.'").Error
		})
		if err != nil {
			return restore
		}
		restore()
	}
	t.Fatal("no handle of the log is the writer's")
	return nil
}

// swap makes the descriptor fd lead to another file.
func swap(t *testing.T, fd int, file string, flag int) (restore func()) {
	t.Helper()
	kept, err := syscall.Dup(fd)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, flag, 0)
	if err != nil {
		_ = syscall.Close(kept)
		testneeds.Missing(t, "a system with "+file+", which this test needs: "+err.Error())
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
