package quiz

import (
	"unicode/utf8"

	"golau/internal/i18n"
)

// fewestRanked is of how many choices a pattern begins to tell anything.
const fewestRanked = 6

// ranks counts at which place by length the best option of a choice stands, the
// longest first. As long as others, it stands at each of their places a part.
type ranks struct {
	at map[int]float64
	of int
}

func (x *ranks) count(options []option, l i18n.Lang) {
	long := func(o option) int { return utf8.RuneCountInString(o.Text.In(l)) }
	for _, best := range options {
		if best.Worth != "1" {
			continue
		}
		longer, alike := 0, 0
		for _, o := range options {
			switch {
			case long(o) > long(best):
				longer++
			case long(o) == long(best):
				alike++
			}
		}
		for i := range alike {
			x.at[longer+i+1] += 1 / float64(alike)
		}
		x.of++
	}
}

// checkRanks warns where somebody who never reads can go by length: the best option
// stands at one place in more than half of the choices.
func (b *Bank) checkRanks(r *reporter, l i18n.Lang) {
	singles, lines := ranks{at: map[int]float64{}}, ranks{at: map[int]float64{}}
	for _, q := range b.questions {
		switch q.Type {
		case Single:
			singles.count(q.Options, l)
		case Rewrite:
			for _, x := range q.Lines {
				lines.count(x.Options, l)
			}
		}
	}
	for i, x := range []ranks{singles, lines} {
		what := []string{"questions", "lines of records"}[i]
		for rank := 1; rank <= maxShares; rank++ {
			if n := x.at[rank]; x.of >= fewestRanked && n*2 > float64(x.of) {
				r.warn("", "in %s the best option stands at place %d by length in %.1f of %d %s: make it longer or shorter in some", l, rank, n, x.of, what)
			}
		}
	}
}
