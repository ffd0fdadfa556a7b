package quiz

import (
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Where the best option stands at one place by length in more than half of the
// choices, that is noticed, in each language, of questions and of lines; where it
// is as long as others, it stands at their places in part.
func TestOnePlaceByLengthIsNoticed(t *testing.T) {
	long, middle, short := "aaaaaaaa", "bbbbbb", "cccc"
	set := func(options []option, l i18n.Lang, texts ...string) {
		for i := range options {
			if l == i18n.CY {
				options[i].Text.CY = texts[i]
			} else {
				options[i].Text.EN = texts[i]
			}
		}
	}
	for name, c := range map[string]struct {
		best  []string // of each of the eight, with what the others are
		noted bool
	}{
		"half":       {[]string{middle, middle, middle, middle, long, long, short, short}, false},
		"one more":   {[]string{middle, middle, middle, middle, middle, long, short, short}, true},
		"all":        {[]string{short, short, short, short, short, short, short, short}, true},
		"half alike": {[]string{middle, middle, middle, middle, "like", "like", short, long}, true},
	} {
		for _, kind := range []Kind{Single, Rewrite} {
			for _, l := range i18n.Langs {
				b := manyQuestions(1, 8)
				for i, best := range c.best {
					q := &b.questions[i]
					set(q.Options, i18n.EN, "same", "same", "same")
					set(q.Options, i18n.CY, "same", "same", "same")
					switch best {
					case long:
						set(q.Options, l, long, middle, short)
					case middle:
						set(q.Options, l, middle, long, short)
					case short:
						set(q.Options, l, short, middle, long)
					default: // as long as the longest: half at place 1, half at place 2
						set(q.Options, l, middle, middle, short)
					}
					if kind == Rewrite {
						q.Type, q.Lines, q.Options = Rewrite, []line{{ID: "l", Options: q.Options}}, nil
					}
				}
				r := &reporter{}
				b.checkRanks(r, l)
				if noted := len(r.found) == 1 && r.found[0].Warning && strings.Contains(r.found[0].Message, "in "+string(l)+" the best option stands at place "); noted != c.noted || !c.noted && len(r.found) > 0 {
					t.Errorf("%s, %s, %s: %v", name, kind, l, r.found)
				}
			}
		}
	}
	b := manyQuestions(1, fewestRanked-1)
	r := &reporter{}
	if b.checkRanks(r, i18n.EN); len(r.found) > 0 {
		t.Errorf("of so few nothing can be told: %v", r.found)
	}
}
