package people

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkImport: what it costs to bring in 5,000 people who were not there, each
// invited with a place, in batches beside the pages; and to look at the list before.
//
//	go test ./internal/people -run '^$' -bench Import -benchtime 3x
func BenchmarkImport(b *testing.B) {
	const rows = 5000
	h := newHouse(b, Options{})
	s := scopeOf(h.school, h.east)
	b.ResetTimer()
	for n := range b.N {
		var list strings.Builder
		list.WriteString(unchanged)
		for i := range rows {
			fmt.Fprintf(&list, "Nia Wyn %s;p%d-%d@demo.example;Education;Area %d / Team %d;A;2024-09-01;N%d-%d;\n",
				strings.Repeat("x", i%20+1), n, i, i%5, i%30, n, i)
		}
		h.carry(s, list.String(), ImportChoice{Invite: true})
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
