package quiz

import (
	"regexp"
	"testing"

	"golau/internal/i18n"
)

// nines is the call that comes before all others.
var nines = regexp.MustCompile("999")

// best is the words of a question's best answer.
func (q question) best(l i18n.Lang) (words string) {
	for _, o := range q.Options {
		if o.Worth == "1" {
			words += o.Text.In(l) + "\n"
		}
	}
	for _, s := range q.Steps {
		words += s.Text.In(l) + "\n"
	}
	return words
}

// Whoever may have met a trafficked child tells children's services and the
// police, or calls 999 first. These are the words by which a
// question names them.
var (
	services = map[i18n.Lang]*regexp.Regexp{
		i18n.EN: regexp.MustCompile(`(?i)children’s services|social services|duty team|social worker`),
		i18n.CY: regexp.MustCompile(`(?i)(g|ng)?wasanaethau (plant|cymdeithasol)|t[iî]m dyletswydd|(g|ng)?weithiwr cymdeithasol|(g|ng)?weithwraig gymdeithasol`),
	}
	police = map[i18n.Lang]*regexp.Regexp{
		i18n.EN: regexp.MustCompile(`(?i)police|999`),
		i18n.CY: regexp.MustCompile(`(?i)heddlu|heddwas|999`),
	}
	report = map[i18n.Lang]*regexp.Regexp{
		i18n.EN: regexp.MustCompile(`(?i)\breport(s|ed|ing)?\b`),
		i18n.CY: regexp.MustCompile(`(?i)\b(rhoi|rho|rhown|rhowch|rhoddir|roi) (\S+ )?g?wybod\b`),
	}
)

// tells says whether the best answer of a question speaks of telling, and to whom
// it or the question itself says so.
func (q question) tells(l i18n.Lang) (tells, toServices, toPolice bool) {
	words := q.best(l)
	tells = report[l].MatchString(words) || services[l].MatchString(words) || police[l].MatchString(words)
	all := q.Stem.In(l) + "\n" + words
	return tells, services[l].MatchString(all), police[l].MatchString(all)
}

// toTell are the banks that say whom to tell: every module's, and the final one.
var toTell = []string{
	"before-you-start", "what-it-is", "signs", "own-streets", "first-hours",
	"nrm-and-guardian", "victims-not-criminals", "working-together", "my-plan", "final",
}

// toldOtherwise are questions whose best answer need not name both, and why.
var toldOtherwise = map[string]string{
	"m1-q13":   "the record is about a report that was made",
	"m4-q06":   "children’s services are asked again for their acknowledgement (R-10)",
	"m4-q10":   "the plan is the team’s already: what is asked is when the carer calls the police (M-08)",
	"m4-q26":   "she is in care and known: the duty team is asked for a plan for her phone (M-08)",
	"m8-q19":   "children’s services are asked again for their acknowledgement (R-10)",
	"m8-q27":   "no child is there: the duty team’s number is put where colleagues find it (R-08)",
	"f-q63":    "the boy is in care already: his social worker is told of a doubt about his age",
	"f-m6-q03": "the carer’s log of a child who is in care and known: the police were told that she was missing (M-05)",
	"f-q65":    "children’s services are asked again for their acknowledgement (R-10)",
}

// Wherever the best answer is to tell somebody, the question says in both languages
// whom: children's services and the police. Where 999 is called, the rest may come
// later; where the reader is a police officer, the question says that.
func TestBestAnswersSayWhomToTell(t *testing.T) {
	for _, questions := range questionsOf(t, toTell) {
		for _, q := range questions {
			for _, l := range i18n.Langs {
				tells, s, p := q.tells(l)
				if tells && !(s && p) && toldOtherwise[q.ID] == "" && !nines.MatchString(q.Stem.In(l)+q.best(l)) {
					t.Errorf("%s in %s: children’s services %v, the police %v: %s", q.ID, l, s, p, q.best(l))
				}
			}
		}
	}
}

// What is to be found, is: "report it" alone, and children's services alone.
func TestWhomToTellIsMissed(t *testing.T) {
	for text, want := range map[i18n.Text][3]bool{
		{EN: "Report it today", CY: "Rhoi gwybod heddiw"}:                                       {true, false, false},
		{EN: "Phone children’s services", CY: "Ffonio’r gwasanaethau plant"}:                    {true, true, false},
		{EN: "Tell the duty team and the police", CY: "Dweud wrth y tîm dyletswydd a’r heddlu"}: {true, true, true},
		{EN: "Sit with her", CY: "Eistedd gyda hi"}:                                             {false, false, false},
	} {
		q := question{Options: []option{{Worth: "1", Text: text}}}
		for _, l := range i18n.Langs {
			if tells, s, p := q.tells(l); [3]bool{tells, s, p} != want {
				t.Errorf("%s: %v, %v, %v", text.In(l), tells, s, p)
			}
		}
	}
}

// Naming the police is no hint: whoever takes, in every question of one choice, an
// option that names them, is right in no more than two of three.
func TestNamingThePoliceIsNoHint(t *testing.T) {
	for id, questions := range questionsOf(t, toTell) {
		for _, l := range i18n.Langs {
			asked, won := 0, 0.0
			for _, q := range questions {
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

// alone finds feedback that sends the reader to children's services.
var alone = map[i18n.Lang]*regexp.Regexp{
	i18n.EN: regexp.MustCompile(`(?i)\b(phone|tell|report .{0,20}to) children’s services`),
	i18n.CY: regexp.MustCompile(`(?i)\b(ffoniwch y|dywedwch wrth y|rhowch wybod i’r) gwasanaethau plant`),
}

// Feedback that says whom to tell names both as well, where the reader is not of
// the police themself and the option has not told the police already.
func TestFeedbackSaysWhomToTell(t *testing.T) {
	for _, questions := range questionsOf(t, toTell) {
		for _, q := range questions {
			for _, o := range q.Options {
				for _, l := range i18n.Langs {
					said := o.Feedback.In(l)
					known := police[i18n.EN].MatchString(q.Stem.EN + o.Text.EN) // the option told them
					if alone[l].MatchString(said) && !police[l].MatchString(said) && !known && toldOtherwise[q.ID] == "" {
						t.Errorf("%s %s in %s: %s", q.ID, o.ID, l, said)
					}
				}
			}
		}
	}
}
