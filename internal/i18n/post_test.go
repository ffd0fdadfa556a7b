package i18n

import (
	"regexp"
	"strings"
	"testing"
)

// What goes out by electronic post is called an email, e-bost, wherever a reader
// meets it: a letter is something in an envelope, or a sign of the alphabet. The
// code is free to speak of letters.
func TestNobodyIsPromisedALetter(t *testing.T) {
	alphabet := regexp.MustCompile(`^(verify\.(n|code_hint)|admin\.hint\.certificate|admin\.people\.more|people\.find\.short|certificates\.letters|people\.email\.ascii|people\.name\.|people\.text|people\.key|people\.code\.shape|people\.factor\.shape|people\.sso\.characters)`)
	post := map[Lang]*regexp.Regexp{EN: regexp.MustCompile(`(?i)\bletters?\b`), CY: regexp.MustCompile(`(?i)\bl?lythyr(au)?\b`)}
	lines := 0
	for _, l := range Langs {
		files, err := messageFiles(Messages(), l)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			entries := map[string]entry{}
			if faults := readMessages(Messages(), file, entries); len(faults) > 0 {
				t.Fatal(faults)
			}
			for key, e := range entries {
				for _, said := range e.forms {
					lines++
					if post[l].MatchString(said) && !alphabet.MatchString(key) {
						t.Errorf("%s: %s says %q", file, key, strings.TrimSpace(said))
					}
				}
			}
		}
	}
	if lines < 1000 {
		t.Errorf("only %d messages were read", lines)
	}
}
