package store

import (
	"context"
	"strings"
	"testing"
)

// What was written counts at once, also while all of it lies in the log.
func TestBytesCountTheLog(t *testing.T) {
	db, err := Open(t.Context(), Options{Path: t.TempDir() + "/golau.db"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	before := db.Bytes(t.Context())
	err = db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		return tx.Exec("INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at) VALUES ('test', 'k', json_quote(?), 0, 0)", strings.Repeat("x", 1<<20)).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := db.Bytes(t.Context()); before == 0 || n < before+1<<20-1<<16 { // some pages may have been free
		t.Errorf("%d bytes before, %d after a megabyte", before, n)
	}
}
