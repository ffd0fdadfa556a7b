package pdf

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// weight chooses one of the two fonts of a sheet.
type weight int

const (
	regular weight = iota
	bold
	weights // how many there are
)

// fonts are read once; a font never changes, so documents share them.
var fonts = sync.OnceValues(func() ([weights]*font, error) {
	var all [weights]*font
	for w, name := range [weights]string{"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"} {
		raw, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
		if err != nil {
			return all, err
		}
		if all[w], err = parseFont(name, raw); err != nil {
			return all, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
})

// font is a TrueType font as far as a PDF needs it. Lengths are in font units.
type font struct {
	name                       string
	tables                     map[string][]byte
	perEm                      int
	box                        [4]int
	ascent, descent, capHeight int
	glyphs, metrics            int
	longOffsets                bool
	glyphOf                    map[rune]uint16
}

var be = binary.BigEndian

func word(b []byte, at int) int  { return int(be.Uint16(b[at:])) }
func short(b []byte, at int) int { return int(int16(be.Uint16(b[at:]))) }

// parseFont reads the tables of a TrueType file that we ship ourselves; it is
// not meant for files from outside.
func parseFont(name string, b []byte) (*font, error) {
	if len(b) < 12 || be.Uint32(b) != 0x00010000 {
		return nil, errors.New("not a TrueType font")
	}
	f := &font{name: name, tables: map[string][]byte{}, glyphOf: map[rune]uint16{}}
	for i := range word(b, 4) {
		entry := b[12+16*i:]
		from, size := be.Uint32(entry[8:]), be.Uint32(entry[12:])
		if uint64(from)+uint64(size) > uint64(len(b)) {
			return nil, errors.New("a table lies outside the file")
		}
		f.tables[string(entry[:4])] = b[from : from+size]
	}
	for _, need := range []string{"head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf", "OS/2"} {
		if f.tables[need] == nil {
			return nil, fmt.Errorf("table %s is missing", need)
		}
	}
	head, hhea, os2 := f.tables["head"], f.tables["hhea"], f.tables["OS/2"]
	f.perEm = word(head, 18)
	for i := range f.box {
		f.box[i] = short(head, 36+2*i)
	}
	f.longOffsets = word(head, 50) == 1
	f.ascent, f.descent = short(hhea, 4), short(hhea, 6)
	f.metrics = word(hhea, 34)
	f.glyphs = word(f.tables["maxp"], 4)
	f.capHeight = f.ascent
	if len(os2) >= 90 && word(os2, 0) >= 2 {
		f.capHeight = short(os2, 88)
	}
	return f, f.readCharacters()
}

// readCharacters fills glyphOf from the Windows Unicode table, format 4, which
// is what the fonts of this product have.
func (f *font) readCharacters() error {
	cmap := f.tables["cmap"]
	for i := range word(cmap, 2) {
		entry := cmap[4+8*i:]
		table := cmap[be.Uint32(entry[4:]):]
		if word(entry, 0) != 3 || word(entry, 2) != 1 || word(table, 0) != 4 {
			continue
		}
		n := word(table, 6) / 2
		ends, starts, deltas, offsets := table[14:], table[16+2*n:], table[16+4*n:], table[16+6*n:]
		for k := range n {
			first, last := word(starts, 2*k), word(ends, 2*k)
			for c := first; c <= last && c < 0xffff; c++ {
				glyph := uint16(c)
				if offset := word(offsets, 2*k); offset != 0 {
					glyph = be.Uint16(offsets[2*k+offset+2*(c-first):])
					if glyph == 0 {
						continue
					}
				}
				if glyph += be.Uint16(deltas[2*k:]); glyph != 0 {
					f.glyphOf[rune(c)] = glyph
				}
			}
		}
		return nil
	}
	return errors.New("no Unicode character table")
}

// advance is the width of a glyph in thousandths of the type size.
func (f *font) advance(glyph uint16) int {
	i := min(int(glyph), f.metrics-1)
	return word(f.tables["hmtx"], 4*i) * 1000 / f.perEm
}

// width is the length of s in points at a type size.
func (f *font) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += f.advance(f.glyphOf[r])
	}
	return float64(sum) * size / 1000
}

// thousandths scales a length of the font to thousandths of the type size.
func (f *font) thousandths(v int) int { return v * 1000 / f.perEm }
