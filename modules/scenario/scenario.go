// Package scenario holds branching cases: what somebody may do at each turn, what
// follows from it, and how their way looks beside the recommended one.
//
// A case is a graph without a die: the same choices always lead the same way, so
// that what was chosen is all that need be kept. It does not know who plays it,
// what they chose before, or how a page looks.
package scenario

import (
	"slices"

	"golau/internal/i18n"
)

// Scenario is one case. It never changes after Prepare and is safe for concurrent
// use.
type Scenario struct {
	// ID names the case in addresses and in what is kept of choices.
	ID string `yaml:"id"`
	// Seed is the fact id of the case it grew from: "SC-11".
	Seed  string `yaml:"case"`
	Welsh string `yaml:"welsh"` // draft or reviewed
	// Roles are the job roles in whose work it happens; none is everybody's.
	Roles      []string  `yaml:"roles"`
	Objectives []string  `yaml:"objectives"`
	Facts      []string  `yaml:"facts"`
	Title      i18n.Text `yaml:"title"`
	Who        i18n.Text `yaml:"who"` // "Osian, 14"
	Note       i18n.Text `yaml:"note"`
	Scene      string    `yaml:"scene"` // a picture; may be ""
	// Edition is a hash of what a reader is shown and where it leads, in both
	// languages.
	Edition string `yaml:"-"`
	Start   Start  `yaml:"start"`

	// Marks are given with their times when looking back; most cases have none.
	Marks []Mark `yaml:"marks"`

	Decisions []Decision `yaml:"decisions"`
	Endings   []Ending   `yaml:"endings"`
	Debrief   Debrief    `yaml:"debrief"`

	start state
	clock int
}

// Start is how the case begins. The clock is the time of day, "06:05", and never
// runs by itself.
type Start struct {
	Clock string         `yaml:"clock"`
	State map[string]any `yaml:"state"`
	Text  i18n.Text      `yaml:"text"`
	Facts []string       `yaml:"facts"`
}

// Decision is a turn: what is so, a question, and what may be done. Hours of the
// case's time pass before it.
type Decision struct {
	ID     string    `yaml:"id"`
	Hours  int       `yaml:"hours"`
	Text   i18n.Text `yaml:"text"`
	TextIf []Passage `yaml:"text_if"` // the first that holds stands for Text
	Facts  []string  `yaml:"facts"`
	Ask    i18n.Text `yaml:"ask"`

	Options []Option `yaml:"options"`
}

// Passage is a text for when a condition holds. Of a decision's passages, hours
// of the case's time pass before it.
type Passage struct {
	If    string    `yaml:"if"`
	Hours int       `yaml:"hours"`
	Text  i18n.Text `yaml:",inline"`

	when condition
}

// Path says how a choice lies to the one that experienced colleagues aim for. It
// is told when looking back, never while choosing.
type Path string

// The paths.
const (
	Recommended Path = "recommended"
	Open        Path = "open"   // help still comes, later
	Costly      Path = "costly" // something closes
)

// Option is something that may be done: what it costs of the case's time, what is
// true from then on, and what follows.
type Option struct {
	ID      string         `yaml:"id"`
	Path    Path           `yaml:"path"`
	Minutes int            `yaml:"minutes"`
	Set     map[string]any `yaml:"set"` // a truth is set, a number is added to
	Facts   []string       `yaml:"facts"`
	Text    i18n.Text      `yaml:"text"`
	Then    i18n.Text      `yaml:"then"`
	ThenIf  []Passage      `yaml:"then_if"` // the first that holds stands for Then
	Goto    []Goto         `yaml:"goto"`    // the first that holds counts
}

// Goto leads to a decision or an ending.
type Goto struct {
	If string `yaml:"if"`
	To string `yaml:"to"`

	when condition
}

// Ending is how a case stands at last.
type Ending struct {
	ID    string    `yaml:"id"`
	Facts []string  `yaml:"facts"`
	Text  i18n.Text `yaml:"text"`
}

// Debrief looks back.
type Debrief struct {
	Opening  i18n.Text `yaml:"opening"`
	Timeline []Look    `yaml:"timeline"`
	Closing  Said      `yaml:"closing"`
	Key      i18n.Text `yaml:"key"`
	Transfer i18n.Text `yaml:"transfer"` // into the reader's own job
}

// Look is one turn of the way, seen from its end.
type Look struct {
	At          i18n.Text `yaml:"at"` // "Friday: the report"
	Decisions   []string  `yaml:"decisions"`
	Facts       []string  `yaml:"facts"`
	Recommended i18n.Text `yaml:"recommended"`
	Why         i18n.Text `yaml:"why"`
}

// Said is a text with the facts it rests on.
type Said struct {
	Text  i18n.Text `yaml:",inline"`
	Facts []string  `yaml:"facts"`
}

// For says whether the case happens in the work of a job role, or in everybody's.
func (s *Scenario) For(role string) bool {
	return len(s.Roles) == 0 || slices.Contains(s.Roles, role)
}

// decision returns the decision with that id, nil if there is none.
func (s *Scenario) decision(id string) *Decision {
	for i := range s.Decisions {
		if s.Decisions[i].ID == id {
			return &s.Decisions[i]
		}
	}
	return nil
}

func (s *Scenario) ending(id string) *Ending {
	for i := range s.Endings {
		if s.Endings[i].ID == id {
			return &s.Endings[i]
		}
	}
	return nil
}

// Option returns the option with that id, nil if there is none.
func (d *Decision) Option(id string) *Option {
	for i := range d.Options {
		if d.Options[i].ID == id {
			return &d.Options[i]
		}
	}
	return nil
}

// Recommended is the option that experienced colleagues aim for.
func (d *Decision) Recommended() *Option {
	for i := range d.Options {
		if d.Options[i].Path == Recommended {
			return &d.Options[i]
		}
	}
	return nil
}
