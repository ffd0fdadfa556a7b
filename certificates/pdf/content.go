package pdf

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

// The largest sheet is A4, and a smaller one is its top left corner. Lengths are
// in points, counted from there; only this file and art.go know that PDF counts
// from the bottom.
const (
	mm         = 72 / 25.4
	pageWidth  = 210 * mm
	pageHeight = 297 * mm
)

// document is one sheet while it is being drawn.
type document struct {
	file       file
	page       ref
	fonts      [weights]*font
	fontRefs   [weights]ref
	used       [weights]map[uint16]rune // glyphs and what they stand for
	content    bytes.Buffer
	open       int // marks begun and not yet ended
	root       *element
	owners     []*element // of each mark
	links      []ref
	linkOwners []*element // of each link
}

func newDocument() (*document, error) {
	all, err := fonts()
	if err != nil {
		return nil, err
	}
	d := &document{fonts: all, root: &element{kind: "Document"}}
	d.page = d.file.reserve()
	for w := range weights {
		d.fontRefs[w] = d.file.reserve()
		d.used[w] = map[uint16]rune{}
	}
	return d, nil
}

// begin starts a piece of content that belongs to e, up to end. When the letters
// drawn are not exactly the words (see drawable), actual holds the words: in a
// span of the piece for search, on the element for speech.
func (d *document) begin(e *element, actual string) {
	fmt.Fprintf(&d.content, "/%s << /MCID %d >> BDC\n", e.kind, len(d.owners))
	e.children = append(e.children, mark(len(d.owners)))
	d.owners = append(d.owners, e)
	d.open = 1
	if actual != "" {
		e.actual = actual
		fmt.Fprintf(&d.content, "/Span << /ActualText %s >> BDC\n", textString(actual))
		d.open++
	}
}

func (d *document) end() { d.content.WriteString(strings.Repeat("EMC\n", d.open)) }

// artifact draws what a screen reader passes over: lines, hills.
func (d *document) artifact(ops string) { fmt.Fprintf(&d.content, "/Artifact BMC\n%sEMC\n", ops) }

// rule draws a level line from x to x+w.
func (d *document) rule(x, y, w, thick float64, c colour) {
	d.artifact(fmt.Sprintf("%s rg %s %s %s re f\n", c, point(x, pageHeight-y-thick/2), num(w), num(thick)))
}

// figure adds a picture with the words that stand for it.
func (d *document) figure(parent *element, alt, lang string, x, y, w, h float64, ops string) {
	e := parent.child("Figure").in(lang)
	e.alt = alt
	e.attrs = fmt.Sprintf("/O /Layout /Placement /Block /BBox [%s %s]", point(x, pageHeight-y-h), point(x+w, pageHeight-y))
	d.begin(e, "")
	d.content.WriteString(ops)
	d.end()
}

// show puts letters on the sheet with their base line at y. The caller has made
// sure that the font has them (see drawable).
func (d *document) show(s style, x, y float64, text string) {
	d.showTurned(s, fmt.Sprintf("1 0 0 1 %s", point(x, pageHeight-y)), text)
}

// showTurned is show with a text matrix of the caller's.
func (d *document) showTurned(s style, matrix, text string) {
	fmt.Fprintf(&d.content, "BT %s rg /F%d %s Tf %s Tc %s Tm <", s.colour, s.weight, num(s.size), num(s.spacing*s.size), matrix)
	for _, r := range text {
		glyph := d.fonts[s.weight].glyphOf[r]
		d.used[s.weight][glyph] = r
		fmt.Fprintf(&d.content, "%04X", glyph)
	}
	d.content.WriteString("> Tj ET\n")
}

// link makes a rectangle of the sheet lead to an address.
func (d *document) link(e *element, x, y, w, h float64, address, about string) {
	r := d.file.add(fmt.Sprintf("<< /Type /Annot /Subtype /Link /Rect [%s %s] /F 4 /Border [0 0 0] /StructParent %d /Contents %s /A << /S /URI /URI %s >> >>",
		point(x, pageHeight-y-h), point(x+w, pageHeight-y), len(d.links)+1, textString(about), byteString(address)))
	d.links = append(d.links, r)
	d.linkOwners = append(d.linkOwners, e)
	e.children = append(e.children, annotation(r))
}

// bytes closes a sheet of that width and height and returns the file.
func (d *document) bytes(a about, wide, high float64) []byte {
	content := d.file.addStream("", d.content.Bytes())
	var fontNames, links strings.Builder
	for w := range weights {
		d.embed(w)
		fmt.Fprintf(&fontNames, "/F%d %s ", w, d.fontRefs[w])
	}
	for _, l := range d.links {
		fmt.Fprintf(&links, "%s ", l)
	}
	tree := d.writeStructure()
	pages := d.file.reserve()
	d.file.put(d.page, fmt.Sprintf("<< /Type /Page /Parent %s /MediaBox [%s %s] /Contents %s /Resources << /Font << %s>> >> /StructParents 0 /Tabs /S /Annots [%s] >>",
		pages, point(0, pageHeight-high), point(wide, pageHeight), content, fontNames.String(), links.String()))
	d.file.put(pages, fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count 1 >>", d.page))
	described := d.file.addRawStream("/Type /Metadata /Subtype /XML", []byte(a.xmp()))
	root := d.file.add(fmt.Sprintf("<< /Type /Catalog /Pages %s /Lang (%s) /MarkInfo << /Marked true >> /StructTreeRoot %s /ViewerPreferences << /DisplayDocTitle true >> /Metadata %s >>",
		pages, tag(a.langs[0]), tree, described))
	info := d.file.add(fmt.Sprintf("<< /Title %s /Producer (Golau) /CreationDate %s /ModDate %s >>",
		textString(a.title), date(a.made), date(a.made)))
	return d.file.bytes(root, info)
}

// embed writes one font with the letters used, their widths, and the table that
// turns them back into text for search and speech.
func (d *document) embed(w weight) {
	f, used := d.fonts[w], slices.Sorted(maps.Keys(d.used[w]))
	data := f.subset(used)
	name := subsetTag(data) + "+" + f.name
	program := d.file.addStream(fmt.Sprintf("/Length1 %d", len(data)), data)
	k := f.thousandths
	descriptor := d.file.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %s >>",
		name, k(f.box[0]), k(f.box[1]), k(f.box[2]), k(f.box[3]), k(f.ascent), k(f.descent), k(f.capHeight), program))
	var widths, letters strings.Builder
	for i, glyph := range used {
		fmt.Fprintf(&widths, "%d [%d] ", glyph, f.advance(glyph))
		if i%100 == 0 { // a block holds at most 100
			if i > 0 {
				letters.WriteString("endbfchar\n")
			}
			fmt.Fprintf(&letters, "%d beginbfchar\n", min(100, len(used)-i))
		}
		fmt.Fprintf(&letters, "<%04X> <", glyph)
		for _, unit := range utf16.Encode([]rune{d.used[w][glyph]}) {
			fmt.Fprintf(&letters, "%04X", unit)
		}
		letters.WriteString(">\n")
	}
	if len(used) > 0 {
		letters.WriteString("endbfchar\n")
	}
	unicode := d.file.addStream("", []byte("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"+
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"+
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+letters.String()+
		"endcmap CMapName currentdict /CMap defineresource pop end end"))
	glyphs := d.file.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %s /DW 1000 /W [%s] /CIDToGIDMap /Identity >>",
		name, descriptor, widths.String()))
	d.file.put(d.fontRefs[w], fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%s] /ToUnicode %s >>",
		name, glyphs, unicode))
}
