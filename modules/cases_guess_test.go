package modules

import (
	"regexp"
	"testing"
	"unicode/utf8"

	"golau/internal/i18n"
	"golau/modules/scenario"
)

// reasons are the words with which an option gives its reason. A writer reaches
// for them where a wrong step has to sound right: whoever notices need not think.
var reasons = map[i18n.Lang]*regexp.Regexp{
	i18n.EN: regexp.MustCompile(`(?i)\b(because|since|so that|so (he|she|they|it|nobody))\b`),
	i18n.CY: regexp.MustCompile(`(?i)\b(oherwydd|achos|am (ei|eu|nad) |gan (ei|eu|fod|mai|na|nad|i|y|yr) |er mwyn|fel (na|nad|bod|y gall))\b`),
}

// Nobody finds the recommended step of a case by the look of the words alone:
// each such way of guessing finds it hardly more often than chance.
func TestNoCaseIsGuessedByItsWords(t *testing.T) {
	lib, findings := product(t)
	if err := Refuse(findings); err != nil {
		t.Fatal(err)
	}
	for lang, reason := range reasons {
		long := func(o scenario.Option) float64 { return float64(utf8.RuneCountInString(o.Text.In(lang))) }
		unreasoned := func(o scenario.Option) float64 {
			if reason.MatchString(o.Text.In(lang)) {
				return 0
			}
			return 1
		}
		for name, like := range map[string]func(scenario.Option) float64{
			"the longest":        long,
			"the shortest":       func(o scenario.Option) float64 { return -long(o) },
			"one with no reason": unreasoned,
			"one with a reason":  func(o scenario.Option) float64 { return -unreasoned(o) },
		} {
			found, chance := 0.0, 0.0
			for _, m := range lib.Modules {
				for _, s := range m.Cases {
					for _, d := range s.Decisions {
						found += guessed(d.Options, like)
						chance += guessed(d.Options, func(scenario.Option) float64 { return 0 })
					}
				}
			}
			if chance == 0 || found > 1.15*chance {
				t.Errorf("%s: whoever takes %s finds %.1f recommended steps, by chance it were %.1f", lang, name, found, chance)
			}
		}
	}
}

// guessed is the share of the recommended options among those that are liked best.
func guessed(options []scenario.Option, like func(scenario.Option) float64) float64 {
	best, right, of := 0.0, 0.0, 0.0
	for i, o := range options {
		if l := like(o); i == 0 || l > best {
			best, right, of = l, 0, 0
		} else if l < best {
			continue
		}
		of++
		if o.Path == scenario.Recommended {
			right++
		}
	}
	return right / of
}
