package i18n

import (
	"regexp"
	"testing"
)

// A number of people is followed in Welsh by "person" for one, "berson" for two and
// "o bobl" for any other, in every message: "14 person" beside "7 o bobl" reads as
// two hands.
func TestPeopleAreCountedOneWayInWelsh(t *testing.T) {
	counted := regexp.MustCompile(`(^|\{\{\.Count\}\} )ph?erson\b`)
	files, err := messageFiles(Messages(), CY)
	if err != nil {
		t.Fatal(err)
	}
	forms := 0
	for _, file := range files {
		entries := map[string]entry{}
		if faults := readMessages(Messages(), file, entries); len(faults) > 0 {
			t.Fatal(faults)
		}
		for key, e := range entries {
			for _, form := range []string{"zero", "few", "many", "other"} {
				if len(e.forms) == 1 { // no number in it
					continue
				}
				forms++
				if counted.MatchString(e.forms[form]) {
					t.Errorf("%s: %s, %s, says %q", file, key, form, e.forms[form])
				}
			}
		}
	}
	if forms < 100 {
		t.Errorf("only %d forms were read", forms)
	}
}
