package pdf

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Lines lose no letter, keep to the width, and turn only after a space unless a
// word is longer than a line.
func TestBreakLines(t *testing.T) {
	d, err := newDocument()
	if err != nil {
		t.Fatal(err)
	}
	st := style{size: 10, leading: 14}
	strong := style{weight: bold, size: 10, leading: 14}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zŵŷÂ]{1,12}( [a-zŵŷÂ]{1,30}){0,12}`)
		runs := []run{{text: text.Draw(t, "a"), style: st}, {text: text.Draw(t, "b"), style: strong, address: "x"}, {text: text.Draw(t, "c"), style: st}}
		width := rapid.Float64Range(30, 300).Draw(t, "width")
		var all strings.Builder
		lines := d.breakLines(runs, width)
		for i, line := range lines {
			words := ""
			for _, s := range line {
				words += s.text
			}
			last := line[len(line)-1]
			if end := last.x + d.measure(last.style, strings.TrimRight(last.text, " ")); end > width+0.001 {
				t.Fatalf("line %q is %.1f wide, not %.1f", words, end, width)
			}
			if i+1 < len(lines) && !strings.HasSuffix(words, " ") && strings.Contains(words, " ") {
				t.Fatalf("line %q breaks inside a word that would fit on the next", words)
			}
			all.WriteString(words)
		}
		if want := runs[0].text + runs[1].text + runs[2].text; all.String() != want {
			t.Fatalf("got %q, want %q", all.String(), want)
		}
	})
}

// A word that fits to the last digit stays whole, in whatever order its letters
// are added.
func TestAWordThatJustFitsStaysWhole(t *testing.T) {
	d, err := newDocument()
	if err != nil {
		t.Fatal(err)
	}
	lines := d.breakLines([]run{
		{text: "a", style: style{size: 10}},
		{text: "a aaa", style: style{weight: bold, size: 10}, address: "x"},
		{text: "etw ŷis", style: style{size: 10}},
	}, 30)
	last := lines[len(lines)-1]
	if got := last[len(last)-1].text; !strings.HasSuffix(got, "ŷis") {
		t.Errorf("the last line is %q", got)
	}
}

// The fonts have the letters of both languages and of their neighbours.
func TestFontsHaveTheLetters(t *testing.T) {
	const letters = "ÂÊÎÔÛŴŶâêîôûŵŷÁÉÍÓÚẂÝáéíóúẃýÀÈÌÒÙẀỲàèìòùẁỳÄËÏÖÜẄŸäëïöüẅÿ’‘“”–…•ąćęłńóśźżăâîșțçğışøåæñõřšžß0123456789"
	if drawn, ok := drawable(letters); drawn != letters || !ok {
		t.Errorf("drawn as %q", drawn)
	}
}

// A subset keeps the outlines it is asked for, with their parts, and no others.
func TestSubset(t *testing.T) {
	all, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	f := all[regular]
	sub, err := parseFontOf(f, f.subset([]uint16{f.glyphOf['ŵ']}))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "ŵw" { // w is a part of ŵ
		if g := f.glyphOf[r]; string(trim(sub.outline(g))) != string(trim(f.outline(g))) {
			t.Errorf("%c lost its outline", r)
		}
	}
	if len(sub.outline(f.glyphOf['Q'])) != 0 {
		t.Error("Q was not asked for")
	}
}

// parseFontOf reads a subset, which has no table of characters, with that of
// the font it comes from.
func parseFontOf(f *font, data []byte) (*font, error) {
	tables := map[string][]byte{"cmap": f.tables["cmap"], "OS/2": f.tables["OS/2"]}
	for i := range word(data, 4) {
		e := data[12+16*i:]
		tables[string(e[:4])] = data[be.Uint32(e[8:]) : be.Uint32(e[8:])+be.Uint32(e[12:])]
	}
	return parseFont(f.name, assemble(tables))
}

func trim(b []byte) []byte { return []byte(strings.TrimRight(string(b), "\x00")) }

// Path data becomes PDF operators; an arc becomes curves that end where it ends.
func TestPathOps(t *testing.T) {
	for data, want := range map[string]string{
		"M1 2 H3 V4 h-1 v-.5 L0 0 Z":  "1 2 m\n3 2 l\n3 4 l\n2 4 l\n2 3.5 l\n0 0 l\nh\n",
		"M0 0 10 0 10 10":             "0 0 m\n10 0 l\n10 10 l\n",
		"M0 0 C1 1 2 1 3 0 S5 -1 6 0": "0 0 m\n1 1 2 1 3 0 c\n4 -1 5 -1 6 0 c\n",
		"M0 0 a1 1 0 0 1 2 0":         "0 0 m\n0 -0.5523 0.4477 -1 1 -1 c\n1.5523 -1 2 -0.5523 2 0 c\n",
		"M0 0 A1 1 0 0 0 2 0":         "0 0 m\n0 0.5523 0.4477 1 1 1 c\n1.5523 1 2 0.5523 2 0 c\n",
		"M0 0 a1 1 0 1 1 1 1":         "0 0 m\n0 -0.5523 0.4477 -1 1 -1 c\n1.5523 -1 2 -0.5523 2 0 c\n2 0.5523 1.5523 1 1 1 c\n",
	} {
		if got := pathOps(data); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", data, got, want)
		}
	}
}
