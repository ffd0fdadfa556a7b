package i18n

import (
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Collator compares words by the alphabet of l: in Welsh, ll is a letter after
// l, so Lyn stands before Llandudno. A collator keeps buffers and must not be
// shared between goroutines: take a new one for each list.
func Collator(l Lang) *collate.Collator {
	if l == CY {
		return collate.New(welsh, collate.IgnoreCase)
	}
	return collate.New(language.BritishEnglish, collate.IgnoreCase)
}

// SortKey is what a name is put in order by, byte by byte, in the alphabet of l:
// for lists that a database keeps in order.
func SortKey(l Lang, name string) []byte {
	var b collate.Buffer
	return Collator(l).KeyFromString(&b, name)
}

// x/text names no constant for Welsh.
var welsh = language.MustParse("cy")

var offered = language.NewMatcher([]language.Tag{language.English, welsh})

// longestAccept bounds the work a hostile header can ask for; browsers send
// well under 100 bytes.
const longestAccept = 512

// Negotiate picks the language a browser asks for by its Accept-Language
// header; English when it asks for neither or says nothing that can be read.
func Negotiate(acceptLanguage string) Lang {
	if len(acceptLanguage) > longestAccept {
		acceptLanguage = acceptLanguage[:longestAccept]
		acceptLanguage = acceptLanguage[:strings.LastIndexByte(acceptLanguage, ',')+1]
		acceptLanguage = strings.TrimSuffix(acceptLanguage, ",")
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage) // leaves out q=0
	if err != nil || len(tags) == 0 {
		return EN
	}
	if _, index, _ := offered.Match(tags...); index == 1 {
		return CY
	}
	return EN
}
