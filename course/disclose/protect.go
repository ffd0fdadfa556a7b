package disclose

// corner is one of the four cells of a rectangle: somebody more or less in it
// keeps the sums of its rows and columns, with a less or more in the others.
type corner struct{ row, col, by int }

// protect leaves out what is needed beside a cell so that it could be another
// number: the three cells that make a rectangle with it, of those that cost least.
// more says that something had to be left out which was shown.
func protect(t Table, m [][]Mark, row, col int) (more, possible bool) {
	var best []corner
	least := 0
	for i := range t {
		for j := range t[i] {
			if i == row || j == col {
				continue
			}
			for _, by := range []int{1, -1} {
				four := rectangle(t, row, col, i, j, by)
				if !couldBe(t, m, four) {
					continue
				}
				if c := cost(t, m, four); best == nil || c < least {
					best, least = four, c
				}
			}
		}
	}
	for _, c := range best {
		if m[c.row][c.col] == Shown {
			m[c.row][c.col], more = Hidden, true
		}
	}
	return more, best != nil
}

// rectangle is the change that keeps all sums. A total stands on the other side of
// its sum, so it changes the other way round.
func rectangle(t Table, row, col, i, j, by int) []corner {
	side := func(r, c int) int {
		s := by
		if r == len(t)-1 {
			s = -s
		}
		if c == len(t[r])-1 {
			s = -s
		}
		return s
	}
	return []corner{{row, col, side(row, col)}, {i, j, side(i, j)}, {row, j, -side(row, j)}, {i, col, -side(i, col)}}
}

// couldBe says whether the changed table would be shown alike: what is few stays
// few, what is not stays so, and nobody is fewer than nobody.
func couldBe(t Table, m [][]Mark, four []corner) bool {
	for _, c := range four {
		n := t[c.row][c.col] + c.by
		if n < 0 || (n < Few) != (m[c.row][c.col] == Fewer) {
			return false
		}
	}
	return true
}

// cost is how much would be lost: a cell that is left out costs its number, and
// one more, so that nothing is left out for nothing. Totals, being
// large, cost most by themselves.
func cost(t Table, m [][]Mark, four []corner) (sum int) {
	for _, c := range four {
		if m[c.row][c.col] == Shown {
			sum += t[c.row][c.col] + 1
		}
	}
	return sum
}
