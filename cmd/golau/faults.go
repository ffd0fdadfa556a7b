package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golau/certificates"
)

// faults are all that golau serve refuses before it opens the database: settings
// that are wrong, or half there, and a folder or key that it cannot use. golau
// config tells the same. A path that is empty, because the setting of it is
// wrong, is not looked at.
func faults(s siteFlags, r runFlags, demo bool, data, path string) error {
	place := checkPlace(data, path)
	if place == nil {
		place = checkKeyFiles(data)
	}
	return errors.Join(s.check(demo), r.check(s, demo), place)
}

// each lists what was joined, one by one.
func each(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, each(e)...)
	}
	return all
}

// checkPlace refuses a data folder or a database that the program cannot write,
// and a folder that is everybody's.
func checkPlace(data, path string) error {
	info, err := os.Stat(data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := writable(existing(data)); err != nil {
			return fmt.Errorf("cannot make the data folder %s: %w", data, err)
		}
	case err != nil:
		return fmt.Errorf("cannot read the data folder: %w", err)
	case !info.IsDir():
		return fmt.Errorf("cannot make the data folder: %s is a file", data)
	case everybodys(info):
		return fmt.Errorf("%s is everybody's: give Golau a folder of its own with --data", data)
	default:
		if err := writable(data); err != nil {
			return fmt.Errorf("cannot write in the data folder %s: give it to the user that runs Golau, or name another with --data: %w", data, err)
		}
	}
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot write the database: give it to the user that runs Golau: %w", err)
	}
	return f.Close()
}

// everybodys says whether a folder is one like /tmp.
func everybodys(info fs.FileInfo) bool {
	return info.Mode()&fs.ModeSticky != 0 && info.Mode().Perm()&0o077 != 0
}

// existing is the nearest folder above a path that is there.
func existing(path string) string {
	for {
		up := filepath.Dir(path)
		if _, err := os.Stat(up); err == nil || up == path {
			return up
		}
		path = up
	}
}

// writable tries whether the program can make a file in a folder, and leaves
// none: what a folder's mode says is not all that counts.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".golau-try-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// checkKeyFiles refuses keys that are there and cannot be used. It makes none.
func checkKeyFiles(data string) error {
	var failed error
	if _, err := os.Stat(filepath.Join(data, "keys", "signing-key.pem")); err == nil {
		_, failed = certificates.ReadKeys(filepath.Join(data, "keys"))
	} else if errors.Is(err, fs.ErrPermission) {
		failed = fmt.Errorf("cannot read the keys: give them to the user that runs Golau: %w", err)
	}
	for _, name := range keyFiles() {
		path := filepath.Join(data, name)
		if _, err := os.Stat(path); err == nil {
			_, err = sealKey(path)
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
