package i18n

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a word as it is looked for: in small letters, without the marks that
// stand on them, since not everybody has ŵ and ŷ under their fingers.
func Fold(word string) string {
	plain := true
	for i := range len(word) {
		plain = plain && word[i] < 0x80
	}
	if !plain {
		word = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(word))
	}
	return strings.ToLower(word)
}

// Small is a word in small letters with its marks, however they were typed.
func Small(word string) string { return strings.ToLower(norm.NFC.String(word)) }
