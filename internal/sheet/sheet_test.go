package sheet_test

import (
	"testing"

	"golau/internal/sheet"
)

// Attack A9: whatever somebody calls themselves, a spreadsheet works nothing out.
func TestNoCellIsAFormula(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1", "＋1", "－1", "＠x",
		"=cmd|' /C calc'!A0", "|x", "%0a=1", "\tx"} {
		if got := sheet.Cell(s); got != "'"+s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	for _, s := range []string{"", "Siân", "01632 960111", "a=b", "'=1", "2026-11-21", "…6qrs", "  x"} {
		if got := sheet.Cell(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}
