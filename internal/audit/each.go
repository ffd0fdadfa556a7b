package audit

import (
	"context"
	"fmt"

	"golau/internal/store"
)

// Each is how a room holds all its evidence to the record, one subject after the
// other.
type Each struct {
	Name string // what a fault calls one: "attempt"
	All  string // counts them
	// After reads the ids that come after one, in order, as many as it is told.
	After string
	// One returns how a subject disagrees with the record, or whether part of it is
	// older than prints.
	One func(id string) (older bool, err error)
}

// Check goes through all of them, adds to found those that do not hold, and returns
// how many there are, how many hold, and how many of these are older than prints.
// It tells how far it is, and stops when ctx ends; what it returns as an error is no
// fault of the evidence.
func (e Each) Check(ctx context.Context, rx store.Rx, progress func(done, of int), found *Faults) (seen, hold, older int, err error) {
	var all int
	if err := rx.Raw(e.All).Scan(&all).Error; err != nil {
		return 0, 0, 0, store.Explain(err)
	}
	const batch = 200
	for id := ""; ; {
		if err := ctx.Err(); err != nil {
			return seen, hold, older, err
		}
		var ids []string
		if err := rx.Raw(e.After, id, batch).Scan(&ids).Error; err != nil {
			return seen, hold, older, store.Explain(err)
		}
		for _, id = range ids {
			seen++
			before, err := e.One(id)
			if err != nil {
				found.Add(fmt.Errorf("%s %s: %w", e.Name, id, err))
				continue
			}
			hold++
			if before {
				older++
			}
		}
		if progress != nil {
			progress(seen, all)
		}
		if len(ids) < batch {
			return seen, hold, older, nil
		}
	}
}
