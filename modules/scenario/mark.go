package scenario

import (
	"slices"

	"golau/internal/i18n"
)

// Mark is something that comes about in a case and that the debrief gives with its
// time: "The police know". Its truth is false at the start; one that is true then
// comes to an end.
type Mark struct {
	State string    `yaml:"state"`
	Facts []string  `yaml:"facts"`
	Text  i18n.Text `yaml:",inline"`
}

// Never is the time of what did not come about.
const Never = -1

// Marked is a mark with when it came about on somebody's way, and on the
// recommended one.
type Marked struct {
	*Mark
	Closed        bool // a truth that ended: something that could no longer be done
	Yours, Models int  // as Play.At, or Never
}

// Marked lays the times of what came about on a way beside those of the
// recommended one, in the order of the file. What came about on neither is left
// out.
func (s *Scenario) Marked(p, model Play) []Marked {
	at := func(p Play, state string) int {
		if t, ok := p.since[state]; ok {
			return t
		}
		return Never
	}
	var all []Marked
	for i := range s.Marks {
		m := &s.Marks[i]
		x := Marked{m, s.start[m.State].n != 0, at(p, m.State), at(model, m.State)}
		if x.Yours != Never || x.Models != Never {
			all = append(all, x)
		}
	}
	return all
}

// Came lists the marks that came about by the last choice of a way.
func (s *Scenario) Came(p Play) []Marked {
	var all []Marked
	for _, m := range s.Marked(p, Play{}) {
		if slices.Contains(p.came, m.State) {
			all = append(all, m)
		}
	}
	return all
}

// marks looks at what is to be given with its time.
func (s *Scenario) marks(f *faults, words func(where, what string, t i18n.Text)) {
	for _, m := range s.Marks {
		where := "mark " + m.State
		words(where, "the text", m.Text)
		if v, ok := s.start[m.State]; !ok || !v.truth {
			f.add(where, "%q is no truth in the state at the start", m.State)
		}
	}
}
