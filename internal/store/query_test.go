package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// What every page asks is answered whole once it has begun, so that nobody has
// to watch each query; whoever had gone before is not asked for.
func TestAQueryThatBeganIsAnswered(t *testing.T) {
	db := opened(t, Options{})
	const many = 2000
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		for i := range many {
			if err := put(tx, fmt.Sprint(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	rx := db.Read(ctx)
	rows, err := rx.Query("SELECT key FROM outbox_jobs")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cancel()
	n := 0
	for rows.Next() {
		n++
	}
	if n != many || rows.Err() != nil {
		t.Errorf("%d of %d rows, then: %v", n, many, rows.Err())
	}
	if _, err := rx.Query("SELECT key FROM outbox_jobs"); !errors.Is(err, context.Canceled) {
		t.Errorf("after the request had ended: %v", err)
	}
}
