package quiz

import (
	"slices"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Result is a marked attempt as its learner may see it.
type Result struct {
	Attempt Attempt
	Mark    Mark
	// Questions is empty where the rules give feedback by objective only. Those
	// about which the learner was sure and mistaken come first: they teach most.
	// Then what was not yet right, then the rest, each in the order of the paper.
	Questions []Reviewed
}

// Verdict is how an answer went.
type Verdict string

// The verdicts. Nobody is told "wrong": what is not right yet can be.
const (
	Right  Verdict = "right"
	Partly Verdict = "partly"
	NotYet Verdict = "not-yet"
)

// Reviewed is a question with what was answered, what would have been best, and
// why.
type Reviewed struct {
	Number   int
	Type     Kind
	Stem     i18n.Text
	Answered bool
	Verdict  Verdict
	Credit   Credit
	Sure     Sure
	Ref      string // the question's id in the bank
	Target
	Section string           // where it is taught, in the module of Target
	Options []ReviewedOption // single, multiple: in the order shown
	Rows    []ReviewedRow    // ordering: in the right order; matching, rewrite: as shown
}

// SureAndMistaken says whether the learner was sure of an answer that was not
// right.
func (r Reviewed) SureAndMistaken() bool { return r.Sure == Certain && r.Verdict != Right }

// ReviewedOption is an option with what it leads to.
type ReviewedOption struct {
	Text     i18n.Text
	Chosen   bool
	Best     bool
	Worth    Credit // Whole, half of it, or 0
	Feedback i18n.Text
}

// ReviewedRow is one step, pair or line.
type ReviewedRow struct {
	Label    i18n.Text // matching: the left side; rewrite: the line; ordering: empty
	Chosen   i18n.Text // empty when nothing was chosen; ordering: the step that was put in this place
	Best     i18n.Text // ordering: the step that belongs in this place
	Verdict  Verdict   // ordering: whether the step Best stands directly before the next (the last: after the one before)
	Given    int       // ordering: the place where the step Best was put, from 1; 0 = nowhere
	Feedback i18n.Text // ordering: on the step Best; matching: on the pair; rewrite: on the chosen wording, else the best
	Options  []ReviewedOption
}

// ResultOf returns the result of a submitted attempt, as much as its rules tell.
//
// Returns problem.NotFound for an attempt of someone else and problem.Conflict
// (quiz.open) while it is not submitted.
func ResultOf(rx store.Rx, person, attempt string) (Result, error) {
	a, err := attemptOf(rx, person, attempt)
	if err != nil {
		return Result{}, err
	}
	if a.Open {
		return Result{}, problem.New(problem.Conflict, "quiz.open")
	}
	m, credits, err := markOf(rx, attempt)
	if err != nil {
		return Result{}, err
	}
	r := Result{Attempt: a, Mark: m}
	if a.Rules.Feedback != Full {
		return r, nil
	}
	sheets, err := sheetsOf(rx, attempt)
	if err != nil {
		return Result{}, err
	}
	given, err := current(rx, attempt)
	if err != nil {
		return Result{}, err
	}
	answers := byQuestion(given)
	for i, s := range sheets {
		r.Questions = append(r.Questions, review(s, answers[s.number], credits[i].Credit))
	}
	slices.SortStableFunc(r.Questions, func(x, y Reviewed) int { return urgency(x) - urgency(y) })
	return r, nil
}

func urgency(r Reviewed) int {
	switch {
	case r.SureAndMistaken():
		return 0
	case r.Verdict != Right:
		return 1
	}
	return 2
}

func verdict(c, of Credit) Verdict {
	switch c {
	case of:
		return Right
	case 0:
		return NotYet
	}
	return Partly
}

// review puts paper, key, feedback and answer of one question side by side.
func review(s sheet, g Given, c Credit) Reviewed {
	r := Reviewed{
		Number: s.number, Type: s.paper.Type, Stem: s.paper.Stem, Answered: !g.Response.Empty(),
		Verdict: verdict(c, Whole), Credit: c, Sure: g.Sure, Ref: s.ref, Target: s.target, Section: s.key.Section,
	}
	switch s.paper.Type {
	case Single, Multiple:
		r.Options = reviewOptions(s.paper.Choices, s.key.Choices, s.said, "", g.Response.Choices)
	case Ordering:
		r.Rows = reviewSteps(s, g.Response.Order)
	case Matching, Rewrite:
		for i, row := range s.paper.Rows {
			r.Rows = append(r.Rows, reviewRow(s, row, s.key.Rows[i], g.Response.Rows[row.ID]))
		}
	}
	return r
}

func reviewOptions(shown []Choice, keys []keyChoice, said feedback, prefix string, chosen []string) []ReviewedOption {
	var all []ReviewedOption
	for i, c := range shown {
		worth := keys[i].Worth.of(Whole)
		all = append(all, ReviewedOption{
			Text: c.Text, Chosen: slices.Contains(chosen, c.ID), Best: worth == Whole, Worth: worth, Feedback: said[prefix+c.ID],
		})
	}
	return all
}

func reviewSteps(s sheet, order []string) []ReviewedRow {
	var rows []ReviewedRow
	for i, k := range s.key.Choices {
		row := ReviewedRow{
			Best: textOf(s.paper.Choices, k.ID), Verdict: NotYet,
			Given: slices.Index(order, k.ID) + 1, Feedback: s.said[k.ID],
		}
		if i < len(order) {
			row.Chosen = textOf(s.paper.Choices, order[i])
		}
		before, after := i, i+1
		if after == len(s.key.Choices) {
			before, after = i-1, i
		}
		if standsBefore(order, s.key.Choices[before].ID, s.key.Choices[after].ID) {
			row.Verdict = Right
		}
		rows = append(rows, row)
	}
	return rows
}

func reviewRow(s sheet, shown PaperRow, k keyRow, chosen string) ReviewedRow {
	row := ReviewedRow{
		Label: shown.Text, Chosen: textOf(s.paper.Offers(shown), chosen), Verdict: verdict(rowCredit(k, Whole, chosen), Whole),
	}
	if s.paper.Type == Matching {
		row.Best, row.Feedback = textOf(s.paper.Choices, k.Right), s.said[k.ID]
		return row
	}
	row.Options = reviewOptions(shown.Choices, k.Choices, s.said, shown.ID+".", []string{chosen})
	for _, o := range row.Options {
		if o.Best {
			row.Best = o.Text
		}
		if o.Chosen || o.Best && chosen == "" {
			row.Feedback = o.Feedback
		}
	}
	return row
}

func textOf(choices []Choice, id string) i18n.Text {
	for _, c := range choices {
		if c.ID == id {
			return c.Text
		}
	}
	return i18n.Text{}
}
