package quiz

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// counts of a drawn paper by objective.
func byObjective(paper []question) map[string]int {
	n := map[string]int{}
	for _, q := range paper {
		n[q.Objective]++
	}
	return n
}

func TestDrawProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objectives := rapid.IntRange(1, 8).Draw(t, "objectives")
		per := rapid.IntRange(1, 8).Draw(t, "per")
		b := manyQuestions(objectives, per)
		shared := rapid.IntRange(0, 4).Draw(t, "shared quarters")
		for i := range b.questions {
			if rapid.IntRange(0, 3).Draw(t, "shared") < shared {
				b.questions[i].Mistake = rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "mistake")
			}
		}
		n := rapid.IntRange(1, objectives*per).Draw(t, "n")
		paper, err := draw(dieOf(rapid.Uint64().Draw(t, "seed")), b.questions, n, 80, history{})
		if err != nil {
			t.Fatal(err)
		}
		if len(paper) != n {
			t.Fatalf("%d questions, want %d", len(paper), n)
		}
		ids, mistakes := map[string]bool{}, map[string]int{}
		for _, q := range paper {
			if ids[q.ID] {
				t.Fatalf("%s twice", q.ID)
			}
			ids[q.ID] = true
			if q.Mistake != "" {
				mistakes[q.Objective+" "+q.Mistake]++
			}
		}
		counts := byObjective(paper)
		for o := range objectives {
			name := fmt.Sprintf("o%d", o)
			if c := counts[name]; c < n/objectives || c > (n+objectives-1)/objectives {
				t.Fatalf("%d of %d questions are on one of %d objectives", c, n, objectives)
			}
			// A mistake is asked twice for an objective only when there are not
			// enough different ones.
			kinds, unnamed := map[string]bool{}, 0
			for _, q := range b.questions {
				if q.Objective == name && q.Mistake == "" {
					unnamed++
				} else if q.Objective == name {
					kinds[q.Mistake] = true
				}
			}
			if counts[name] <= len(kinds)+unnamed {
				for m, times := range mistakes {
					if strings.HasPrefix(m, name+" ") && times > 1 {
						t.Fatalf("%s is asked %d times, though %s has %d mistakes for %d questions", m, times, name, len(kinds)+unnamed, counts[name])
					}
				}
			}
		}
	})
}

// A retake: every weak objective has at least as many questions as any secure
// one, the weak together more where the numbers allow, nobody less than an equal
// part (less one from three on), and new questions come before known ones.
func TestRetakeAsksMoreOfWhatWasWeak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objectives := rapid.IntRange(2, 6).Draw(t, "objectives")
		b := manyQuestions(objectives, 8)
		n := rapid.IntRange(objectives, 4*objectives).Draw(t, "n")
		h := history{seen: map[string]int{}, last: map[Target]ObjectiveMark{}}
		weak := map[string]bool{}
		for i, c := range b.Objectives() {
			points := 2 * Whole
			if i == 0 || i < objectives-1 && rapid.Bool().Draw(t, "weak") {
				points, weak[c.Objective] = Credit(rapid.IntRange(0, 1).Draw(t, "points"))*Whole, true
			}
			h.last[c.Target] = ObjectiveMark{Target: c.Target, Questions: 2, Points: points, Possible: 2 * Whole}
			for _, q := range b.questions {
				if q.Objective == c.Objective && h.seen[q.ID] == 0 && rapid.IntRange(0, 3).Draw(t, "seen") == 0 {
					h.seen[q.ID] = 1
				}
			}
		}
		paper, err := draw(dieOf(rapid.Uint64().Draw(t, "seed")), b.questions, n, 80, h)
		if err != nil {
			t.Fatal(err)
		}
		counts := byObjective(paper)
		equal := n / objectives
		least, most, weakSum := n, 0, 0
		for _, c := range b.Objectives() {
			got := counts[c.Objective]
			if weak[c.Objective] {
				least = min(least, got)
				weakSum += got
			} else {
				most = max(most, got)
				if got < min(equal, max(2, equal-1)) {
					t.Fatalf("a secure objective keeps only %d of %d", got, equal)
				}
			}
			// Known questions only when no new one is left.
			fresh, known := 0, 0
			for _, q := range b.questions {
				if q.Objective == c.Objective && h.seen[q.ID] == 0 {
					fresh++
				}
			}
			for _, q := range paper {
				if q.Objective == c.Objective && h.seen[q.ID] > 0 {
					known++
				}
			}
			if known > max(0, got-fresh) {
				t.Fatalf("%d known questions are asked although %d new ones of %d were there", known, fresh, got)
			}
		}
		// Only where more are weak than questions are left over may one of them
		// stand behind, and by one.
		if least < most-1 || n%objectives >= len(weak) && least < most {
			t.Fatalf("a weak objective has %d questions, a secure one %d", least, most)
		}
		if (n%objectives > 0 || equal >= 3) && weakSum <= len(weak)*equal {
			t.Fatalf("the %d weak objectives have no more than their equal part: %d of %d", len(weak), weakSum, n)
		}
	})
}

