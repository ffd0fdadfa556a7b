// Package sheettest is odd and hostile lists of people, built as they are asked for,
// with what a reader is to make of each. It knows nothing of whoever reads them.
package sheettest

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// What a reader takes in at most.
const (
	MaxRows  = 50_000
	MaxBytes = 10 << 20
)

// File is one list.
type File struct {
	Name string
	Data func() []byte
	// Fault is what is wrong with it as a file; "" where it is a list.
	Fault string
	// Good says that the list as a whole can be carried out.
	Good bool
}

// Head is the heading of the lists.
const Head = "Name,E-mail address,Kind of work,Team,Staff number\n"

// line is a row of them, which brings somebody new.
const line = "Siân Ŵyn,sian@new.example,health,Wards,0017\n"

func text(s string) func() []byte { return func() []byte { return []byte(s) } }

// wide is a text in UTF-16.
func wide(s string, big, mark bool) func() []byte {
	return func() (b []byte) {
		if mark {
			s = "\ufeff" + s
		}
		for _, u := range utf16.Encode([]rune(s)) {
			if big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return b
	}
}

func windows(s string) func() []byte {
	return func() []byte {
		b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
		if err != nil {
			panic(err)
		}
		return b
	}
}

// many is a list of so many rows.
func many(n int) func() []byte {
	return func() []byte {
		var b strings.Builder
		b.WriteString(Head)
		for i := range n {
			fmt.Fprintf(&b, "a,%d\n", i)
		}
		return []byte(b.String())
	}
}

// Corpus lists them all.
func Corpus() []File {
	return append(texts(), workbooks()...)
}

func texts() []File {
	plain := Head + line
	welsh := "Enw;E-bost;Math o waith\nSiân Wyn;sian@new.example;Iechyd\n"
	return []File{
		{"utf-8", text(plain), "", true},
		{"with a mark", text("\ufeff" + plain), "", true},
		{"utf-16, little", wide(plain, false, true), "", true},
		{"utf-16, big", wide(plain, true, true), "", true},
		{"utf-16, no mark", wide(plain, false, false), "", true},
		{"utf-16, big, no mark", wide(plain, true, false), "", true},
		{"utf-32", text("\xff\xfe\x00\x00N\x00\x00\x00"), "binary", false},
		{"windows-1252", windows(welsh), "", true},
		{"half utf-8", text("Name,Email,Role\nSi\xc3\xa2n Wyn\xe2,a@new.example,health\n"), "", false},
		{"semicolons", text(strings.ReplaceAll(plain, ",", ";")), "", true},
		{"tabs", text(strings.ReplaceAll(plain, ",", "\t")), "", true},
		{"bars", text(strings.ReplaceAll(plain, ",", "|")), "", true},
		{"circumflexes", text(strings.ReplaceAll(plain, ",", "^")), "", true},
		{"sep=", text("sep=;\n" + strings.ReplaceAll(plain, ",", ";")), "", true},
		{"DOS lines", text(strings.ReplaceAll(plain, "\n", "\r\n")), "", true},
		{"old Mac lines", text(strings.ReplaceAll(plain, "\n", "\r")), "", true},
		{"mixed lines", text("\r\n" + Head + "\r\r\n" + line), "", true},
		{"a quoted newline in a heading", text("Name,E-mail address,Kind of work,\"Note\nof ours\"\nNia Wyn,nia@new.example,health,\"a\nb\"\n"), "", true},
		{"a quoted newline in a name", text(Head + "\"Nia\nWyn\",nia@new.example,health,,\n"), "", false},
		{"an open quotation mark", text(Head + "\"Nia Wyn,nia@new.example,health,,\n" + line), "quotes", false},
		{"a mark within", text(Head + "Nia \"Wyn\" Huws,nia@new.example,health,,\n"), "quotes", false},
		{"nothing", text(""), "", false},
		{"spaces", text(" \n\n,,,\n"), "empty", false},
		{"only a mark", text("\ufeff"), "empty", false},
		{"only a heading", text(Head), "empty", false},
		{"no heading", text(line + line), "", false},
		{"two of one heading", text("Name,Email,E-mail address,Role\nNia Wyn,nia@new.example,b@new.example,health\n"), "", false},
		{"both languages' headings", text("Name,Enw,E-bost,Role\nNia Wyn,Nia Wyn,nia@new.example,health\n"), "", false},
		{"300 letters", text(Head + strings.Repeat("N", 300) + ",nia@new.example,health,,\n"), "", false},
		{"3,000 letters", text(Head + strings.Repeat("N", 3000) + ",nia@new.example,health,,\n"), "too_long", false},
		{"right to left", text(Head + "Nia \u202eWyn,nia@new.example,health,,\n"), "", false},
		{"a mark of direction in an address", text(Head + "Nia Wyn,nia\u200f@new.example,health,,\n"), "", false},
		{"letters that look alike", text(Head + "Nia Wyn,niа@new.example,health,,\n"), "", false},
		{"NUL", text(Head + "Nia\x00Wyn,nia@new.example,health,,\n"), "binary", false},
		{"bells", text(Head + strings.Repeat("\a", 200)), "binary", false},
		{"a formula for a name", text(Head + "=HYPERLINK(1),nia@new.example,health,,\n"), "", false},
		{"a formula for a number", text(Head + "Nia Wyn,nia@new.example,health,,=cmd|' /C calc'!A0\n"), "", true},
		{"a formula for a team", text(Head + "Nia Wyn,nia@new.example,health,=1+1,\n"), "", false},
		{"200 columns", text(strings.Repeat("x,", 200) + "y\n"), "too_wide", false},
		{"a row of 90 cells", text(Head + strings.Repeat("x,", 90) + "y\n"), "", false},
		{"too many rows", many(MaxRows + 1), "too_many", false},
		{"a million rows", many(1_000_000), "too_many", false},
		{"too large", func() []byte { return make([]byte, MaxBytes+1) }, "too_big", false},
		{"one long line", func() []byte { return []byte(strings.Repeat("x", MaxBytes)) }, "too_long", false},
		{"commas alone", func() []byte { return []byte(strings.Repeat(",", MaxBytes)) }, "too_wide", false},
		{"commas in every line", func() []byte { return []byte(strings.Repeat(strings.Repeat(",", 999)+"\n", 10_000)) }, "empty", false},
		{"an open mark and all the rest", func() []byte { return []byte(Head + "\"" + strings.Repeat("x,\n", 1<<20)) }, "too_long", false},
		{"a web page called a list", text("<html><table><tr><td>Name</td></tr></table>"), "markup", false},
		{"a PDF", text("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01\x02"), "binary", false},
		{"a picture", text("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "binary", false},
		{"a locked workbook", text("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), "locked", false},
	}
}
