package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// errHeld means that another program has the lock.
var errHeld = errors.New("another program has it")

// inUse is what one program alone may have: a data folder, with the letters that
// wait in it, and a database. Two that serve from the same would each send every
// letter and take away what the other needs. The system itself lets go of the
// locks when the program ends, however it ends, so none is ever left behind; the
// files stay, since removing one would let two programs lock two files of the
// same name.
type inUse []*os.File

// holder is who has the lock, as its file says.
type holder struct{ command, pid, host, since string }

// use takes a data folder and a database for a command, or says who has them.
func use(command, data, database string) (inUse, error) {
	var all inUse
	for _, path := range locks(data, database) {
		f, err := lock(path)
		if errors.Is(err, errHeld) {
			all.release()
			return nil, taken(path)
		}
		if err != nil {
			all.release()
			return nil, fmt.Errorf("cannot lock %s, so another program might use the same data: %w", path, err)
		}
		all = append(all, f)
		if err := sign(f, command); err != nil {
			all.release()
			return nil, fmt.Errorf("cannot write %s: %w", path, err)
		}
	}
	return all, nil
}

// locks are the files that are locked: one of the folder, and one of the database
// where that lies elsewhere, so that two folders cannot share it.
func locks(data, database string) []string {
	folder := filepath.Join(whereTo(data), "golau.lock")
	beside := strings.TrimSuffix(whereTo(database), ".db") + ".lock"
	if beside == folder {
		return []string{folder}
	}
	return []string{folder, beside}
}

// whereTo is where a path leads; one that is not there yet is what its folder makes
// it.
func whereTo(path string) string {
	if to, err := filepath.EvalSymlinks(path); err == nil {
		path = to
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path))
	}
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// release lets others have it.
func (u inUse) release() {
	for _, f := range u {
		_ = f.Truncate(0) // nobody has it any more
		_ = f.Close()
	}
}

// sign writes into a locked file who has it.
func sign(f *os.File, command string) error {
	host, _ := os.Hostname()
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt(fmt.Appendf(nil, "golau %s\n%d\n%s\n%s\n", command, os.Getpid(), host, time.Now().UTC().Format(time.RFC3339)), 0)
	return err
}

// taken says in words who has what is locked by a file, and what to do.
func taken(path string) error {
	return fmt.Errorf("%s is in use by %s: two programs would send each letter twice and write over each other; stop that one first, or give this one a folder of its own with --data",
		filepath.Dir(path), readHolder(path))
}

func readHolder(path string) holder {
	var h holder
	f, err := os.Open(path)
	if err != nil {
		return h
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for _, to := range []*string{&h.command, &h.pid, &h.host, &h.since} {
		if lines.Scan() {
			*to = lines.Text()
		}
	}
	return h
}

// String names the holder as far as it is known: a program that was killed the
// moment before may still stand in the file.
func (h holder) String() string {
	pid, err := strconv.Atoi(h.pid)
	here, _ := os.Hostname()
	if err != nil || h.since == "" || h.host == here && !alive(pid) {
		return "another golau"
	}
	where := ""
	if h.host != here {
		where = " on " + h.host
	}
	return fmt.Sprintf("%s, process %d%s, since %s", h.command, pid, where, h.since)
}

// alone lets a migration begin only while nobody else uses the data: the program
// that serves knows the old tables. What is taken stays in kept, for the caller to
// release.
func alone(command, data, path string, kept *inUse, before func(context.Context, *sql.DB) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) (err error) {
		if *kept, err = use(command, data, path); err != nil {
			return err
		}
		return before(ctx, db)
	}
}