// One weak objective of four on a paper of ten: it has four, the others two.
func TestRetakeOfTen(t *testing.T) {
	b := manyQuestions(4, 8)
	weak := Target{"many", "o2"}
	h := history{last: map[Target]ObjectiveMark{weak: {Target: weak, Questions: 3, Points: Whole, Possible: 3 * Whole}}}
	for seed := range uint64(50) {
		paper, err := draw(dieOf(seed), b.questions, 10, 80, h)
		if err != nil {
			t.Fatal(err)
		}
		c := byObjective(paper)
		if c["o2"] != 4 || c["o0"] != 2 || c["o1"] != 2 || c["o3"] != 2 {
			t.Fatalf("seed %d: %v", seed, c)
		}
	}
}

// The weakest comes first where the left-over questions do not suffice for all.
func TestWeakestFirst(t *testing.T) {
	b := manyQuestions(4, 8)
	h := history{last: map[Target]ObjectiveMark{}}
	for i, points := range []Credit{Whole, 0, Whole / 2, Whole} {
		target := Target{"many", fmt.Sprintf("o%d", i)}
		h.last[target] = ObjectiveMark{Target: target, Questions: 2, Points: points, Possible: 2 * Whole}
	}
	for seed := range uint64(50) {
		paper, err := draw(dieOf(seed), b.questions, 6, 80, h)
		if err != nil {
			t.Fatal(err)
		}
		if c := byObjective(paper); c["o1"] != 2 || c["o2"] != 2 {
			t.Fatalf("seed %d: %v", seed, c)
		}
	}
}

func TestDifficultyIsBalanced(t *testing.T) {
	b := manyQuestions(4, 8)
	for seed := range uint64(100) {
		paper, err := draw(dieOf(seed), b.questions, 12, 80, history{})
		if err != nil {
			t.Fatal(err)
		}
		var n [4]int
		for _, q := range paper {
			n[q.Difficulty]++
		}
		if n != [4]int{0, 3, 6, 3} {
			t.Fatalf("seed %d: easy, middle, hard: %v", seed, n[1:])
		}
	}
}

