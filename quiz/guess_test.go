package quiz

import (
	"slices"
	"testing"
)

// subsets calls each with every choice among n options, as bits.
func subsets(n int, each func(bits int)) {
	for bits := range 1 << n {
		each(bits)
	}
}

// chosenBy lists the ids whose bit is set.
func chosenBy(bits int, choices []keyChoice) (ids []string) {
	for i, c := range choices {
		if bits>>i&1 == 1 {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// beforeFloor is what a choice earns before it is raised to 0, by the rule as it
// is written down: a right one earns 1/R, a wrong one loses 1/min(R, W).
func beforeFloor(choices []keyChoice, chosen []string) (sum Credit) {
	var right, wrong Credit
	for _, c := range choices {
		if c.Worth == "1" {
			right++
		} else {
			wrong++
		}
	}
	for _, c := range choices {
		switch {
		case !slices.Contains(chosen, c.ID):
		case c.Worth == "1":
			sum += Whole / right
		default:
			sum -= Whole / min(right, wrong)
		}
	}
	return sum
}

// Whatever the numbers of right and wrong options: everything earns nothing, and
// over all subsets the credits sum to 0 or less before the floor. The floor gives
// back something: that is what blind choice can win, and it is bounded here.
func TestGuessingEarnsNothing(t *testing.T) {
	for right := 1; right < maxShares; right++ {
		for wrong := 1; right+wrong <= maxShares; wrong++ {
			var ws []worth
			for range right {
				ws = append(ws, "1")
			}
			for range wrong {
				ws = append(ws, "0")
			}
			k := key{Type: Multiple, Choices: choices(ws...)}
			var sum Credit
			subsets(len(k.Choices), func(bits int) {
				chosen := chosenBy(bits, k.Choices)
				raw := beforeFloor(k.Choices, chosen)
				sum += raw
				if got := credit(k, Response{Choices: chosen}); got != max(0, raw) {
					t.Fatalf("%d right, %d wrong, %v: %d, want %d or 0", right, wrong, chosen, got, raw)
				}
			})
			if sum > 0 {
				t.Errorf("%d right, %d wrong: over all subsets %d", right, wrong, sum)
			}
			if all := credit(k, Response{Choices: chosenBy(1<<len(k.Choices)-1, k.Choices)}); all != 0 {
				t.Errorf("%d right, %d wrong: everything earns %d", right, wrong, all)
			}
		}
	}
}

// blindly returns the best that can be done for a question without reading it:
// one of the choices by lot; of a multiple choice, as many as earn most on
// average. The guesser is even told how many options are right.
func blindly(d *dice, k key) Response {
	r := Response{Rows: map[string]string{}}
	switch k.Type {
	case Single:
		return Response{Choices: []string{k.Choices[d.below(len(k.Choices))].ID}}
	case Multiple:
		for _, c := range shuffled(d, k.Choices)[:bestNumber(k.Choices)] {
			r.Choices = append(r.Choices, c.ID)
		}
		return Response{Choices: r.Choices}
	case Ordering:
		for _, c := range shuffled(d, k.Choices) {
			r.Order = append(r.Order, c.ID)
		}
		return Response{Order: r.Order}
	case Matching:
		rights := shuffled(d, k.Rows) // each right side goes to some row
		for i, row := range k.Rows {
			r.Rows[row.ID] = rights[i].Right
		}
	case Rewrite:
		for _, row := range k.Rows {
			r.Rows[row.ID] = row.Choices[d.below(len(row.Choices))].ID
		}
	}
	return r
}

// bestNumber is how many options of a multiple choice earn most when they are
// chosen by lot.
func bestNumber(choices []keyChoice) int {
	n := len(choices)
	sums, counts := make([]Credit, n+1), make([]Credit, n+1)
	subsets(n, func(bits int) {
		chosen := chosenBy(bits, choices)
		sums[len(chosen)] += credit(key{Type: Multiple, Choices: choices}, Response{Choices: chosen})
		counts[len(chosen)]++
	})
	best := 0
	for i := range sums {
		if sums[i]*counts[best] > sums[best]*counts[i] {
			best = i
		}
	}
	return best
}

// Somebody who reads nothing passes neither a check nor the final assessment, not
// once in 20,000 tries, though the floor lets a blind multiple choice win a little;
// the check of module 0, of six questions, not once in fifty.
func TestNobodyPassesBlindly(t *testing.T) {
	const each = 10 // tries at every paper
	papers := 2000
	if testing.Short() {
		papers = 100
	}
	for id, questions := range questionsOf(t, toTell) {
		n, passed := drawn(id), 0
		d, best, possible := dieOf(7), Credit(0), Credit(n)*Whole
		for range papers {
			questions, err := draw(d, questions, n, 80, history{})
			if err != nil {
				t.Fatal(err)
			}
			keys := make([]key, n)
			for i, q := range questions {
				keys[i] = freeze(d, i+1, q).key
			}
			for range each {
				var sum Credit
				for _, k := range keys {
					sum += credit(k, blindly(d, k))
				}
				best = max(best, sum)
				if sum.reaches(80, possible) {
					passed++
				}
			}
		}
		// The short check of module 0 opens nothing, and no certificate without the rest.
		if id == "before-you-start" && passed*50 < papers*each {
			passed = 0
		}
		if passed > 0 || best == 0 {
			t.Errorf("%s: in %d tries the best blind one has %d per cent", id, papers*each, best.Percent(possible))
		}
		t.Logf("%s: the best of %d blind tries has %d per cent", id, papers*each, best.Percent(possible))
	}
}

// Of three right options among five, somebody blind wins a fifth of a question on
// average, however many they choose: that is what the floor gives away there.
func TestWhatTheFloorGivesAway(t *testing.T) {
	three := choices("1", "1", "1", "0", "0")
	n := bestNumber(three)
	var sum, tries Credit
	subsets(len(three), func(bits int) {
		if chosen := chosenBy(bits, three); len(chosen) == n {
			sum += credit(key{Type: Multiple, Choices: three}, Response{Choices: chosen})
			tries++
		}
	})
	if tries == 0 || sum*5 != Whole*tries {
		t.Errorf("%d at a time earn %d in %d tries", n, sum, tries)
	}
}
