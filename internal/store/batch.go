package store

import (
	"context"
	"time"
)

// How much one Batch does while nobody waits: so little that whoever comes meanwhile
// waits for a single piece of it, and so much that the disk is not flushed for each.
const (
	longestBatch = 20 * time.Millisecond
	mostPieces   = 50
)

// Batch is Write for work that comes in pieces: fn does one after another as long as
// more says that there is time for it, and whoever called goes on with what is left
// in the next Batch. There is time for at least one; then until somebody else waits to
// write, or the batch has taken long enough. What else is done in batches does not
// count as somebody: two of them would hold each other up.
func (db *DB) Batch(ctx context.Context, by Actor, fn func(ctx context.Context, tx Tx, more func() bool) error) error {
	return db.write(ctx, by, func(ctx context.Context, tx Tx) error {
		pieces := 0
		return fn(ctx, tx, func() bool {
			pieces++
			return pieces == 1 || pieces <= mostPieces && db.hurried.Load() == 0 && db.now().Sub(tx.Now.Time) < longestBatch
		})
	})
}

// Each does something for each of many, in batches. Where it fails, those of the
// batches before it stay done; so they do when ctx ends.
func Each[T any](ctx context.Context, db *DB, by Actor, all []T, do func(tx Tx, one T) error) error {
	for len(all) > 0 {
		done := 0
		err := db.Batch(ctx, by, func(_ context.Context, tx Tx, more func() bool) error {
			for done < len(all) && more() {
				if err := do(tx, all[done]); err != nil {
					return err
				}
				done++
			}
			return nil
		})
		if err != nil {
			return err
		}
		all = all[done:]
	}
	return nil
}
