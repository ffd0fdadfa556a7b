package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// delimiters are what may stand between cells, the likelier first.
var delimiters = []rune{',', ';', '\t', '|', '^', '~'}

// readCSV reads a text.
func readCSV(text string) (Table, error) {
	t := Table{Kind: CSV}
	lines := 0
	if first, rest, _ := strings.Cut(text, "\n"); len(first) == len("sep=;") && strings.HasPrefix(first, "sep=") {
		t.Delimiter, text, lines = rune(first[4]), rest, 1 // as Excel writes it down
	} else {
		t.Delimiter = delimiter(text)
	}
	if err := bounded(text, t.Delimiter); err != nil {
		return Table{}, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = t.Delimiter, -1
	folded := 0 // lines that are no rows of their own, since a cell holds their ends
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t.whole()
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return Table{}, &Fault{Quotes, wrong.StartLine + lines - folded}
		}
		if err != nil {
			return Table{}, fault(Broken)
		}
		line, _ := r.FieldPos(0)
		if err := t.add(line+lines-folded, plainCells(cells)); err != nil {
			return Table{}, err
		}
		for _, c := range cells {
			folded += strings.Count(c, "\n")
		}
	}
}

// What one row may come to before it is taken apart, since every empty cell takes as
// much as a full one.
const (
	maxRowCells = 10 * MaxColumns
	maxRowBytes = MaxColumns * maxCell
)

// bounded refuses a row that is far too long before anything is made of it.
func bounded(text string, delimiter rune) error {
	row, cells, began, quoted := 1, 0, 0, false
	for at, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == delimiter && !quoted:
			cells++
		case r == '\n' && !quoted:
			row, cells, began = row+1, 0, at
		}
		if cells > maxRowCells {
			return &Fault{TooWide, row}
		}
		if at-began > maxRowBytes {
			return &Fault{TooLong, row}
		}
	}
	return nil
}

// delimiter is what stands most often in the first line that says anything, outside
// quotation marks.
func delimiter(text string) rune {
	counts, quoted, said := map[rune]int{}, false, false
	for _, r := range text {
		if r == '"' {
			quoted = !quoted
		}
		if r == '\n' && !quoted && said {
			break
		}
		if r > ' ' {
			said = true
		}
		if !quoted {
			counts[r]++
		}
	}
	best := ','
	for _, d := range delimiters {
		if counts[d] > counts[best] {
			best = d
		}
	}
	return best
}

// plainCells takes back what Cell did, so that a list that was taken out says the
// same when it comes in again.
func plainCells(row []string) []string {
	for i, s := range row {
		if bare, ok := strings.CutPrefix(s, "'"); ok && Cell(bare) == s {
			row[i] = bare
		}
	}
	return row
}
