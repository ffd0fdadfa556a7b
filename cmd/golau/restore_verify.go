package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/store"
)

// verify opens what was restored, which brings its schema up to date, checks all
// evidence in it, and erases whoever was erased since.
func (c *restoreCmd) verify(ctx context.Context, s *streams, part string, listed map[string]time.Time) error {
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(part, draftFile), Readers: 8})
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
	if err := c.check(ctx, s, db, keys); err != nil {
		return err
	}
	n, err := eraseAgain(ctx, s, part, db, keys, listed)
	if err != nil || n == 0 {
		return err
	}
	if err := db.Sound(ctx); err != nil {
		return fmt.Errorf("after erasing again: %w", err)
	}
	if _, err := audit.Verify(db.Read(ctx)); err != nil && !c.Damaged {
		return fmt.Errorf("after erasing again the record does not hold: %w", err)
	}
	return nil
}

// check reads the copy for what can be wrong with it: the file, what it holds
// beside the backup, and the evidence in it. Nobody else has the file, so that
// these may look at one time and see one state of it.
func (c *restoreCmd) check(ctx context.Context, s *streams, db *store.DB, keys *certificates.Keys) error {
	older, done, err := store.Peek(c.File)
	if err != nil {
		return err
	}
	defer done()
	var e inspected
	parts := []func() error{
		func() error { return db.Sound(ctx) },
		func() error { return holdsLearned(older(ctx), db.Read(ctx), true) },
	}
	quiet := &streams{out: io.Discard, err: io.Discard} // one bar for all of them
	for _, part := range e.parts(ctx, quiet, keys) {
		parts = append(parts, func() error { return part(db.Read(ctx)) })
	}
	errs := together(progress(s.err, "checking"), parts...)
	if errs[0] != nil {
		return fmt.Errorf("the backup %s: %w", c.File, errs[0])
	}
	if errs[1] != nil {
		return fmt.Errorf("the copy is not what the backup is, so nothing was restored: %w", errs[1])
	}
	switch err := errors.Join(errs[2:]...); {
	case err == nil:
		e.say(s.out)
	case !c.Damaged:
		return fmt.Errorf("the backup does not verify, so nothing was restored (--damaged does so all the same): %w", err)
	default:
		fmt.Fprintf(s.err, "golau: restored although %v\n", err)
	}
	return nil
}
