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
	for number, ok := range map[string]bool{"999": false, "101": false, "112": false, "116 123": true, "999999": false, "01758 70445": false, "01758 704455": true, "704455": false, "0800 1111": false, "+44 (0)1758 704455": true, "+44 1758 704455": true, "+44 1758 70": false, "+353 1 234 5678": true, "0044 1758 704455": false, "01632 960111": true, "01632 960111 ext. 12": true, "ext. 12": false, "999 ext 1": false, "01632 960111 ext": false, "01632 960111 x1 x2": false} {
		if _, err := CleanPhone("day_number", number); (err == nil) != ok {
			t.Errorf("%q: %v", number, err)
		}
	}
}

// An extension is kept, however it was written, and written in one way.
func TestExtensions(t *testing.T) {
	for _, typed := range []string{"01632  960111 ext. 12", "01632 960111 Ext 12", "01632 960111x12", "01632 960111 est. 12", "01632 960111 extension 12"} {
		if got, err := CleanPhone("day_number", typed); err != nil || got != "01632 960111 ext. 12" {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}
