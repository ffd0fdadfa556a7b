// Package backups copies the database while it is in use, checks each copy, and
// keeps as many as it was told: one a night, the older ones thinned out.
//
// It does not know what the tables mean, and it holds no secret: keys are not
// part of a backup.
package backups

import (
	"context"
	"fmt"
	"os"

	"golau/internal/audit"
	"golau/internal/store"
)

// Report says what a backup holds.
type Report struct {
	File    string
	Bytes   int64
	Content store.Content
	// Head is how far the record of what happened goes in it. It is empty where
	// the schema is older than this program: the record is then checked when the
	// backup is restored.
	Head audit.Head
}

// Take makes a backup of the database file from, which may be in use, and reads
// it back: every page, the schema, the references, and the chain of the record.
//
// Returns store.ErrThere when there is a file of that name. Where only the record
// does not hold, the backup stays and both are returned: a faulty record is no
// reason to be without a copy.
func Take(ctx context.Context, from, to string, progress func(done, of int)) (Report, error) {
	if err := room(from, to); err != nil {
		return Report{}, err
	}
	content, err := store.Backup(ctx, from, to, progress)
	if err != nil {
		return Report{}, err
	}
	r := Report{File: to, Content: content}
	if info, err := os.Stat(to); err == nil {
		r.Bytes = info.Size()
	}
	if content.Version < store.Newest() {
		return r, nil
	}
	rx, done, err := store.Peek(to)
	if err != nil {
		return r, err
	}
	defer done()
	if _, err := audit.Verify(rx(ctx)); err != nil {
		return r, fmt.Errorf("the backup is made, but the record in it does not hold (golau certcheck says more): %w", err)
	}
	r.Head, err = audit.HeadOf(rx(ctx))
	return r, err
}
