package i18n

// Lang is one of the two languages of the product.
type Lang string

// English and Welsh, by their BCP 47 subtags as they stand in addresses.
const (
	EN Lang = "en"
	CY Lang = "cy"
)

// Langs lists both languages.
var Langs = []Lang{EN, CY}

// ParseLang returns the language named s; ok is false for any other word.
func ParseLang(s string) (l Lang, ok bool) {
	switch Lang(s) {
	case EN, CY:
		return Lang(s), true
	}
	return EN, false
}

// Other returns the other language.
func (l Lang) Other() Lang {
	if l == CY {
		return EN
	}
	return CY
}

// Text is the same thing said in both languages.
type Text struct {
	EN string `yaml:"en" json:"en"`
	CY string `yaml:"cy" json:"cy"`
}

// In returns the words in l.
func (t Text) In(l Lang) string {
	if l == CY {
		return t.CY
	}
	return t.EN
}

// Complete says whether both languages have words.
func (t Text) Complete() bool { return t.EN != "" && t.CY != "" }
