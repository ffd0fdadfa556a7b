package disclose_test

import (
	"testing"

	"golau/course/disclose"

	"pgregory.net/rapid"
)

// TestNoHiddenCellCanBeDerived: of tables of 3 to 3,000 people, whoever knows the
// totals, the numbers shown and what the marks mean finds for no other cell that it
// can be one number only. What it could be is looked for by following sums through
// any number of rows and columns, not by the rectangles that the marks are made of.
func TestNoHiddenCellCanBeDerived(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 12).Draw(t, "rows"), rapid.IntRange(1, 8).Draw(t, "columns")
		most := rapid.SampledFrom([]int{1, 3, 6, 30}).Draw(t, "most")
		block := make([][]int, rows)
		for i := range block {
			block[i] = rapid.SliceOfN(rapid.IntRange(0, most), cols, cols).Draw(t, "row")
		}
		table := disclose.Totalled(block)
		if all := table[rows][cols]; all < 3 || all > 3000 {
			t.Skip("too few or too many people")
		}
		marks := disclose.Marks(table)
		for i, row := range table {
			for j, n := range row {
				switch {
				case n < disclose.Few && marks[i][j] == disclose.Shown:
					t.Fatalf("%d people are shown in row %d, column %d", n, i, j)
				case marks[i][j] != disclose.Shown && !canMove(table, marks, i, j, 1) && !canMove(table, marks, i, j, -1):
					t.Fatalf("row %d, column %d can only be %d: %v %v", i, j, n, table, marks)
				}
			}
		}
	})
}

// TestEveryTableThatWouldLookAlike: small tables, by counting out all others that
// would be shown with the same numbers and marks.
func TestEveryTableThatWouldLookAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SliceOfN(rapid.IntRange(0, 9), 4, 4).Draw(t, "cells")
		table := disclose.Totalled([][]int{n[:2], n[2:]})
		marks := disclose.Marks(table)
		seen := map[[2]int]map[int]bool{}
		for code := range 14 * 14 * 14 * 14 {
			o := disclose.Totalled([][]int{{code % 14, code / 14 % 14}, {code / 196 % 14, code / 2744}})
			if !alike(table, marks, o) {
				continue
			}
			for i, row := range o {
				for j, v := range row {
					if seen[[2]int{i, j}] == nil {
						seen[[2]int{i, j}] = map[int]bool{}
					}
					seen[[2]int{i, j}][v] = true
				}
			}
		}
		for cell, could := range seen {
			if marks[cell[0]][cell[1]] != disclose.Shown && len(could) < 2 {
				t.Fatalf("%v can only be %v: %v %v", cell, could, table, marks)
			}
		}
	})
}

// TestWhatIsPlainStaysShown: where all are many, nothing is left out; and where one
// cell is few, what is left out beside it is not the total of all.
func TestWhatIsPlainStaysShown(t *testing.T) {
	for _, row := range disclose.Marks(disclose.Totalled([][]int{{10, 20}, {30, 40}})) {
		for _, mark := range row {
			if mark != disclose.Shown {
				t.Error("something is left out of a table without few")
			}
		}
	}
	marks := disclose.Marks(disclose.Totalled([][]int{{2, 20, 9}, {30, 40, 50}}))
	if marks[0][0] != disclose.Fewer || marks[2][3] != disclose.Shown {
		t.Errorf("one cell of few: %v", marks)
	}
}

// fits says whether a cell could be a number, by all that a reader knows of it.
func fits(mark disclose.Mark, was, n int, all bool) bool {
	switch {
	case n < 0:
		return false
	case all: // no number is shown at all
		return true
	case mark == disclose.Shown:
		return n == was
	case mark == disclose.Fewer:
		return n < disclose.Few
	}
	return n >= disclose.Few
}

// withheld says that every cell was left out.
func withheld(marks [][]disclose.Mark) bool {
	for _, row := range marks {
		for _, mark := range row {
			if mark != disclose.Hidden {
				return false
			}
		}
	}
	return true
}

func alike(table disclose.Table, marks [][]disclose.Mark, other disclose.Table) bool {
	for i, row := range other {
		for j, n := range row {
			if !fits(marks[i][j], table[i][j], n, withheld(marks)) {
				return false
			}
		}
	}
	return true
}

// canMove says whether a cell could be one more or less: what its row then has too
// much is taken from a cell of the row, what that column lacks is put into another,
// and so on, until the first column is even again.
func canMove(table disclose.Table, marks [][]disclose.Mark, row, col, by int) bool {
	last, wide := len(table)-1, len(table[0])-1
	all := withheld(marks)
	may := func(i, j, by int) bool {
		if (i == last) != (j == wide) {
			by = -by
		}
		return fits(marks[i][j], table[i][j], table[i][j]+by, all)
	}
	if !may(row, col, by) {
		return false
	}
	seen, todo := map[int]bool{row: true}, []int{row}
	for len(todo) > 0 {
		r := todo[0]
		todo = todo[1:]
		for c := range table[r] {
			if r == row && c == col || !may(r, c, -by) {
				continue
			}
			if c == col {
				return true
			}
			for i := range table {
				if !seen[i] && may(i, c, by) {
					seen[i] = true
					todo = append(todo, i)
				}
			}
		}
	}
	return false
}
