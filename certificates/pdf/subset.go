package pdf

import (
	"maps"
	"slices"
)

// Flags of one part of a composite glyph (OpenType, "glyf").
const (
	wideArguments = 0x0001
	oneScale      = 0x0008
	moreParts     = 0x0020
	twoScales     = 0x0040
	matrix        = 0x0080
)

// subset returns a TrueType file with the outlines of the used glyphs only.
// Glyphs keep their numbers, so a PDF can use them unchanged; what is left out
// is zero and disappears in compression.
func (f *font) subset(used []uint16) []byte {
	keep := map[uint16]bool{}
	f.keepWithParts(keep, 0)
	for _, g := range used {
		f.keepWithParts(keep, g)
	}
	var outlines []byte
	offsets := make([]byte, 4*(f.glyphs+1))
	for i := range f.glyphs {
		be.PutUint32(offsets[4*i:], uint32(len(outlines)))
		if keep[uint16(i)] {
			outlines = pad4(append(outlines, f.outline(uint16(i))...))
		}
	}
	be.PutUint32(offsets[4*f.glyphs:], uint32(len(outlines)))

	head := slices.Clone(f.tables["head"])
	be.PutUint32(head[8:], 0)  // checksum, filled in by assemble
	be.PutUint16(head[50:], 1) // our offsets are long

	widths := slices.Clone(f.tables["hmtx"])
	for i := range f.metrics - 1 {
		if !keep[uint16(i)] {
			be.PutUint32(widths[4*i:], 0)
		}
	}
	tables := map[string][]byte{"glyf": outlines, "loca": offsets, "head": head, "hmtx": widths}
	for _, name := range []string{"hhea", "maxp", "cvt ", "fpgm", "prep"} {
		if t, ok := f.tables[name]; ok {
			tables[name] = t
		}
	}
	return assemble(tables)
}

func (f *font) outline(glyph uint16) []byte {
	loca, i := f.tables["loca"], int(glyph)
	if f.longOffsets {
		return f.tables["glyf"][be.Uint32(loca[4*i:]):be.Uint32(loca[4*i+4:])]
	}
	return f.tables["glyf"][2*word(loca, 2*i) : 2*word(loca, 2*i+2)]
}

// keepWithParts keeps a glyph and those it is composed of: ŵ is w and a hat.
func (f *font) keepWithParts(keep map[uint16]bool, glyph uint16) {
	if keep[glyph] {
		return
	}
	keep[glyph] = true
	b := f.outline(glyph)
	if len(b) < 10 || short(b, 0) >= 0 {
		return // empty, or a simple outline
	}
	for at := 10; ; {
		flags := word(b, at)
		f.keepWithParts(keep, be.Uint16(b[at+2:]))
		at += 6
		if flags&wideArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return
		}
	}
}

// assemble writes the tables as a TrueType file.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	power, log := 1, 0
	for power*2 <= len(names) {
		power, log = power*2, log+1
	}
	out := make([]byte, 12+16*len(names))
	be.PutUint32(out, 0x00010000)
	be.PutUint16(out[4:], uint16(len(names)))
	be.PutUint16(out[6:], uint16(16*power))
	be.PutUint16(out[8:], uint16(log))
	be.PutUint16(out[10:], uint16(16*len(names)-16*power))
	head := 0
	for i, name := range names {
		entry, table := out[12+16*i:], tables[name]
		copy(entry, name)
		be.PutUint32(entry[4:], checksum(table))
		be.PutUint32(entry[8:], uint32(len(out)))
		be.PutUint32(entry[12:], uint32(len(table)))
		if name == "head" {
			head = len(out)
		}
		out = pad4(append(out, table...))
	}
	be.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func pad4(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func checksum(b []byte) (sum uint32) {
	b = pad4(slices.Clone(b))
	for i := 0; i < len(b); i += 4 {
		sum += be.Uint32(b[i:])
	}
	return sum
}
