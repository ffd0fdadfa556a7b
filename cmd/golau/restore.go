package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/backups"
	"golau/internal/store"
)

type restoreCmd struct {
	dataFlags
	File    string `arg:"" help:"The backup." placeholder:"FILE"`
	Erased  string `help:"The list of who was erased since. Without it, erased.txt beside the backup." placeholder:"FILE"`
	Keys    string `help:"Your copy of the folder of keys. Without it a new signing key is made." placeholder:"DIR"`
	Damaged bool   `help:"Restore although a certificate or the record in it does not verify."`
}

// Run puts a backup into an empty place. It is checked before, brought up to
// this program's schema, checked again, and only then put there with its keys:
// until then nothing is there that could be served, and a restore that fails or
// is killed leaves nothing that counts.
func (c *restoreCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	if _, err := store.Inspect(ctx, c.File); err != nil {
		return fmt.Errorf("the backup %s: %w", c.File, err)
	}
	for _, dir := range []string{filepath.Dir(path), c.Data} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("cannot make the data folder: %w", err)
		}
	}
	mine, err := use("restore", c.Data, path)
	if err != nil {
		return err
	}
	defer mine.release()
	if err := settled(c.Data, path, func(did string) { fmt.Fprintln(s.err, "golau:", did) }); err != nil {
		return err
	}
	if err := c.empty(path); err != nil {
		return err
	}
	listed, err := c.listed(s)
	if err != nil {
		return err
	}
	part, err := os.MkdirTemp(filepath.Dir(path), restoring+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(part)
	r, err := c.stage(ctx, s, part, listed)
	if err != nil {
		return err
	}
	ready := filepath.Join(filepath.Dir(path), restored+filepath.Base(path))
	flush(filepath.Join(part, "keys"), part)
	if err := os.Rename(part, ready); err != nil {
		return err
	}
	flush(filepath.Dir(path)) // it is done
	if err := putInPlace(ready, c.Data, path); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "restored: %s (%s)\nStart golau serve with the same --data.\n", path, backups.Size(uint64(r.Bytes)))
	return nil
}

// stage puts everything together in the folder part: the keys, the list of who
// was erased, and the database, checked.
func (c *restoreCmd) stage(ctx context.Context, s *streams, part string, listed map[string]time.Time) (backups.Report, error) {
	from := c.Keys
	if from == "" {
		from = filepath.Join(c.Data, "keys")
	}
	if err := copyKeys(from, filepath.Join(part, "keys")); err != nil {
		return backups.Report{}, err
	}
	draft := filepath.Join(part, draftFile)
	if _, err := store.Backup(ctx, c.File, draft, progress(s.err, "copying")); err != nil {
		return backups.Report{}, err
	}
	if err := c.verify(ctx, s, part, listed); err != nil {
		return backups.Report{}, err
	}
	r, err := backups.Take(ctx, draft, filepath.Join(part, wholeFile), nil)
	if r.File == "" || err != nil && !c.Damaged {
		return r, err
	}
	return r, nil
}

// empty refuses a place where there is a database, or what is left of one.
func (c *restoreCmd) empty(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		if _, err := os.Lstat(name); err == nil {
			return fmt.Errorf("%s is there already, and nothing is written over: restore into an empty folder with --data", name)
		}
	}
	if c.Keys == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(c.Keys, "signing-key.pem")); err != nil {
		return fmt.Errorf("%s is no folder of keys: it holds no signing-key.pem", c.Keys)
	}
	if _, err := os.Lstat(filepath.Join(c.Data, "keys")); err == nil {
		return fmt.Errorf("%s is there already: leave --keys out to use the keys in it", filepath.Join(c.Data, "keys"))
	}
	return nil
}

// verify opens what was restored, which brings its schema up to date, checks all
// evidence in it, and erases whoever was erased since.
func (c *restoreCmd) verify(ctx context.Context, s *streams, part string, listed map[string]time.Time) error {
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(part, draftFile)})
	if err != nil {
		return err
	}
	return errors.Join(c.evidence(ctx, s, part, db, listed), db.Close())
}

func (c *restoreCmd) evidence(ctx context.Context, s *streams, part string, db *store.DB, listed map[string]time.Time) error {
	folder := filepath.Join(part, "keys")
	keys, err := certificates.OpenKeys(folder, rand.Reader)
	if err != nil {
		return err
	}
	recalled, err := certificates.Recall(db.Read(ctx), folder, keys)
	if err == nil {
		err = certificates.CheckKeys(db.Read(ctx), keys)
	}
	if err != nil {
		return err
	}
	for _, kid := range recalled {
		fmt.Fprintf(s.out, "key: %s verifies and signs no more: its private half is not here\n", kid)
	}
	older, done, err := store.Peek(c.File)
	if err != nil {
		return err
	}
	defer done()
	if err := holdsLearned(older(ctx), db.Read(ctx), true); err != nil {
		return fmt.Errorf("the copy is not what the backup is, so nothing was restored: %w", err)
	}
	err = db.Snapshot(ctx, func(rx store.Rx) error { return checkEvidence(ctx, s, rx, keys) })
	if err != nil && !c.Damaged {
		return fmt.Errorf("the backup does not verify, so nothing was restored (--damaged does so all the same): %w", err)
	}
	if err != nil {
		fmt.Fprintf(s.err, "golau: restored although %v\n", err)
	}
	return eraseAgain(ctx, s, part, db, keys, listed)
}
