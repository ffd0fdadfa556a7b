// Package exercise holds what is learnt by doing: a record to mark, a record to put
// into better words, steps to put in order, agencies to match with what they do.
//
// Nothing is marked. What somebody chose is laid beside what experienced
// colleagues would choose, line by line, with the reason. It does not know who
// does an exercise, what they chose before, or how a page looks.
package exercise

import (
	"slices"
	"strconv"

	"golau/internal/i18n"
)

// Kind says what is done with the lines of an exercise.
type Kind string

// The kinds.
const (
	Signs   Kind = "signs"   // mark the lines of a record that might matter
	Rewrite Kind = "rewrite" // choose the wording of each line
	Order   Kind = "order"   // say when each step comes; they stand in their order
	Match   Kind = "match"   // say what each of them does
)

// Meaning is what a line of a record is to whoever reads it for signs.
type Meaning string

// The meanings.
const (
	Sign Meaning = "sign" // may matter
	Not  Meaning = "not"  // no sign by itself
	Bias Meaning = "bias" // to take it for one would be bias
)

// What is chosen of a line that is marked or left.
const (
	Marked = "mark"
	Left   = "leave"
)

// Exercise is one exercise. It never changes after it is loaded and is safe for
// concurrent use.
type Exercise struct {
	// ID names the exercise in addresses and in what is kept of choices.
	ID         string    `yaml:"id"`
	Kind       Kind      `yaml:"kind"`
	Welsh      string    `yaml:"welsh"` // draft or reviewed
	Objectives []string  `yaml:"objectives"`
	Facts      []string  `yaml:"facts"`
	Title      i18n.Text `yaml:"title"`
	Lead       i18n.Text `yaml:"lead"` // whose record it is, and what is known
	Lines      []Line    `yaml:"lines"`
	// Choices are what every line chooses from, where the lines have none of their
	// own.
	Choices []Choice `yaml:"choices"`
	Closing Said     `yaml:"closing"`

	// Edition is a short hash of all that the exercise shows, in both languages.
	Edition string `yaml:"-"`
}

// Line is one line of a record, one step, or one of those who do something.
type Line struct {
	ID      string    `yaml:"id"`
	Means   Meaning   `yaml:"means"` // of a line to mark
	Best    string    `yaml:"best"`  // the choice that is recommended, where it is chosen from several
	Facts   []string  `yaml:"facts"`
	Text    i18n.Text `yaml:"text"`
	Why     i18n.Text `yaml:"why"`
	Choices []Choice  `yaml:"choices"`
}

// Choice is what may be chosen for a line.
type Choice struct {
	ID   string    `yaml:"id"`
	Text i18n.Text `yaml:",inline"`
}

// Said is a text with the facts it rests on.
type Said struct {
	Text  i18n.Text `yaml:",inline"`
	Facts []string  `yaml:"facts"`
}

// Offers returns what may be chosen for a line, in the order of the file.
func (e *Exercise) Offers(l *Line) []Choice {
	switch e.Kind {
	case Signs:
		return []Choice{{ID: Marked}, {ID: Left}}
	case Order:
		all := make([]Choice, len(e.Lines))
		for i := range all {
			n := strconv.Itoa(i + 1)
			all[i] = Choice{n, i18n.Text{EN: n, CY: n}}
		}
		return all
	case Match:
		return e.Choices
	}
	return l.Choices
}

// Recommended returns the choice that experienced colleagues make for a line.
func (e *Exercise) Recommended(l *Line) string {
	switch e.Kind {
	case Signs:
		if l.Means == Sign {
			return Marked
		}
		return Left
	case Order:
		return strconv.Itoa(1 + slices.IndexFunc(e.Lines, func(x Line) bool { return x.ID == l.ID }))
	}
	return l.Best
}

// textOf returns the words of a choice, and whether there is one with that id.
func (e *Exercise) textOf(l *Line, id string) (i18n.Text, bool) {
	for _, c := range e.Offers(l) {
		if c.ID == id {
			return c.Text, true
		}
	}
	return i18n.Text{}, false
}

// Looked is a line seen from the end: what was chosen, and what is recommended.
type Looked struct {
	*Line
	Chosen i18n.Text
	Better i18n.Text
	Marked bool // of a record that was looked through for signs
	Same   bool // what was chosen is what is recommended
}

// Look lays what was chosen beside what is recommended, in the order of the file.
// Choices must fit; see Fits.
func (e *Exercise) Look(chosen map[string]string) []Looked {
	all := make([]Looked, len(e.Lines))
	for i := range e.Lines {
		l := &e.Lines[i]
		id, best := chosen[l.ID], e.Recommended(l)
		all[i] = Looked{Line: l, Marked: id == Marked, Same: id == best}
		all[i].Chosen, _ = e.textOf(l, id)
		all[i].Better, _ = e.textOf(l, best)
	}
	return all
}
