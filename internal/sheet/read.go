package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

// What a list may hold. A thousand times what one agency has is an attack or a
// mistake, and saying so soon is kinder than trying.
const (
	MaxMiB     = 10
	MaxBytes   = MaxMiB << 20
	MaxRows    = 50_000
	MaxColumns = 100
	maxCell    = 2_000 // bytes
)

// Kind is how a list is written down.
type Kind string

// The two kinds that are read and written.
const (
	CSV  Kind = "csv"
	XLSX Kind = "xlsx"
)

// Row is one row, with the number by which a spreadsheet shows it.
type Row struct {
	Number int
	Cells  []string
}

// Table is a list as it was read: its first row that says anything, and the others.
type Table struct {
	Kind      Kind
	Delimiter rune // of a CSV
	Since1904 bool // the days of the workbook count from 1904
	Heading   []string
	Rows      []Row
}

// Fault is why a file is no list that can be read. The words are the reader's.
type Fault struct {
	What What
	Row  int // where it is, where that is known
}

// What is the kind of a fault.
type What string

// The faults.
const (
	Empty      What = "empty"
	TooBig     What = "too_big"
	TooMany    What = "too_many"    // rows
	TooWide    What = "too_wide"    // columns
	TooLong    What = "too_long"    // a cell
	Unpacks    What = "unpacks"     // a workbook that is far larger than it looks
	Binary     What = "binary"      // neither text nor workbook
	Locked     What = "locked"      // encrypted, or a workbook of before 2007
	NoWorkbook What = "no_workbook" // packed, but something else
	Macros     What = "macros"
	Entities   What = "entities" // XML that defines words of its own
	Broken     What = "broken"
	Quotes     What = "quotes" // quotation marks that do not pair
	Markup     What = "markup" // a web page that is called a list
)

func (f *Fault) Error() string { return fmt.Sprintf("sheet: %s, row %d", f.What, f.Row) }

func fault(w What) error { return &Fault{What: w} }

// Read reads a list from the bytes of a file, whatever it is called: a workbook, or
// text with any of the usual delimiters in UTF-8, UTF-16 or Windows-1252. What
// cannot be read is a *Fault.
func Read(data []byte) (Table, error) {
	switch {
	case len(data) > MaxBytes:
		return Table{}, fault(TooBig)
	case bytes.HasPrefix(data, []byte("PK")):
		return readXLSX(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return Table{}, fault(Locked)
	}
	text, err := decode(data)
	if err != nil {
		return Table{}, err
	}
	if t := strings.TrimSpace(text); strings.HasPrefix(t, "<") {
		return Table{}, fault(Markup)
	}
	return readCSV(text)
}

// add takes in a row: the first that says anything is the heading, and rows that
// say nothing are left out.
func (t *Table) add(number int, cells []string) error {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	if n == 0 {
		return nil
	}
	for _, c := range cells[:n] {
		if len(c) > maxCell {
			return &Fault{TooLong, number}
		}
	}
	switch {
	case n > MaxColumns:
		return &Fault{TooWide, number}
	case t.Heading == nil:
		t.Heading = cells[:n:n]
		return nil
	case len(t.Rows) == MaxRows:
		return &Fault{TooMany, number}
	}
	t.Rows = append(t.Rows, Row{number, cells[:n:n]})
	return nil
}

// whole is the table, and an error where there is nothing in it but a heading.
func (t *Table) whole() (Table, error) {
	if len(t.Rows) == 0 {
		return *t, fault(Empty)
	}
	return *t, nil
}
