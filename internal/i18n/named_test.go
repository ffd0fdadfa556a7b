package i18n

import (
	"regexp"
	"slices"
	"testing"
)

// named finds what a message names that has one name in every language: a file
// of the content, a setting, a command.
var named = regexp.MustCompile(`\b\w+\.(?:yaml|md|eml)\b|\bGOLAU_[A-Z_]+\b|\bgolau (?:admin|backup|certcheck|check|config|health|restore|serve|verify)\b`)

// What a message tells somebody to look into stands in it in both languages.
func TestFilesAndCommandsStandInBoth(t *testing.T) {
	all := map[Lang]map[string]entry{EN: {}, CY: {}}
	for _, l := range Langs {
		files, err := messageFiles(Messages(), l)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			readMessages(Messages(), file, all[l])
		}
	}
	of := func(e entry) (names []string) {
		for _, said := range e.forms {
			names = append(names, named.FindAllString(said, -1)...)
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	n := 0
	for key, en := range all[EN] {
		if in, cy := of(en), of(all[CY][key]); !slices.Equal(in, cy) {
			t.Errorf("%s names %q in English and %q in Welsh", key, in, cy)
		} else {
			n += len(in)
		}
	}
	if n < 10 {
		t.Errorf("only %d names were found", n)
	}
}

// What is wrong with a name or an address is said of the form, since whoever
// fills it in may write somebody else's: an invitation, an account.
func TestFormsSpeakOfAnybody(t *testing.T) {
	yours := map[Lang]*regexp.Regexp{EN: regexp.MustCompile(`(?i)\byours?\b`), CY: regexp.MustCompile(`(?i)\beich\b`)}
	n := 0
	for _, l := range Langs {
		files, err := messageFiles(Messages(), l)
		if err != nil {
			t.Fatal(err)
		}
		entries := map[string]entry{}
		for _, file := range files {
			readMessages(Messages(), file, entries)
		}
		for key, e := range entries {
			// own is said to an administrator of their own address, and means it
			if key == "people.email.own" || !regexp.MustCompile(`^people\.(name|email)\.[a-z]+$`).MatchString(key) {
				continue
			}
			for _, said := range e.forms {
				if n++; yours[l].MatchString(said) {
					t.Errorf("%s: %s", key, said)
				}
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d messages", n)
	}
}
