package quiz

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"unicode/utf8"

	"golau/internal/i18n"
)

// grain is how finely credits are told apart here: thirds, quarters, fifths and
// eighths of a question are exact, all else is rounded up, in the guesser's favour.
const grain = Whole / 120

// odds is how likely each credit is, in grains.
type odds []float64

// oddsOf are those of somebody who is as likely to give any of the answers.
func oddsOf(k key, answers []Response) odds {
	o := make(odds, Whole/grain+1)
	for _, r := range answers {
		o[(credit(k, r)+grain-1)/grain] += 1 / float64(len(answers))
	}
	return o
}

// and is how likely each sum of two is.
func (o odds) and(next odds) odds {
	sum := make(odds, len(o)+len(next)-1)
	for j, q := range next {
		if q == 0 {
			continue
		}
		for i, p := range o {
			sum[i+j] += p * q
		}
	}
	return sum
}

// passing is how likely a paper is passed by somebody who answers each of its
// questions with these odds: exactly, not by trying.
func passing(paper []odds, percent int) float64 {
	sum := odds{1}
	for _, o := range paper {
		sum = sum.and(o)
	}
	passed := 0.0
	for i, p := range sum {
		if (Credit(i) * grain).reaches(percent, Credit(len(paper))*Whole) {
			passed += p
		}
	}
	return passed
}

