package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/steward"
)

// sealLife is how long a replaced seal still opens what it closed.
const sealLife = 24 * time.Hour

func sealPath(data string) string    { return filepath.Join(data, "keys", "seal.key") }
func oldSealPath(data string) string { return filepath.Join(data, "keys", "seal-old.key") }

// openSeal reads the key that seals waiting answers, and makes it at first.
func openSeal(data string, now func() time.Time) (*web.Seal, error) {
	key, err := sealKey(sealPath(data))
	if err != nil {
		return nil, err
	}
	var older []web.OldSeal
	if info, err := os.Stat(oldSealPath(data)); err == nil {
		old, err := os.ReadFile(oldSealPath(data))
		if err != nil || len(old) < 32 {
			return nil, fmt.Errorf("cannot read the key %s: remove it, and answers waiting under it are asked for again", oldSealPath(data))
		}
		older = append(older, web.OldSeal{Key: old[:32], Until: info.ModTime().Add(sealLife)})
	}
	return web.NewSeal(key, now, older...)
}

func sealKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key = make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return nil, err
		}
		err = writeWhole(path, key)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the key %s: %w", path, err)
	}
	if len(key) < 32 {
		return nil, fmt.Errorf("the key %s is too short: remove it, and a new one is made", path)
	}
	return key[:32], nil
}

// rotateSeal puts a new seal in the place of the old one, which still opens for
// a day.
func rotateSeal(data string) error {
	old, err := sealKey(sealPath(data))
	if err != nil {
		return err
	}
	if err := writeWhole(oldSealPath(data), old); err != nil {
		return fmt.Errorf("cannot keep the old seal: %w", err)
	}
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return err
	}
	if err := writeWhole(sealPath(data), fresh); err != nil {
		return fmt.Errorf("cannot put the new seal in its place: %w", err)
	}
	return nil
}

// closeToOthers takes from others what they may do with the data folder and with
// the folders and files in it that hold secrets or people, and says so: somebody
// may have read them. The signing key itself is not mended but refused.
func closeToOthers(data string, log *slog.Logger) error {
	if runtime.GOOS == "windows" { // keeps its permissions elsewhere
		return nil
	}
	names := append([]string{".", "keys", "tls", "mail", "backups", "golau.db", "golau.db-wal", "golau.db-shm", steward.ListName}, keyFiles()...)
	for _, many := range []string{"golau-before-*", "backups/*"} {
		found, err := fs.Glob(os.DirFS(data), many)
		if err != nil {
			return err
		}
		names = append(names, found...)
	}
	for _, name := range names {
		path := filepath.Join(data, name)
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 == 0 {
			continue
		}
		if everybodys(info) { // others would be shut out of what is theirs
			return fmt.Errorf("%s is everybody's: give Golau a folder of its own with --data", path)
		}
		if err := os.Chmod(path, info.Mode().Perm()&^0o077); err != nil {
			return fmt.Errorf("others can read %s (mode %04o): run chmod go= %s", path, info.Mode().Perm(), path)
		}
		log.Warn("others could read this; they cannot any more", "path", path, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
	}
	return nil
}
