package quiz

import "slices"

// credit marks one answer.
//
//   - single: what the chosen option is worth.
//   - multiple: with R right and W wrong options, a right choice earns 1/R and a
//     wrong one loses 1/R, or 1/W where there are fewer wrong than right. So
//     choosing everything earns nothing, whatever their numbers, and over all
//     subsets the credits sum to 0 or less. A question is never below 0, and that
//     gives blind choice a little: a fifth of a question where three of five are
//     right. It does not carry anybody through a paper (TestNobodyPassesBlindly).
//   - ordering: a share for each step directly before the step that follows it.
//   - matching, rewrite: a share for each row, times what the wording is worth.
//
// What is not answered earns nothing.
func credit(k key, r Response) Credit {
	switch k.Type {
	case Single:
		return single(k.Choices, Whole, r.Choices)
	case Multiple:
		return multiple(k.Choices, r.Choices)
	case Ordering:
		return ordering(k.Choices, r.Order)
	case Matching, Rewrite:
		var sum Credit
		share := Whole / Credit(len(k.Rows))
		for _, row := range k.Rows {
			sum += rowCredit(row, share, r.Rows[row.ID])
		}
		return sum
	}
	return 0
}

func single(choices []keyChoice, share Credit, chosen []string) Credit {
	for _, c := range choices {
		if slices.Contains(chosen, c.ID) {
			return c.Worth.of(share)
		}
	}
	return 0
}

func multiple(choices []keyChoice, chosen []string) Credit {
	var right, wrong, hit, miss Credit
	for _, c := range choices {
		picked := slices.Contains(chosen, c.ID)
		switch {
		case c.Worth == "1":
			right++
			if picked {
				hit++
			}
		default:
			wrong++
			if picked {
				miss++
			}
		}
	}
	if right == 0 || wrong == 0 {
		return 0 // refused by the check; such a question could only be guessed
	}
	return max(0, hit*(Whole/right)-miss*(Whole/min(right, wrong)))
}

func ordering(choices []keyChoice, order []string) Credit {
	if len(choices) < 2 {
		return 0
	}
	var sum Credit
	for i := range len(choices) - 1 {
		if standsBefore(order, choices[i].ID, choices[i+1].ID) {
			sum += Whole / Credit(len(choices)-1)
		}
	}
	return sum
}

// standsBefore says whether a stands directly before b.
func standsBefore(order []string, a, b string) bool {
	i := slices.Index(order, a)
	return i >= 0 && i+1 < len(order) && order[i+1] == b
}

func rowCredit(row keyRow, share Credit, chosen string) Credit {
	switch {
	case chosen == "":
		return 0
	case row.Right != "":
		if chosen == row.Right {
			return share
		}
		return 0
	}
	return single(row.Choices, share, []string{chosen})
}

// marked is one question of a marked attempt.
type marked struct {
	Number int    `json:"number"`
	Ref    string `json:"ref"`
	Credit Credit `json:"credit"`
	Sure   Sure   `json:"sure,omitempty"`
}

// ObjectiveMark is how an attempt went on one objective.
type ObjectiveMark struct {
	Target
	Questions int    `json:"questions"`
	Points    Credit `json:"points"`
	Possible  Credit `json:"possible"`
}

// Weak says whether the objective was tested and fell short of the pass mark.
func (m ObjectiveMark) Weak(passPercent int) bool {
	return m.Possible > 0 && !m.Points.reaches(passPercent, m.Possible)
}

// markSheets marks a whole attempt: given holds the current answers by question.
// Objectives come in the order in which the paper first asks them.
func markSheets(sheets []sheet, given map[int]Given) (points Credit, questions []marked, objectives []ObjectiveMark) {
	for _, s := range sheets {
		g := given[s.number]
		c := credit(s.key, g.Response)
		points += c
		questions = append(questions, marked{s.number, s.ref, c, g.Sure})
		i := slices.IndexFunc(objectives, func(o ObjectiveMark) bool { return o.Target == s.target })
		if i < 0 {
			objectives, i = append(objectives, ObjectiveMark{Target: s.target}), len(objectives)
		}
		objectives[i].Questions++
		objectives[i].Points += c
		objectives[i].Possible += Whole
	}
	return points, questions, objectives
}
