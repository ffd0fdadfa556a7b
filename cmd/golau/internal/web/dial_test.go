package web

import "testing"

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
	if got, want := string(dialled("Call 999 & wait, or 101. Not 1999.")), `Call <a class="govuk-link" href="tel:999">999</a> &amp; wait, or <a class="govuk-link" href="tel:101">101</a>. Not 1999.`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
