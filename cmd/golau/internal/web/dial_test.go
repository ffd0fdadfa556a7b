package web

import "testing"

// A link dials what is written beside it, however it is written.
func TestDial(t *testing.T) {
	for number, want := range map[string]string{"01632 960111": "01632960111", "(01632) 960-111": "01632960111", "+44 1632 960111": "+441632960111",
		"+44 (0)1632 960111": "+441632960111", "999": "999", "": ""} {
		if got := dial(number); got != want {
			t.Errorf("%q dials %q, want %q", number, got, want)
		}
	}
}