// What one objective asks about is not asked again by another, if it can be
// helped: a learner who knows one answer would know the next.
func TestMistakesOfOtherObjectives(t *testing.T) {
	b := manyQuestions(2, 4)
	for i := range b.questions {
		if i%4 < 2 {
			b.questions[i].Mistake = "the same"
		}
	}
	for seed := range uint64(100) {
		paper, err := draw(dieOf(seed), b.questions, 4, 80, history{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, q := range paper {
			if q.Mistake == "the same" {
				n++
			}
		}
		if n > 1 {
			t.Fatalf("seed %d: the same mistake %d times", seed, n)
		}
	}
}

// Within an objective the rule is stricter than on the paper: of y, y and x,
// one y and the x are asked, though the other objective asks about x too.
func TestMistakesOfOneObjective(t *testing.T) {
	b := manyQuestions(2, 3)
	for i, m := range []string{"x", "x", "x", "y", "y", "x"} {
		b.questions[i].Mistake = m
	}
	for seed := range uint64(100) {
		paper, err := draw(dieOf(seed), b.questions, 4, 80, history{})
		if err != nil {
			t.Fatal(err)
		}
		y := 0
		for _, q := range paper {
			if q.Mistake == "y" {
				y++
			}
		}
		if y != 1 {
			t.Fatalf("seed %d: y is asked about %d times", seed, y)
		}
	}
}

// Three papers of ten from four times eight questions ask nothing twice: what is
// left over goes where the questions are least used up.
func TestThreeDrawsRepeatNothing(t *testing.T) {
	b := manyQuestions(4, 8)
	for seed := range uint64(100) {
		h := history{seen: map[string]int{}}
		for range 3 {
			paper, err := draw(dieOf(seed), b.questions, 10, 80, h)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range paper {
				if h.seen[q.ID]++; h.seen[q.ID] > 1 {
					t.Fatalf("seed %d: %s is asked again", seed, q.ID)
				}
			}
		}
	}
}

func TestEveryQuestionIsDrawnSometimes(t *testing.T) {
	b := manyQuestions(4, 8)
	seen := map[string]int{}
	for seed := range uint64(200) {
		paper, err := draw(dieOf(seed), b.questions, 10, 80, history{})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range paper {
			seen[q.ID]++
		}
	}
	for _, q := range b.questions {
		if seen[q.ID] < 20 {
			t.Errorf("%s was drawn %d times in 200", q.ID, seen[q.ID])
		}
	}
}

func TestDrawRefusesWhatItCannotDo(t *testing.T) {
	if _, err := draw(dieOf(1), manyQuestions(2, 2).questions, 5, 80, history{}); err == nil {
		t.Error("five questions were drawn from four")
	}
	broken := errors.New("no more")
	if _, err := draw(&dice{from: iotest.ErrReader(broken)}, manyQuestions(2, 2).questions, 2, 80, history{}); !errors.Is(err, broken) {
		t.Errorf("without randomness: %v", err)
	}
}

// The place of the best option says nothing about it.
func TestShuffleIsEven(t *testing.T) {
	d := dieOf(7)
	q := manyQuestions(1, 1).questions[0]
	places := map[string]int{}
	for range 3000 {
		s := freeze(d, 1, q)
		places[perfect(s.key).Choices[0]]++
	}
	for _, id := range []string{"a", "b", "c"} {
		if n := places[id]; n < 900 || n > 1100 {
			t.Errorf("the best option stood at %s %d times of 3000", id, n)
		}
	}
	orders := map[string]int{}
	for range 6000 {
		orders[strings.Join(shuffled(d, []string{"a", "b", "c"}), "")]++
	}
	for o, n := range orders {
		if n < 900 || n > 1100 || len(orders) != 6 {
			t.Errorf("order %s came %d times of 6000, %d orders", o, n, len(orders))
		}
	}
	// On the paper ids follow the order shown, and the right order is as likely
	// as any other.
	first := map[string]int{}
	for _, q := range lamps(t).questions {
		for range 400 {
			s := freeze(d, 1, q)
			for i, c := range s.paper.Choices {
				if c.ID != choiceID(i) {
					t.Fatalf("%s: choice %d is called %s", q.Type, i+1, c.ID)
				}
			}
			switch q.Type {
			case Ordering:
				if s.key.Choices[0].ID == "a" {
					first[string(q.Type)]++
				}
				if textOf(s.paper.Choices, s.key.Choices[0].ID) != q.Steps[0].Text {
					t.Fatal("the key names another step")
				}
			case Matching:
				if s.key.Rows[0].Right == "a" {
					first[string(q.Type)]++
				}
			}
		}
	}
	// The right first step of four, and a right side shown beside another that
	// two pairs share.
	if a, b := first["ordering"], first["matching"]; a < 60 || a > 140 || b < 100 || b > 170 {
		t.Errorf("the right choice stood first %d and %d times of 400", a, b)
	}
	if got := slices.Sorted(slices.Values(shuffled(d, []string{"b", "a"}))); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("shuffling lost something: %v", got)
	}
}
