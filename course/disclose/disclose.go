// Package disclose says which numbers of a table of people a board may see, so
// that no few of them can be told from it, not even by subtracting what is shown
// from its totals. It knows no board, no agency and nobody who is counted.
package disclose

// Few is the least number of people that is shown as a number.
const Few = 5

// Mark is how a cell is shown.
type Mark int

// A cell is a number, "fewer than 5" (which may be nobody), or left out so that
// another cannot be worked out.
const (
	Shown Mark = iota
	Fewer
	Hidden
)

// Table is numbers of people with their totals: its last row holds the totals of
// the columns, its last column those of the rows, its last cell that of all.
type Table [][]int

// Totalled adds its totals to a block of numbers, whose rows are equally long.
func Totalled(block [][]int) Table {
	if len(block) == 0 {
		return Table{{0}}
	}
	width := len(block[0])
	t := make(Table, 0, len(block)+1)
	sums := make([]int, width+1)
	for _, cells := range block {
		row := append(make([]int, 0, width+1), cells...)
		all := 0
		for j, n := range cells {
			all += n
			sums[j] += n
		}
		sums[width] += all
		t = append(t, append(row, all))
	}
	return append(t, sums)
}

// Marks says how each cell is shown. Every cell that is not a number could be at
// least one other number, and each row and column would still add up and bear the
// same marks. Where no choice of cells achieves that, no number is shown at all.
func Marks(t Table) [][]Mark {
	m := make([][]Mark, len(t))
	for i, row := range t {
		m[i] = make([]Mark, len(row))
		for j, n := range row {
			if n < Few {
				m[i][j] = Fewer
			}
		}
	}
	for again := true; again; {
		again = false
		for i, row := range t {
			for j := range row {
				if m[i][j] == Shown {
					continue
				}
				more, possible := protect(t, m, i, j)
				if !possible {
					return nothing(t)
				}
				again = again || more
			}
		}
	}
	return m
}

// nothing leaves every cell out.
func nothing(t Table) [][]Mark {
	m := make([][]Mark, len(t))
	for i, row := range t {
		m[i] = make([]Mark, len(row))
		for j := range row {
			m[i][j] = Hidden
		}
	}
	return m
}
