package web

import (
	"strings"
	"testing"
)

// A link dials what is written beside it, however it is written.
func TestDial(t *testing.T) {
	for number, want := range map[string]string{"01632 960111 ext. 12": "01632960111,12", "01632 960111": "01632960111", "(01632) 960-111": "01632960111", "+44 1632 960111": "+441632960111",
		"+44 (0)1632 960111": "+441632960111", "999": "999", "": ""} {
		if got := Dial(number); got != want {
			t.Errorf("%q dials %q, want %q", number, got, want)
		}
	}
}

// The numbers that are the same for everybody can be pressed, wherever they
// stand; nothing else of the words changes.
func TestDialled(t *testing.T) {
	if got, want := string(dialled("Call 999 & wait, or 101. Not 1999.")), `Call <a class="govuk-link golau-nowrap" href="tel:999">999</a> &amp; wait, or <a class="govuk-link golau-nowrap" href="tel:101">101</a>. Not 1999.`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A number is found however it is written and whatever stands beside it; what is
// none, a time of the day, a year or a house number, stays words.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"Front door: 01632 960145.":                "01632 960145=01632960145",
		"(01632) 960145 or 01632-960146":           "(01632) 960145=01632960145 01632-960146=01632960146",
		"Ffoniwch 01632 960145 est. 12 cyn 5":      "01632 960145 est. 12=01632960145,12",
		"9-5 01632 960145, wedyn 01632 960146":     "01632 960145=01632960145 01632 960146=01632960146",
		"01632 960145 01632 960146":                "01632 960145=01632960145 01632 960146=01632960146",
		"Dial +44 (0)1632 960145 now":              "+44 (0)1632 960145=+441632960145",
		"Childline 0800 1111, 116 000":             "0800 1111=08001111 116 000=116000",
		"999, 101 and 111":                         "999=999 101=101 111=111",
		"Room 12, 1999, 8.30–16.30, A0163 2960145": "",
		"12345678901 or 1010":                      "",
		"Gofynnwch am dîm y drws ffrynt.":          "",
		"":                                         "",
	} {
		var found []string
		whole := ""
		for _, s := range Numbers(text) {
			if whole += s.Words; s.Dial != "" {
				found = append(found, s.Words+"="+s.Dial)
			}
		}
		if got := strings.Join(found, " "); got != want || whole != text {
			t.Errorf("%q: found %q, want %q; put together it is %q", text, got, want, whole)
		}
	}
}
