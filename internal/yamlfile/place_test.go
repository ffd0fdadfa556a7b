package yamlfile

import "testing"

// Every part is found with the line on which it is written, also through an alias;
// what is not there is nothing.
func TestPlaces(t *testing.T) {
	whole := Whole([]byte("a: one\nlist:\n- id: x\n  more: &m\n    deep: {word: yes}\n- {id: y}\nsame: *m\n"))
	var ids string
	var lines []int
	for p := range whole.At("list").Items() {
		ids += p.At("id").Text()
		lines = append(lines, p.Line)
	}
	if ids != "xy" || lines[0] != 3 || lines[1] != 6 {
		t.Errorf("%q at %v", ids, lines)
	}
	if d := whole.At("same").At("deep"); d.Line != 5 || d.At("word").Text() != "yes" {
		t.Errorf("through the alias it stands at %d: %q", d.Line, d.At("word").Text())
	}
	if s := whole.At("same"); s.Line != 7 {
		t.Errorf("the key stands at %d", s.Line)
	}
	for name, p := range map[string]Place{"no key": whole.At("none"), "a word's": whole.At("a").At("x"), "broken": Whole([]byte("a: [")), "empty": Whole(nil)} {
		if p != (Place{}) || p.Text() != "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	for range whole.At("a").Items() {
		t.Error("a word has items")
	}
	if whole.Text() != "" {
		t.Error("a file is no word")
	}
}
