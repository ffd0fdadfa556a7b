package sheet

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// WriteCSV writes rows as text, each cell such that nothing is worked out.
func WriteCSV(w io.Writer, delimiter rune, rows func(put func([]string) error) error) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // or a spreadsheet takes ŵ for something else
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if delimiter != 0 {
		out.Comma = delimiter
	}
	if err := rows(func(row []string) error { return out.Write(Cells(row)) }); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// WriteXLSX writes rows as a workbook of one sheet. Every cell is a text, which no
// spreadsheet works out, but for whole numbers in the columns that are counts (the
// first is 0), so that they can be added up.
func WriteXLSX(w io.Writer, rows func(put func([]string) error) error, counts ...int) (err error) {
	f := excelize.NewFile()
	defer f.Close()
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	n := 0
	err = rows(func(row []string) error {
		n++
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		cells := make([]any, len(row))
		for i, c := range row {
			if c != "" {
				cells[i] = c
			}
			if count, err := strconv.Atoi(c); err == nil && slices.Contains(counts, i) {
				cells[i] = count
			}
		}
		return s.SetRow(at, cells)
	})
	if err == nil {
		err = s.Flush()
	}
	if err == nil {
		_, err = f.WriteTo(w)
	}
	return err
}
