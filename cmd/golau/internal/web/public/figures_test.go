package public

import (
	"testing"

	"golau/internal/i18n"
	"golau/modules"
)

func row(value int, source, confidence string) modules.FigureRow {
	return modules.FigureRow{Label: i18n.Text{EN: source, CY: source}, Value: value, Source: source, Confidence: confidence}
}

// A bar is as long as its number beside the whole, and never too short to see;
// rows do not touch.
func TestBars(t *testing.T) {
	p := &textPage{Library: &modules.Library{}}
	for _, tc := range []struct {
		unit  string
		rows  []int
		width []int
	}{
		{"percent", []int{100, 50, 1}, []int{469, 234, 4}},
		{"count", []int{23411, 10627, 1}, []int{469, 212, 1}},
	} {
		f := &modules.Figure{Unit: tc.unit}
		for _, v := range tc.rows {
			f.Rows = append(f.Rows, row(v, "S01", "V"))
		}
		c := p.Chart(f)
		if c.OfAWhole() != (tc.unit == "percent") || len(c.Bars) != len(tc.rows) {
			t.Fatalf("%+v", c)
		}
		for i, b := range c.Bars {
			if b.Width != tc.width[i] {
				t.Errorf("%s %d is %d wide, want %d", tc.unit, tc.rows[i], b.Width, tc.width[i])
			}
			if b.BarY+20 > c.Height || i > 0 && b.TextY-18 < c.Bars[i-1].BarY+20 {
				t.Errorf("row %d stands at %d of %d, above it one at %d", i, b.BarY, c.Height, c.Bars[max(0, i-1)].BarY)
			}
		}
	}
}

// What is the same for all rows is said once; else each says of which it is.
func TestWhereRowsWereRead(t *testing.T) {
	p := &textPage{Library: &modules.Library{Sources: []modules.Source{{ID: "S01"}, {ID: "S02"}}}}
	c := p.Chart(&modules.Figure{Unit: "count", Rows: []modules.FigureRow{row(1, "S02", "V"), row(2, "S01", "V"), row(3, "S02", "V")}})
	if len(c.Sources) != 2 || c.Sources[0].Source.ID != "S02" || len(c.Sources[0].Of) != 2 || c.Sources[1].Of[0].EN != "S01" {
		t.Errorf("the sources are %+v", c.Sources)
	}
	if len(c.Sure) != 1 || c.Sure[0].Confidence != "V" || c.Sure[0].Of != nil {
		t.Errorf("how sure: %+v", c.Sure)
	}
}
