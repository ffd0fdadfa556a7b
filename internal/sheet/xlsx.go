package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a workbook may unpack to. Elements are counted, since each becomes something
// many times its size in memory; those of a sheet are read one after the other.
const (
	maxParts     = 1_000
	maxUnpacked  = 64 << 20
	maxInSheets  = 6_000_000
	maxInStrings = 1_000_000
	maxElsewhere = 200_000
)

// readXLSX reads the first sheet that shows. What a formula came to when it was
// saved is read; nothing is worked out.
func readXLSX(data []byte) (t Table, err error) {
	if err := inspect(data); err != nil {
		return Table{}, err
	}
	defer func() {
		if recover() != nil { // a file that was made to break its reader
			t, err = Table{}, fault(Broken)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true,
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked}) // as much as may be, so that nobody's name lies in a temporary file
	if err != nil {
		return Table{}, fault(Broken)
	}
	defer f.Close()
	t = Table{Kind: XLSX}
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		t.Since1904 = *p.Date1904
	}
	rows, err := f.Rows(shown(f))
	if err != nil {
		return Table{}, fault(Broken)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return Table{}, fault(Broken)
		}
		for i, c := range cells {
			if cells[i], err = checked(c); err != nil {
				return Table{}, err
			}
		}
		if err := t.add(n, cells); err != nil {
			return Table{}, err
		}
	}
	if rows.Error() != nil {
		return Table{}, fault(Broken)
	}
	return t.whole()
}

// shown is the first sheet that is not hidden.
func shown(f *excelize.File) string {
	all := f.GetSheetList()
	for _, name := range all {
		if visible, err := f.GetSheetVisible(name); err == nil && visible {
			return name
		}
	}
	return strings.Join(all[:min(1, len(all))], "")
}

// inspect goes through a packed file before anything makes sense of it, and refuses
// what would fill the memory, or is no plain workbook. Each part is unpacked piece
// by piece and counted: what a part says of its own size may be untrue.
func inspect(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case err != nil:
		return fault(Broken)
	case len(z.File) > maxParts:
		return fault(Unpacks)
	}
	names := map[string]bool{}
	left := budget{bytes: maxUnpacked, sheets: maxInSheets, strings: maxInStrings, others: maxElsewhere}
	for _, part := range z.File {
		name := strings.ToLower(path.Clean(strings.ReplaceAll(part.Name, `\`, "/")))
		if names[name] {
			return fault(Broken) // two readers would take two different ones
		}
		names[name] = true
		if strings.HasSuffix(name, "vbaproject.bin") {
			return fault(Macros)
		}
	}
	if !names["xl/workbook.xml"] {
		return fault(NoWorkbook)
	}
	for _, part := range z.File {
		if err := left.through(part); err != nil {
			return err
		}
	}
	for _, part := range z.File {
		if err := sound(part); err != nil {
			return err
		}
	}
	return nil
}

// lastRow is the last row that a workbook can have.
const lastRow = 1 << 20

// sound reads a part as XML from beginning to end, since whoever reads rows stops at
// the first fault and says nothing, and counts up to any row that is named.
func sound(part *zip.File) error {
	if name := strings.ToLower(part.Name); !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
		return nil
	}
	r, err := part.Open()
	if err != nil {
		return fault(Broken)
	}
	defer r.Close()
	x := xml.NewDecoder(r)
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault(Broken)
		}
		start, is := token.(xml.StartElement)
		if !is || start.Name.Local != "row" {
			continue
		}
		for _, a := range start.Attr {
			if n, err := strconv.Atoi(a.Value); a.Name.Local == "r" && (err != nil || n < 1 || n > lastRow) {
				return fault(Broken)
			}
		}
	}
}

// budget is how much may still come.
type budget struct{ bytes, sheets, strings, others int }

// through unpacks one part and counts.
func (b *budget) through(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return fault(Broken)
	}
	defer r.Close()
	elements := &b.others
	switch name := strings.ToLower(part.Name); {
	case strings.Contains(name, "worksheets/"):
		elements = &b.sheets
	case strings.Contains(name, "sharedstrings"):
		elements = &b.strings
	case !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels"):
		elements = new(maxInSheets) // pictures and the like, which nobody reads
	}
	piece, tail := make([]byte, 64<<10), []byte{}
	for {
		n, err := r.Read(piece)
		b.bytes -= n
		*elements -= bytes.Count(piece[:n], []byte("<"))
		if b.bytes < 0 || *elements < 0 {
			return fault(Unpacks)
		}
		seen := append(tail, piece[:n]...)
		if bytes.Contains(seen, []byte("<!DOCTYPE")) || bytes.Contains(seen, []byte("<!ENTITY")) {
			return fault(Entities)
		}
		tail = append([]byte{}, seen[max(0, len(seen)-len("<!DOCTYPE")):]...)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault(Broken)
		}
	}
}
