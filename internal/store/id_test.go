package store

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"golau/internal/problem"
)

// An identifier is 26 letters that can be read aloud, and none comes twice.
func TestIdentifiers(t *testing.T) {
	const n = 100_000
	seen := make(map[string]bool, n)
	db := opened(t, Options{})
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error {
		for range n {
			id := tx.NewID()
			if seen[id] {
				t.Errorf("%s came twice", id)
			}
			seen[id] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	first := map[byte]int{}
	for id := range seen {
		if len(id) != 26 || !IsID(id) || strings.Trim(id, "0123456789abcdefghjkmnpqrstvwxyz") != "" {
			t.Fatalf("%q is no identifier", id)
		}
		first[id[0]]++
	}
	for _, odd := range []string{"", "0123", strings.Repeat("a", 24) + "\r\n", strings.Repeat("u", 26), strings.Repeat("A", 26)} {
		if IsID(odd) {
			t.Errorf("%q passes for an identifier", odd)
		}
	}
	if len(first) != 32 {
		t.Errorf("the first letter is one of %d, not of 32", len(first))
	}
}

func TestIsID(t *testing.T) {
	for _, s := range []string{"", "0123456789abcdefghjkmnpqr", "0123456789abcdefghjkmnpqrst", "0123456789ABCDEFGHJKMNPQRS",
		"0123456789abcdefghijkmnpqr", "0123456789abcdefghjkmnp/rs", "ŵ123456789abcdefghjkmnpqr"} {
		if IsID(s) {
			t.Errorf("%q is taken for an identifier", s)
		}
	}
}

// Without randomness nothing is recorded under a name that could be guessed.
func TestNoChance(t *testing.T) {
	db := opened(t, Options{Rand: bytes.NewReader(make([]byte, 20))})
	err := db.Write(t.Context(), tester, func(_ context.Context, tx Tx) error { return put(tx, tx.NewID()+tx.NewID()) })
	if err == nil || problem.KindOf(err) != problem.Internal {
		t.Errorf("%v", err)
	}
	wantRows(t, db.Read(t.Context()))
}
