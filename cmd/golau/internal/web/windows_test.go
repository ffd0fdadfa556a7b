package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

// shapes reads a drawing as XML and counts what is lit, present and empty.
func shapes(t *testing.T, svg string) (litOnes, now, all int) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "g" {
			all++
		}
	}
	if !strings.Contains(svg, `aria-hidden="true"`) {
		t.Errorf("a picture that repeats words is read out: %s", svg)
	}
	return strings.Count(svg, "gwin--lit"), strings.Count(svg, "gwin--now"), all
}

// A row has one window for each step, lit up to where somebody has come, and the
// picture is as wide as they are.
func TestARowOfWindows(t *testing.T) {
	for _, c := range []struct{ done, now, total, lit, present int }{
		{0, 0, 0, 0, 0}, {0, 1, 1, 0, 1}, {1, 0, 1, 1, 0}, {3, 4, 8, 3, 1}, {8, 0, 8, 8, 0}, {3, 2, 5, 2, 1}, {9, 0, 5, 5, 0},
	} {
		drawn := string(windows(c.done, c.now, c.total))
		lit, present, all := shapes(t, drawn)
		if lit != c.lit || present != c.present || all != c.total {
			t.Errorf("windows(%d, %d, %d): %d lit, %d present of %d", c.done, c.now, c.total, lit, present, all)
		}
		if want := fmt.Sprintf(`viewBox="0 0 %d 34"`, max(1, c.total)*34-8); !strings.Contains(drawn, want) {
			t.Errorf("windows(%d, %d, %d) lacks %s", c.done, c.now, c.total, want)
		}
	}
	twenty := string(windows(12, 13, 20))
	if lit, present, all := shapes(t, twenty); lit != 12 || present != 1 || all != 20 || strings.Count(twenty, `viewBox="0 0 332 34"`) != 2 {
		t.Errorf("twenty windows are not two rows of ten: %s", twenty)
	}
	if lit, present, all := shapes(t, string(WindowRow([]string{"done", "", "now", "done", "x"}))); lit != 2 || present != 1 || all != 5 {
		t.Errorf("%d lit, %d present of %d", lit, present, all)
	}
}

// One window shows its state.
func TestOneWindow(t *testing.T) {
	for state, class := range map[string]string{"done": "gwin--lit", "now": "gwin--now", "begun": "gwin-half", "": `class="gwin"`, "anything": `class="gwin"`} {
		if drawn := string(window(state)); !strings.Contains(drawn, class) || strings.Count(drawn, "<path") > 2 {
			t.Errorf("%q: %s", state, drawn)
		}
	}
}
