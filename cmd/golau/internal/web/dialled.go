package web

import (
	"html/template"
	"regexp"
	"strings"

	"golau/internal/people"
)

// Spoken is a piece of a text. Dial is what a telephone takes where the piece is
// a number, "" where it is other words.
type Spoken struct{ Words, Dial string }

// digits could be a number, or several, or a time of the day; behind may be an
// extension.
var (
	digits    = regexp.MustCompile(`\+?[0-9][0-9 ()-]*[0-9]|\([0-9][0-9 ()-]*[0-9]`)
	extension = regexp.MustCompile(`(?i)^ ?(?:ext\.?|extension|est\.?|estyniad|x) ?[0-9]{1,6}\b`)
)

// everybodys are short numbers that are the same for everybody; the last is
// Childline's.
var everybodys = map[string]bool{"999": true, "101": true, "111": true, "0800 1111": true}

// Numbers cuts a text at the telephone numbers in it. Put together the pieces are
// the text.
func Numbers(text string) (all []Spoken) {
	rest := 0 // what is not cut off yet begins here
	for _, at := range digits.FindAllStringIndex(text, -1) {
		if at[0] > 0 && isLetterOrDigit(text[at[0]-1]) || at[1] < len(text) && isLetterOrDigit(text[at[1]]) && !extension.MatchString(text[at[1]:]) {
			continue
		}
		for from := at[0]; from < at[1]; from++ {
			to := longest(text, from, at[1])
			if to == 0 || from > at[0] && text[from-1] != ' ' {
				continue
			}
			if rest < from {
				all = append(all, Spoken{Words: text[rest:from]})
			}
			to += len(extension.FindString(text[to:]))
			number := text[from:to]
			if clean, err := people.CleanPhone("phone", number); err == nil {
				all = append(all, Spoken{number, Dial(clean)})
			} else {
				all = append(all, Spoken{number, Dial(number)})
			}
			rest, from = to, to
		}
	}
	if rest < len(text) {
		all = append(all, Spoken{Words: text[rest:]})
	}
	return all
}

// longest is where the longest number ends that begins at from and ends before a
// space or at until; 0 where there is none.
func longest(text string, from, until int) int {
	for to := until; to > from; to-- {
		if to < until && text[to] != ' ' {
			continue
		}
		if number := text[from:to]; everybodys[number] {
			return to
		} else if clean, err := people.CleanPhone("phone", number); err == nil && clean != "" {
			return to
		}
	}
	return 0
}

func isLetterOrDigit(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// dialled makes links of the numbers in a text, so that a telephone needs one
// press.
func dialled(words string) template.HTML {
	var b strings.Builder
	for _, s := range Numbers(words) {
		if s.Dial == "" {
			b.WriteString(template.HTMLEscapeString(s.Words))
			continue
		}
		b.WriteString(`<a class="govuk-link golau-nowrap" href="tel:` + s.Dial + `">` + template.HTMLEscapeString(s.Words) + `</a>`)
	}
	return template.HTML(b.String())
}
