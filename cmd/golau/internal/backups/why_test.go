package backups

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"
	"time"
)

// What the system and the engine say of a failure is known by its reason.
func TestWhyABackupFails(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Why
	}{
		{nil, Made},
		{fmt.Errorf("%w: /b has 1.0 MB free", errFull), Full},
		{&fs.PathError{Op: "write", Path: "/b/x", Err: syscall.ENOSPC}, Full},
		{fmt.Errorf("cannot copy the database: %w", errors.New("database or disk is full (13)")), Full},
		{fmt.Errorf("cannot write there: %w", &fs.PathError{Op: "open", Path: "/b/x", Err: syscall.EACCES}), NotAllowed},
		{&fs.PathError{Op: "open", Path: "/b/x", Err: syscall.EROFS}, NotAllowed},
		{&fs.PathError{Op: "mkdir", Path: "/b", Err: syscall.ENOTDIR}, NoFolder},
		{&fs.PathError{Op: "stat", Path: "/b", Err: syscall.ENOENT}, NoFolder},
		{errors.New("the copy is not sound: it is damaged"), Other},
	} {
		if got := whyOf(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

// A file where the folder should be is said to be no folder, with the moment of
// the try and of the next.
func TestNoFolder(t *testing.T) {
	k := newKeeper(t)
	if err := os.WriteFile(k.Dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	k.at("2026-11-01 03:00")
	s := k.State()
	if s.Why != NoFolder || s.Dir != k.Dir || s.Failure == "" || s.Tried.Format(time.TimeOnly) != "03:00:00" || s.Next.Format(time.TimeOnly) != "03:05:00" {
		t.Errorf("%+v", s)
	}
}

// When the next one is made is said as it will be.
func TestTheNextOne(t *testing.T) {
	k := newKeeper(t)
	next := func(want string) {
		t.Helper()
		if got := k.State().Next.UTC().Format("2006-01-02 15:04"); got != want {
			t.Errorf("the next is said to be made at %s, want %s", got, want)
		}
	}
	clock := func(moment string) {
		at, err := time.Parse("2006-01-02 15:04", moment)
		if err != nil {
			t.Fatal(err)
		}
		k.clock.Set(at)
	}
	clock("2026-06-10 09:00")
	next("2026-06-10 09:00") // there is none: at once
	k.at("2026-06-10 09:00")
	next("2026-06-11 01:30") // half past two in Wales
	clock("2026-06-11 01:31")
	next("2026-06-11 01:31")
	k.Every = time.Hour
	k.at("2026-06-11 01:31")
	k.write()
	next("2026-06-11 02:31")
	k.Days = 0
	if s := k.State(); !s.Next.IsZero() {
		t.Errorf("%+v", s)
	}
}
