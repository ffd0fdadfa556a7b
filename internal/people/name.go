package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/problem"

	"golang.org/x/text/unicode/norm"
)

// Lengths of a name in characters.
const (
	minName = 2
	maxName = 100
)

// CleanName returns a name as it will stand on a certificate: composed (NFC),
// single spaces, 2 to 100 characters, at least one letter, no character that
// is invisible or turns the direction of the text.
//
// The problem is Invalid with the field "name".
func CleanName(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", problem.InvalidField("name", "people.name.characters")
	}
	s = strings.Join(strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool { return r == ' ' || r == '\u00a0' }), " ")
	if s == "" {
		return "", problem.InvalidField("name", "people.name.required")
	}
	letters, marks := 0, 0
	for _, r := range s {
		switch {
		case !nameRune(r):
			return "", problem.InvalidField("name", "people.name.characters")
		case unicode.IsMark(r):
			// A stack of marks would run over the lines above and below.
			if marks++; marks > 4 {
				return "", problem.InvalidField("name", "people.name.characters")
			}
		default:
			marks = 0
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch n := utf8.RuneCountInString(s); {
	case n > maxName:
		return "", problem.InvalidField("name", "people.name.long", "MaxName", maxName)
	case letters == 0, n < minName:
		return "", problem.InvalidField("name", "people.name.short")
	case !unicode.IsLetter(first) && !strings.ContainsRune("'‘’", first):
		// Also what keeps a name from being a formula in a spreadsheet.
		return "", problem.InvalidField("name", "people.name.first")
	}
	return s, nil
}

// namePunctuation is what stands in names beside letters: O’Neill, Llŷr-Wyn,
// J. R., Gal·la, Catrin (Cati).
const namePunctuation = "'‘’`´-‐‑–.,·()"

// nameRune says whether r may stand in a name. Some letters and marks draw
// nothing (Hangul fillers, variation selectors): they are no part of a name.
func nameRune(r rune) bool {
	switch {
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Me):
		return false
	case r == ' ', strings.ContainsRune(namePunctuation, r):
		return true
	}
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd)
}
