package main

import (
	"fmt"
	"io"
	"slices"

	"golau/course"
	"golau/internal/store"
	"golau/quiz"
)

// learned are the tables of what people did and learned. The record bears their
// prints; a copy that lies elsewhere knows those of before, too.
func learned() []store.Evidence { return slices.Concat(quiz.Evidence, course.Evidence) }

// standing is how many of something hold, and how many of them are older than prints.
type standing struct{ all, older int }

func (h standing) String() string {
	if h.older == 0 {
		return fmt.Sprintf("%d hold", h.all)
	}
	return fmt.Sprintf("%d hold, %d of them in part from before the record bore prints: hold those to a backup with --since", h.all, h.older)
}

// sayLearned prints a digest of each table, by which two copies can be compared.
func sayLearned(out io.Writer, rx store.Rx) error {
	for _, e := range learned() {
		n, digest, err := e.Digest(rx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %d rows, sha256 %s\n", e.Table, n, digest)
	}
	return nil
}

// holdsLearned wants every row of the older copy in the newer one, word for word;
// and nothing more, where the newer is a restored copy of it.
func holdsLearned(older, newer store.Rx, restored bool) error {
	for _, e := range learned() {
		more, err := e.HeldBy(older, newer)
		if err != nil {
			return err
		}
		if restored && more > 0 {
			return fmt.Errorf("%s has %d rows that the backup does not have", e.Table, more)
		}
	}
	return nil
}
