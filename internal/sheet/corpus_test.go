package sheet_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golau/internal/sheet"
	"golau/internal/sheet/sheettest"
)

// Attack A25: whatever comes in as a list is read, or told by one word what is
// wrong with it, and all of them one after the other never take more than 256 MiB.
// They are built here and read by a program of their own, since building a bomb
// takes more than reading it.
func TestOddAndHostileLists(t *testing.T) {
	if dir := os.Getenv("GOLAU_LISTS"); dir != "" {
		readLists(t, dir)
		return
	}
	if sheettest.MaxRows != sheet.MaxRows || sheettest.MaxBytes != sheet.MaxBytes {
		t.Error("the lists try other limits")
	}
	dir, files := t.TempDir(), sheettest.Corpus()
	if len(files) < 70 {
		t.Errorf("only %d lists", len(files))
	}
	for n, f := range files {
		data := f.Data()
		if len(data) > sheet.MaxBytes+1 {
			t.Errorf("%s is %d bytes, and tries nothing but the limit", f.Name, len(data))
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(n)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(os.Args[0], "-test.run=^TestOddAndHostileLists$", "-test.v", "-test.timeout=120s")
	c.Env = append(os.Environ(), "GOLAU_LISTS="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	} else {
		t.Logf("%s", out)
	}
}

func readLists(t *testing.T, dir string) {
	most := uint64(0)
	for n, f := range sheettest.Corpus() {
		data, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(n)))
		if err != nil {
			t.Fatal(err)
		}
		if len(data) == 0 {
			continue // told before it is read
		}
		table, err := sheet.Read(data)
		var fault *sheet.Fault
		switch {
		case err == nil && f.Fault == "" && table.Heading != nil:
		case errors.As(err, &fault) && string(fault.What) == f.Fault:
		default:
			t.Errorf("%s: %v, want %q; %d rows", f.Name, err, f.Fault, len(table.Rows))
		}
		var m runtime.MemStats
		if runtime.ReadMemStats(&m); m.Sys > most {
			most = m.Sys
			t.Logf("%s: %d MiB", f.Name, most>>20)
		}
	}
	if most > 256<<20 {
		t.Errorf("it took %d MiB", most>>20)
	}
}

// A list that was written is read again as it was, as text with any delimiter and as
// workbook, whatever stands in it.
func TestWhatIsWrittenIsRead(t *testing.T) {
	rows := [][]string{{"Name", "x;y", "Nodyn"}, {"Siân, Ŵyn", "=1+1", "a\nb"}, {"\u202eabc", "-0017", "\"q\" | ^ ~"}, {"x", "", "+@"}}
	each := func(put func([]string) error) error {
		for _, r := range rows {
			if err := put(r); err != nil {
				return err
			}
		}
		return nil
	}
	for _, d := range []rune{0, ';', '\t', '|'} {
		var b strings.Builder
		if err := sheet.WriteCSV(&b, d, each); err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("%q", d), b.String(), rows)
	}
	var b strings.Builder
	if err := sheet.WriteXLSX(&b, each); err != nil {
		t.Fatal(err)
	}
	same(t, "workbook", b.String(), rows)
}

func same(t *testing.T, what, file string, rows [][]string) {
	t.Helper()
	table, err := sheet.Read([]byte(file))
	if err != nil || len(table.Rows) != len(rows)-1 || strings.Join(table.Heading, "#") != strings.Join(rows[0], "#") {
		t.Fatalf("%s: %+v %v", what, table, err)
	}
	for n, r := range table.Rows {
		if strings.Join(r.Cells, "#") != strings.Join(rows[n+1], "#") || r.Number != n+2 {
			t.Errorf("%s: %q, want %q", what, r.Cells, rows[n+1])
		}
	}
}
