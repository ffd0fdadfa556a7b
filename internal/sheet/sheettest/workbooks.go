package sheettest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// part is one part of a packed file.
type part struct{ name, body string }

// packed packs parts.
func packed(parts ...part) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, p := range parts {
			w, err := z.Create(p.name)
			if err == nil {
				_, err = io.WriteString(w, p.body)
			}
			if err != nil {
				panic(err)
			}
		}
		if err := z.Close(); err != nil {
			panic(err)
		}
		return b.Bytes()
	}
}

const (
	types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	above = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	book  = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`
	below = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	first = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	last  = `</sheetData></worksheet>`
)

// later builds only when it is asked: some of them take more to build than to read.
func later(build func() func() []byte) func() []byte {
	return func() []byte { return build()() }
}

// inline is a row of a sheet.
func inline(n int, cells ...string) string {
	row := fmt.Sprintf(`<row r="%d">`, n)
	for i, c := range cells {
		row += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n, c)
	}
	return row + "</row>"
}

// sheetOf is a workbook of one sheet, with more parts if need be.
func sheetOf(rows string, more ...part) func() []byte {
	return packed(append([]part{{"[Content_Types].xml", types}, {"_rels/.rels", above}, {"xl/workbook.xml", book},
		{"xl/_rels/workbook.xml.rels", below}, {"xl/worksheets/sheet1.xml", first + rows + last}}, more...)...)
}

func workbooks() []File {
	heads := inline(1, "Name", "E-mail address", "Kind of work", "Works here since")
	nia := inline(2, "Nia Wyn", "nia@new.example", "health", "2020-01-31")
	return []File{
		{"a workbook", sheetOf(heads + nia), "", true},
		{"its rows far apart", sheetOf(heads + strings.ReplaceAll(strings.ReplaceAll(nia, `"2"`, `"1048576"`), `2" t`, `1048576" t`)), "", true},
		{"a day as a workbook counts", sheetOf(heads + `<row r="2"><c r="A2" t="inlineStr"><is><t>Nia Wyn</t></is></c><c r="B2" t="inlineStr"><is><t>nia@new.example</t></is></c><c r="C2" t="inlineStr"><is><t>health</t></is></c><c r="D2"><v>43861</v></c></row>`), "", true},
		{"a formula with what it came to", sheetOf(heads + `<row r="2"><c r="A2" t="str"><f>CONCATENATE("Nia"," Wyn")</f><v>Nia Wyn</v></c><c r="B2" t="inlineStr"><is><t>nia@new.example</t></is></c><c r="C2" t="inlineStr"><is><t>health</t></is></c></row>`), "", true},
		{"a formula with nothing", sheetOf(heads + `<row r="2"><c r="A2"><f>WEBSERVICE("http://x.example")</f></c><c r="B2" t="inlineStr"><is><t>nia@new.example</t></is></c><c r="C2" t="inlineStr"><is><t>health</t></is></c></row>`), "", false},
		{"an error for a cell", sheetOf(heads + `<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="inlineStr"><is><t>nia@new.example</t></is></c><c r="C2" t="inlineStr"><is><t>health</t></is></c></row>`), "", false},
		{"a row number out of this world", sheetOf(heads + `<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>`), "broken", false},
		{"a column out of this world", sheetOf(heads + `<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>`), "broken", false},
		{"the last column", sheetOf(heads + `<row r="2"><c r="XFD2"><v>1</v></c></row>`), "too_wide", false},
		{"a string that is not there", sheetOf(heads + `<row r="2"><c r="A2" t="s"><v>7</v></c><c r="B2" t="s"><v>-1</v></c></row>`), "empty", false},
		{"no sheet", packed(part{"[Content_Types].xml", types}, part{"_rels/.rels", above}, part{"xl/workbook.xml", book}), "broken", false},
		{"an empty sheet", sheetOf(""), "empty", false},
		{"cut off", func() []byte { b := sheetOf(heads + nia)(); return b[:len(b)/2] }, "broken", false},
		{"XML that stops", sheetOf(heads + "<row r=\"2\"><c"), "broken", false},
		{"a zip of something else", packed(part{"word/document.xml", "<w/>"}), "no_workbook", false},
		{"an open document", packed(part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, part{"content.xml", "<x/>"}), "no_workbook", false},
		{"PK and nothing", text("PK\x03\x04 and nothing"), "broken", false},
		{"macros", sheetOf(heads+nia, part{"xl/vbaProject.bin", "\xd0\xcf"}), "macros", false},
		{"words of its own", sheetOf(heads+nia, part{"xl/x.xml", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`}), "entities", false},
		{"a billion laughs", packed(part{"xl/workbook.xml", `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>`}), "entities", false},
		{"a file of this machine", packed(part{"xl/workbook.xml", `<!DOCTYPE x [<!ENTITY p SYSTEM "file:///etc/passwd">]><workbook>&p;</workbook>`}), "entities", false},
		{"a bomb of rows", later(func() func() []byte { return sheetOf(strings.Repeat("<row/>", 12<<20)) }), "unpacks", false},
		{"a bomb of strings", later(func() func() []byte {
			return sheetOf(heads, part{"xl/sharedStrings.xml", "<sst>" + strings.Repeat("<si/>", 2<<20) + "</sst>"})
		}), "unpacks", false},
		{"a bomb of styles", later(func() func() []byte {
			return sheetOf(heads, part{"xl/styles.xml", "<styleSheet><cellXfs>" + strings.Repeat("<xf/>", 1<<20) + "</cellXfs></styleSheet>"})
		}), "unpacks", false},
		{"a bomb beside", later(func() func() []byte { return sheetOf(heads, part{"xl/media/x.png", strings.Repeat("\x00", 70<<20)}) }), "unpacks", false},
		{"a thousand parts", func() []byte {
			var parts []part
			for n := range 2_000 {
				parts = append(parts, part{fmt.Sprintf("xl/x%d.xml", n), "<x/>"})
			}
			return sheetOf(heads, parts...)()
		}, "unpacks", false},
		{"two of one name", sheetOf(heads, part{"XL/worksheets/../worksheets/SHEET1.xml", first + nia + last}), "broken", false},
		{"a way out of the folder", sheetOf(heads+nia, part{"../../../etc/cron.d/x", "x"}), "", true},
		{"many rows", func() []byte {
			var b strings.Builder
			b.WriteString(heads)
			for n := range MaxRows + 1 {
				b.WriteString(inline(n+2, "a"))
			}
			return sheetOf(b.String())()
		}, "too_many", false},
	}
}