// orders calls each with every order of n things.
func orders(n int, each func(order []int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var from func(i int)
	from = func(i int) {
		if i == n {
			each(order)
			return
		}
		for j := i; j < n; j++ {
			order[i], order[j] = order[j], order[i]
			from(i + 1)
			order[i], order[j] = order[j], order[i]
		}
	}
	from(0)
}

// wordings are all answers to a rewrite question, of each line one of those offered.
func wordings(rows []keyRow, offered func(row int) []string) []Response {
	all := []Response{{Rows: map[string]string{}}}
	for i, row := range rows {
		var longer []Response
		for _, r := range all {
			for _, id := range offered(i) {
				rows := map[string]string{row.ID: id}
				for k, v := range r.Rows {
					rows[k] = v
				}
				longer = append(longer, Response{Rows: rows})
			}
		}
		all = longer
	}
	return all
}

func idsOf(choices []keyChoice) (ids []string) {
	for _, c := range choices {
		ids = append(ids, c.ID)
	}
	return ids
}

// blindAnswers are the answers, all as likely, of somebody who reads nothing and
// does the best that can be done so; see blindly, which gives one of them.
func blindAnswers(k key) (all []Response) {
	switch k.Type {
	case Single:
		for _, id := range idsOf(k.Choices) {
			all = append(all, Response{Choices: []string{id}})
		}
	case Multiple:
		n := bestNumber(k.Choices)
		subsets(len(k.Choices), func(bits int) {
			if chosen := chosenBy(bits, k.Choices); len(chosen) == n {
				all = append(all, Response{Choices: chosen})
			}
		})
	case Ordering:
		orders(len(k.Choices), func(order []int) {
			var r Response
			for _, i := range order {
				r.Order = append(r.Order, k.Choices[i].ID)
			}
			all = append(all, r)
		})
	case Matching:
		orders(len(k.Rows), func(order []int) {
			r := Response{Rows: map[string]string{}}
			for i, j := range order {
				r.Rows[k.Rows[i].ID] = k.Rows[j].Right
			}
			all = append(all, r)
		})
	case Rewrite:
		return wordings(k.Rows, func(row int) []string { return idsOf(k.Rows[row].Choices) })
	}
	return all
}

// atRank are the options that stand at a rank by their length in l, the longest
// first; several where they are as long.
func atRank(options []option, choices []keyChoice, l i18n.Lang, rank int) (ids []string) {
	long := func(o option) int { return utf8.RuneCountInString(o.Text.In(l)) }
	sorted := slices.SortedFunc(slices.Values(options), func(a, b option) int { return cmp.Compare(long(b), long(a)) })
	for _, o := range sorted {
		if long(o) == long(sorted[min(rank, len(sorted))-1]) {
			i := slices.IndexFunc(choices, func(c keyChoice) bool { return c.Ref == o.ID })
			ids = append(ids, choices[i].ID)
		}
	}
	return ids
}

// lengthAnswers are those of somebody who looks at nothing but how long the options
// are, and takes that of one rank in a choice of one, that of another in each line
// of a record.
func lengthAnswers(q question, k key, l i18n.Lang, single, line int) (all []Response) {
	switch q.Type {
	case Single:
		for _, id := range atRank(q.Options, k.Choices, l, single) {
			all = append(all, Response{Choices: []string{id}})
		}
		return all
	case Rewrite:
		return wordings(k.Rows, func(row int) []string { return atRank(q.Lines[row].Options, k.Rows[row].Choices, l, line) })
	}
	return blindAnswers(k)
}

// chance is how likely a paper of a bank is passed, on average over many papers, by
// somebody whose answers to each question are given.
func chance(t *testing.T, questions []question, n, papers int, answers func(q question, k key) []Response) float64 {
	t.Helper()
	d, of := dieOf(11), map[string]odds{}
	for _, q := range questions {
		k := freeze(d, 1, q).key
		of[q.ID] = oddsOf(k, answers(q, k))
	}
	sum := 0.0
	for range papers {
		drawn, err := draw(d, questions, n, 80, history{})
		if err != nil {
			t.Fatal(err)
		}
		paper := make([]odds, len(drawn))
		for i, q := range drawn {
			paper[i] = of[q.ID]
		}
		sum += passing(paper, 80)
	}
	return sum / float64(papers)
}

// mostByChance is how often an assessment may be passed by somebody who reads
// nothing, and by somebody who goes by the length of the options. The short check of
// module 0 opens nothing, and no certificate without the rest.
func mostByChance(id string) (blind, byLength float64) {
	switch id {
	case "final":
		return 1.0 / 10_000, 1.0 / 10_000
	case "before-you-start":
		return 1.0 / 50, 1.0 / 50
	}
	return 1.0 / 10_000, 1.0 / 1000
}

// Somebody who reads nothing passes the final less than once in 10,000 times, and so
// does somebody who goes by the length of the options in either language, at the
// ranks that serve best: worked out from the marking, not tried, since no number of
// tries without a pass says how rare one is.
func TestNothingIsPassedByChance(t *testing.T) {
	papers := 60
	if testing.Short() {
		papers = 6
	}
	for id, questions := range questionsOf(t, toTell) {
		n := drawn(id)
		mostBlind, mostByLength := mostByChance(id)
		blind := chance(t, questions, n, papers, func(_ question, k key) []Response { return blindAnswers(k) })
		if blind >= mostBlind || blind == 0 {
			t.Errorf("%s: somebody blind passes %.1e times", id, blind)
		}
		t.Logf("%s: blind %.1e", id, blind)
		for _, l := range i18n.Langs {
			best, by := 0.0, [2]int{}
			for rank := range 4 * 3 {
				single, line := 1+rank/3, 1+rank%3
				if p := chance(t, questions, n, papers, func(q question, k key) []Response { return lengthAnswers(q, k, l, single, line) }); p > best {
					best, by = p, [2]int{single, line}
				}
			}
			if best >= mostByLength {
				t.Errorf("%s: by the length of the options in %s, at the ranks %v, it is passed %.1e times", id, l, by, best)
			}
			t.Logf("%s: by length in %s %.1e, at the ranks %v", id, l, best, by)
		}
	}
}

// What is worked out is what trying comes to.
func TestChanceIsWhatTryingComesTo(t *testing.T) {
	questions := questionsOf(t, []string{"before-you-start"})["before-you-start"]
	d, tries, passed := dieOf(3), 40_000, 0
	paper, err := draw(d, questions, 6, 80, history{})
	if err != nil {
		t.Fatal(err)
	}
	var keys []key
	var of []odds
	for i, q := range paper {
		keys = append(keys, freeze(d, i+1, q).key)
		of = append(of, oddsOf(keys[i], blindAnswers(keys[i])))
	}
	for range tries {
		var sum Credit
		for _, k := range keys {
			sum += credit(k, blindly(d, k))
		}
		if sum.reaches(50, 6*Whole) {
			passed++
		}
	}
	want, got := passing(of, 50), float64(passed)/float64(tries)
	if math.Abs(want-got) > 5*math.Sqrt(want/float64(tries)) {
		t.Errorf("worked out %.4f, tried %.4f", want, got)
	}
}
