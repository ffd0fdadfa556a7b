package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golau/internal/steward"
)

// A restore puts everything together in a folder of its own beside where the
// database will be. While it does, that folder's name says that nothing in it
// counts. When all of it is checked, the folder gets the name that says that all
// of it counts: from that one moment on the restore is done, and what remains is
// to put the parts in their places, which whoever comes next does again if it was
// cut off. So a restore that is killed at any moment has happened, or has not.
const (
	restoring = ".restoring-" // nothing counts
	restored  = ".restored-"  // all counts
)

// The parts within that folder, besides keys and the list of who was erased.
const (
	draftFile = "draft.db" // being checked and erased from
	wholeFile = "golau.db" // what will be served
)

// settled deals with what a restore or an upgrade that was cut off has left
// behind, for whoever has the data to themselves, and says what it did.
func settled(data, path string, say func(string)) error {
	dir, base := filepath.Dir(path), filepath.Base(path)
	stem := strings.TrimSuffix(base, ".db")
	for _, pattern := range []string{restoring + base + "-*", restoring + "[0-9]*", "." + base + ".part-*", "." + stem + "-before-*.db.part-*"} {
		left, err := fs.Glob(os.DirFS(dir), pattern)
		if err != nil {
			return err
		}
		for _, name := range left {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return fmt.Errorf("cannot remove what was left behind by something that was cut off: %w", err)
			}
			say("removed what a restore or an upgrade that was cut off left behind: " + filepath.Join(dir, name))
		}
	}
	ready := filepath.Join(dir, restored+base)
	if _, err := os.Stat(ready); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := putInPlace(ready, data, path); err != nil {
		return fmt.Errorf("a restore was cut off when it was all but done, and cannot be completed: %w", err)
	}
	say("completed a restore that was cut off when it was all but done: " + path)
	return nil
}

// putInPlace puts the parts of a whole restore where they belong: the keys, the
// list of who was erased, and last the database. It can be done again at any
// moment, and writes over nothing but the list, which it only makes longer.
func putInPlace(ready, data, path string) error {
	keys := filepath.Join(data, "keys")
	if err := os.MkdirAll(keys, 0o700); err != nil {
		return err
	}
	names, err := os.ReadDir(filepath.Join(ready, "keys"))
	if err != nil {
		return err
	}
	for _, n := range names {
		if err := place(filepath.Join(ready, "keys", n.Name()), filepath.Join(keys, n.Name())); err != nil {
			return err
		}
	}
	list, err := os.ReadFile(filepath.Join(ready, steward.ListName))
	if err == nil {
		err = writeWhole(filepath.Join(data, steward.ListName), list)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	flush(keys, data)
	if err := place(filepath.Join(ready, wholeFile), path); err != nil {
		return err
	}
	flush(filepath.Dir(path))
	done := filepath.Join(filepath.Dir(path), restoring+filepath.Base(path)+"-done") // by this name a removal that is cut off is gone on with
	if err := os.Rename(ready, done); err != nil {
		return err
	}
	return os.RemoveAll(done)
}

// place gives a file its name; one of that name that says something else stays,
// and is an error.
func place(from, to string) error {
	err := os.Link(from, to) // never over another
	if err == nil {
		return nil
	}
	there, missing := os.Stat(to)
	if missing == nil {
		source, err := os.Stat(from)
		if err != nil || os.SameFile(source, there) {
			return err
		}
		return same(from, to)
	}
	body, err := os.ReadFile(from) // a disk that knows no links, or another disk
	if err != nil {
		return err
	}
	return writeWhole(to, body)
}

// same wants two files alike.
func same(from, to string) error {
	a, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(to)
	if err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return fmt.Errorf("%s is there already and is another, and nothing is written over: move it away and try again", to)
	}
	return nil
}

// flush makes the names in folders last through a power cut, where the system can.
func flush(dirs ...string) {
	for _, name := range dirs {
		if dir, err := os.Open(name); err == nil {
			_ = dir.Sync()
			dir.Close()
		}
	}
}

// copyKeys copies the files of keys from one folder into another; none where
// there is no such folder.
func copyKeys(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, pattern := range []string{"*.pem", "*.key"} {
		names, err := filepath.Glob(filepath.Join(from, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			key, err := os.ReadFile(name)
			if err == nil {
				err = writeWhole(filepath.Join(to, filepath.Base(name)), key)
			}
			if err != nil {
				return fmt.Errorf("cannot copy the key %s: %w", filepath.Base(name), err)
			}
		}
	}
	return nil
}
