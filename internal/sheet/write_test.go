package sheet

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Counts can be added up; whatever else looks like a number stays as it was typed,
// and nothing is a formula.
func TestCountsAreNumbers(t *testing.T) {
	var b bytes.Buffer
	err := WriteXLSX(&b, func(put func([]string) error) error {
		for _, row := range [][]string{{"Staff number", "People"}, {"0017", "12"}, {"12", "0"}, {"=1+1", "–"}} {
			if err := put(row); err != nil {
				return err
			}
		}
		return nil
	}, 1)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, number := range map[string]bool{"A1": false, "B1": false, "A2": false, "B2": true, "A3": false, "B3": true, "A4": false, "B4": false} {
		kind, err := f.GetCellType("Sheet1", cell)
		if is := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber; err != nil || is != number {
			t.Errorf("%s: %v %v", cell, kind, err)
		}
	}
	if formula, err := f.GetCellFormula("Sheet1", "A4"); err != nil || formula != "" {
		t.Errorf("%q %v", formula, err)
	}
}
