package quiz

import (
	"regexp"
	"slices"
	"testing"

	"golau/internal/i18n"
)

// Whoever may have met a trafficked child tells children's services and the
// police, or calls 999 first. These are the words by which a
// question names them.
var (
	services = map[i18n.Lang]*regexp.Regexp{
		i18n.EN: regexp.MustCompile(`(?i)children’s services|duty team|social worker`),
		i18n.CY: regexp.MustCompile(`(?i)(g|ng)?wasanaethau plant|t[iî]m dyletswydd|(g|ng)?weithiwr cymdeithasol|(g|ng)?weithwraig gymdeithasol`),
	}
	police = map[i18n.Lang]*regexp.Regexp{
		i18n.EN: regexp.MustCompile(`(?i)police|999`),
		i18n.CY: regexp.MustCompile(`(?i)heddlu|heddwas|999`),
	}
	report = map[i18n.Lang]*regexp.Regexp{
		i18n.EN: regexp.MustCompile(`(?i)\breport(s|ed|ing)?\b`),
		i18n.CY: regexp.MustCompile(`(?i)\b(rhoi|rho|rhown|rhowch|rhoddir|roi) (\S+ )?wybod\b`),
	}
)

// tells says whether the best answer of a question speaks of telling, and to whom
// it or the question itself says so.
func (q question) tells(l i18n.Lang) (tells, toServices, toPolice bool) {
	words := ""
	for _, o := range q.Options {
		if o.Worth == "1" {
			words += o.Text.In(l) + "\n"
		}
	}
	for _, s := range q.Steps {
		words += s.Text.In(l) + "\n"
	}
	tells = report[l].MatchString(words) || services[l].MatchString(words) || police[l].MatchString(words)
	all := q.Stem.In(l) + "\n" + words
	return tells, services[l].MatchString(all), police[l].MatchString(all)
}

// The best answer of these says in both languages whom to tell: children's
// services and the police.
func TestBestAnswersTellBoth(t *testing.T) {
	banks, _, err := Load(Content())
	if err != nil {
		t.Fatal(err)
	}
	for bank, ids := range map[string][]string{
		"what-it-is": {"m1-q10", "m1-q25", "m1-q26"},
		"signs":      {"m2-q09", "m2-q10", "m2-q13", "m2-q16", "m2-q25", "m2-q26", "m2-q30"},
		"final":      {"f-q18"},
	} {
		for _, q := range banks.Bank(bank).questions {
			if !slices.Contains(ids, q.ID) {
				continue
			}
			for _, l := range i18n.Langs {
				if tells, s, p := q.tells(l); !tells || !s || !p {
					t.Errorf("%s in %s: children's services %v, the police %v", q.ID, l, s, p)
				}
			}
		}
	}
}

// Naming the police is no hint: whoever takes, in every question of one choice, an
// option that names them, is right in no more than two of three.
func TestNamingThePoliceIsNoHint(t *testing.T) {
	banks, _, err := Load(Content())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"signs"} {
		for _, l := range i18n.Langs {
			asked, won := 0, 0.0
			for _, q := range banks.Bank(id).questions {
				named, right := 0, 0.0
				for _, o := range q.Options {
					if police[l].MatchString(o.Text.In(l)) {
						named++
						if o.Worth == "1" {
							right = 1
						}
					}
				}
				if q.Type != Single || named == 0 || named == len(q.Options) {
					continue
				}
				asked++
				won += right / float64(named)
			}
			t.Logf("%s, %s: %.1f of %d", id, l, won, asked)
			if won*3 > float64(asked*2) {
				t.Errorf("%s in %s: the option that names the police is the best in %.1f of %d questions", id, l, won, asked)
			}
		}
	}
}
