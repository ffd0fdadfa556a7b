package course

import (
	"context"
	"testing"

	"golau/internal/store"
)

// BenchmarkSettle: what it costs to work out anew where one of an agency's people
// stands, under two rules, a hundred in a Write.
func BenchmarkSettle(b *testing.B) {
	c := newCrowd(b, 400, 3)
	c.put(b, Rule{Schedule: threeYears})
	c.put(b, Rule{Job: "health", Parts: []string{"signs"}, Schedule: threeYears})
	ids := c.positions(b, "left_at IS NULL")[:readAtOnce]
	b.ResetTimer()
	for n := 0; n < b.N; n += len(ids) {
		err := c.db.Write(b.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return c.school.SettleIn(tx, ids) })
		if err != nil {
			b.Fatal(err)
		}
	}
}
