package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

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
	content, err := store.Glance(ctx, c.File)
	if err != nil {
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
	if err := c.stage(ctx, s, part, content, listed); err != nil {
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
	fmt.Fprintf(s.out, "restored: %s (%s)\nStart golau serve with the same --data.\n", path, backups.Size(size(path)))
	return nil
}

// stage puts everything together in the folder part: the keys, the list of who
// was erased, and the database, checked. A backup of this program's schema is
// read back once, in the copy; an older one before it is brought up to date, too,
// since a migration of what is damaged could make anything of it.
func (c *restoreCmd) stage(ctx context.Context, s *streams, part string, content store.Content, listed map[string]time.Time) error {
	from := c.Keys
	if from == "" {
		from = filepath.Join(c.Data, "keys")
	}
	if err := copyKeys(from, filepath.Join(part, "keys")); err != nil {
		return err
	}
	copied := store.Draft
	if content.Version < store.Newest() {
		copied = store.Backup
	}
	draft := filepath.Join(part, draftFile)
	if _, err := copied(ctx, c.File, draft, progress(s.err, "copying")); err != nil {
		return fmt.Errorf("the backup %s: %w", c.File, err)
	}
	if err := c.verify(ctx, s, part, listed); err != nil {
		return err
	}
	if err := store.Settle(ctx, draft); err != nil {
		return err
	}
	return os.Rename(draft, filepath.Join(part, wholeFile))
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
