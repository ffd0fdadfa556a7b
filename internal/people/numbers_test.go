package people

import "testing"

// A site whose address is a bare number starts, without passkeys: browsers bind
// them to names.
func TestNoPasskeysOnANumber(t *testing.T) {
	for _, origin := range []string{"https://192.0.2.7", "http://127.0.0.1:8080", "http://[::1]:8080", ""} {
		if party, err := newRelyingParty(origin); party != nil || err != nil {
			t.Errorf("%q: %v, %v", origin, party, err)
		}
	}
}

// Numbers that everybody knows are not a council's.
func TestEmergencyNumbersAreNoCouncils(t *testing.T) {
	for number, ok := range map[string]bool{"999": false, "101": false, "112": false, "116 123": true, "01632 960111": true} {
		if _, err := CleanPhone("day_number", number); (err == nil) != ok {
			t.Errorf("%q: %v", number, err)
		}
	}
}
