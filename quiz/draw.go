package quiz

import (
	"fmt"
	"slices"
)

// history is what earlier attempts at the same assessment say about a new draw.
type history struct {
	seen map[string]int // question id -> how often it was asked
	last map[Target]ObjectiveMark
}

// group is the questions of one objective, and how many of them are drawn.
type group struct {
	target Target
	pool   []question
	quota  int
	known  int // questions of the pool that were asked before
	weak   bool
	mark   ObjectiveMark
	turn   int // of its module, where not every objective has one
}

// draw chooses n questions: equal numbers from every objective, more from those
// that were weak, and within that new ones first, no mistake asked twice where
// that can be helped, and half of middle difficulty.
func draw(d *dice, bank []question, n, passPercent int, h history) ([]question, error) {
	groups := groupByTarget(bank, passPercent, h)
	if len(bank) < n {
		return nil, fmt.Errorf("quiz: a paper of %d questions cannot be drawn from %d", n, len(bank))
	}
	share(d, groups, n)
	c := chooser{dice: d, n: n, seen: h.seen, onPaper: map[string]bool{}, inGroup: map[string]bool{}}
	var paper []question
	for _, g := range shuffled(d, groups) {
		pool := shuffled(d, g.pool)
		clear(c.inGroup)
		for range g.quota {
			i := c.best(pool)
			c.take(pool[i])
			paper = append(paper, pool[i])
			pool = slices.Delete(pool, i, i+1)
		}
	}
	shuffle(d, paper)
	return paper, d.err
}

func groupByTarget(bank []question, passPercent int, h history) []*group {
	var groups []*group
	at := map[Target]*group{}
	for _, q := range bank {
		g := at[q.target()]
		if g == nil {
			mark := h.last[q.target()]
			g = &group{target: q.target(), mark: mark, weak: mark.Weak(passPercent)}
			at[q.target()] = g
			groups = append(groups, g)
		}
		g.pool = append(g.pool, q)
		if h.seen[q.ID] > 0 {
			g.known++
		}
	}
	return groups
}

// share sets the quotas of the groups so that they add up to n; there must be n
// questions.
//
// One is dealt to each in turn, so numbers differ by one at most; what is left
// over goes to the weakest first, then to one of each module in turn, so that a
// paper with fewer questions than objectives asks about every module alike, and
// within a module to those whose questions are least used up, and among equals by
// lot. Then each weak
// objective takes one more from a secure one that has more than it must keep:
// its equal part, or one less where that part is three or more.
func share(d *dice, groups []*group, n int) {
	order := shuffled(d, groups)
	slices.SortStableFunc(order, func(a, b *group) int {
		switch {
		case a.weak != b.weak && a.weak:
			return -1
		case a.weak != b.weak:
			return 1
		case a.weak: // a smaller part of the possible credit comes first
			return int(a.mark.Points*b.mark.Possible - b.mark.Points*a.mark.Possible)
		}
		return a.known*len(b.pool) - b.known*len(a.pool)
	})
	before := map[string]int{}
	for _, g := range order {
		if !g.weak { // else its turn is 0, and it stays in front
			g.turn = before[g.target.Module] + 1
		}
		before[g.target.Module]++
	}
	slices.SortStableFunc(order, func(a, b *group) int { return a.turn - b.turn })
	for left := n; left > 0; {
		for _, g := range order {
			if left > 0 && g.quota < len(g.pool) {
				g.quota++
				left--
			}
		}
	}
	equal := n / len(groups)
	keep := min(equal, max(2, equal-1))
	for _, g := range order {
		if !g.weak || g.quota == len(g.pool) {
			continue
		}
		var giver *group
		for _, o := range order {
			if !o.weak && o.quota > keep && (giver == nil || o.quota > giver.quota) {
				giver = o
			}
		}
		if giver != nil {
			giver.quota--
			g.quota++
		}
	}
}

// chooser picks the next question of an objective, knowing what is on the paper.
type chooser struct {
	dice       *dice
	n          int
	seen       map[string]int
	onPaper    map[string]bool // mistakes asked anywhere on the paper
	inGroup    map[string]bool // mistakes asked for this objective
	difficulty [4]int          // questions of each difficulty
}

// difficultyWeight in quarters of the paper: half of the questions are of
// middle difficulty, a quarter each easy and hard.
var difficultyWeight = [4]int{0, 1, 2, 1}

// best returns the index of the candidate to take: a mistake that the objective
// has not asked about, then the least often seen, then a mistake that is not on
// the paper, then the difficulty that is most wanting. Of equals the first, so
// the pool must be shuffled.
func (c *chooser) best(pool []question) int {
	best, bestRank := 0, [4]int{}
	for i, q := range pool {
		rank := [4]int{0, c.seen[q.ID], 0, 0}
		if q.Mistake != "" && c.inGroup[q.Mistake] {
			rank[0] = 1
		}
		if q.Mistake != "" && c.onPaper[q.Mistake] {
			rank[2] = 1
		}
		if q.Difficulty >= 1 && q.Difficulty <= 3 {
			rank[3] = 4*c.difficulty[q.Difficulty] - difficultyWeight[q.Difficulty]*c.n
		}
		if i == 0 || slices.Compare(rank[:], bestRank[:]) < 0 {
			best, bestRank = i, rank
		}
	}
	return best
}

func (c *chooser) take(q question) {
	c.onPaper[q.Mistake], c.inGroup[q.Mistake] = true, true
	if q.Difficulty >= 1 && q.Difficulty <= 3 {
		c.difficulty[q.Difficulty]++
	}
}
