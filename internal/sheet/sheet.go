// Package sheet reads and writes lists as spreadsheets do, as text or as workbooks,
// and stops what a spreadsheet would work out in them. It knows nothing of what is
// in a list.
package sheet

import (
	"strings"
	"unicode"
)

// formula are the characters with which a spreadsheet takes a text for something
// to work out, as they are and at full width.
const formula = "=+-@\uff1d\uff0b\uff0d\uff20|%"

// Cell returns a text that a spreadsheet shows and does not work out (OWASP,
// CSV injection): what would begin a formula, spaces and marks that do not show
// aside, is put behind an apostrophe.
func Cell(s string) string {
	first := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	if first != "" && strings.ContainsRune(formula, []rune(first)[0]) || s != "" && (s[0] == '\t' || s[0] == '\r' || s[0] == '\n') {
		return "'" + s
	}
	return s
}

// Cells is Cell for a row.
func Cells(row []string) []string {
	safe := make([]string, len(row))
	for i, s := range row {
		safe[i] = Cell(s)
	}
	return safe
}
