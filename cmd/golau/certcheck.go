package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/store"
)

type certcheckCmd struct {
	dataFlags
	Since string `help:"A backup: whatever its record held must still be there, and each answer, mark and completion word for word." placeholder:"FILE"`
}

// Help says what the command cannot notice by itself.
func (*certcheckCmd) Help() string {
	return "Certificates are signed, the record is a chain, and its lines bear the prints of papers, answers, marks and completions: any change in them is noticed. " +
		"What the record cannot know takes --since, against a backup that lies elsewhere: rows from before it bore prints (it says how many), " +
		"the newest answer of an attempt that is open, if it was taken away, and whatever somebody changed who wrote the whole record anew."
}

// Run re-verifies the record of what happened and every certificate. It ends
// with 1 if there is a fault, and names the rows.
func (c *certcheckCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	db, keys, err := openWithKeys(ctx, path, c.Data)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := certificates.CheckKeys(db.Read(ctx), keys); err != nil {
		return err
	}
	return db.Snapshot(ctx, func(rx store.Rx) error {
		if c.Since != "" {
			if err := since(ctx, rx, c.Since); err != nil {
				return err
			}
		}
		return checkEvidence(ctx, s, rx, keys)
	})
}

// openWithKeys opens an existing database and its keys for looking, and makes
// neither.
func openWithKeys(ctx context.Context, path, data string) (*store.DB, *certificates.Keys, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, nil, fmt.Errorf("there is no database at %s: say where it is with --data", path)
	}
	folder := filepath.Join(data, "keys")
	if _, err := os.Stat(folder); err != nil {
		return nil, nil, fmt.Errorf("there are no keys at %s: they belong beside the database", folder)
	}
	db, err := store.Look(ctx, store.Options{Path: path})
	if err != nil {
		return nil, nil, err
	}
	keys, err := certificates.ReadKeys(folder)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, keys, nil
}

// since compares the record with what a backup knows of it. The backup is the
// witness: whoever cuts lines off the end can mend everything in the database,
// but not a copy that lies elsewhere.
func since(ctx context.Context, rx store.Rx, file string) error {
	content, err := store.Inspect(ctx, file)
	if err != nil {
		return fmt.Errorf("the backup %s: %w", file, err)
	}
	if content.Version < store.Newest() {
		return fmt.Errorf("the backup %s is of an older version: restore it into an empty folder first, and compare with that database", file)
	}
	old, done, err := store.Peek(file)
	if err != nil {
		return err
	}
	defer done()
	head, err := audit.HeadOf(old(ctx))
	if err != nil {
		return err
	}
	if err := audit.Holds(rx, head); err != nil {
		return fmt.Errorf("since the backup %s: %w", file, err)
	}
	if err := holdsLearned(old(ctx), rx, false); err != nil {
		return fmt.Errorf("since the backup %s: %w", file, err)
	}
	return nil
}
