package modules

import (
	"regexp"

	"golau/internal/i18n"
)

// Parity is a section as its author looks at it: what can be counted of it in each
// language, and how hard the English is to read.
type Parity struct {
	Headings, Images, Links, Words [2]int // English, Welsh
	Facts                          []string
	Grade                          float64
}

// Alike says whether what must agree does: words need not.
func (p Parity) Alike() bool {
	return p.Headings[0] == p.Headings[1] && p.Images[0] == p.Images[1] && p.Links[0] == p.Links[1]
}

var (
	anyHeading = regexp.MustCompile(`<h[1-6][ >]`)
	anyImage   = regexp.MustCompile(`<(?:img|svg|figure)[ >]`)
	anyLink    = regexp.MustCompile(`<a [^>]*href="([^"]*)"`)
	termLink   = regexp.MustCompile(`/glossary#`)
)

// Parity counts a section. Links to the glossary are put in by themselves, at the
// first use of a term, and are left out.
func (s *Section) Parity() Parity {
	p := Parity{Facts: s.Facts}
	var english []string
	for i, lang := range i18n.Langs {
		text := string(s.HTML.In(lang))
		p.Headings[i] = len(anyHeading.FindAllString(text, -1))
		p.Images[i] = len(anyImage.FindAllString(text, -1))
		for _, link := range anyLink.FindAllStringSubmatch(text, -1) {
			if !termLink.MatchString(link[1]) {
				p.Links[i]++
			}
		}
		for _, sentence := range sentences(plain(s.HTML.In(lang))) {
			p.Words[i] += words(sentence)
			if lang == i18n.EN {
				english = append(english, sentence)
			}
		}
	}
	p.Grade = grade(english)
	return p
}
