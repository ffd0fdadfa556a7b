package scenario

import (
	"errors"

	"golau/internal/i18n"
)

// Choice is what was done at a turn.
type Choice struct{ Decision, Option string }

// Turn is a decision as somebody met it.
type Turn struct {
	*Decision
	Text i18n.Text // what was so
	At   int       // minutes from the midnight before the case began

	Chosen *Option   // nil while they think
	Then   i18n.Text // what followed
}

// Play is somebody's way through a case.
type Play struct {
	Turns []Turn // with their choices, in order
	Now   *Turn  // where they stand; nil at an ending
	// Ending is where they arrived, nil on the way; At is when.
	Ending *Ending
	At     int

	since map[string]int // since when a truth is not as it was at the start
	came  []string       // what is so since the last choice
}

// ErrStrayed means that the choices were made in another edition of the case.
var ErrStrayed = errors.New("scenario: these choices do not belong to this edition")

// Play follows the choices from the start. It returns ErrStrayed when they do not
// lead along the case as it is.
func (s *Scenario) Play(choices []Choice) (Play, error) {
	p := Play{since: map[string]int{}}
	now, st := s.arrive(&s.Decisions[0], s.start)
	for _, c := range choices {
		if now == nil || now.ID != c.Decision {
			return Play{}, ErrStrayed
		}
		o := now.Option(c.Option)
		if o == nil {
			return Play{}, ErrStrayed
		}
		var to *Goto
		now.Chosen = o
		st, now.Then, to = o.follow(st)
		p.Turns = append(p.Turns, *now)
		at, next := st[clock].n, s.decision(to.To)
		p.came = nil
		for name := range o.Set {
			if _, known := p.since[name]; !known && st[name] != s.start[name] {
				p.since[name], p.came = at, append(p.came, name)
			}
		}
		if now = nil; next != nil {
			now, st = s.arrive(next, st)
		} else {
			p.Ending, p.At = s.ending(to.To), at
		}
	}
	if p.Now = now; now != nil {
		p.At = now.At
	}
	return p, nil
}

// arrive is a decision as it is met in that state, and the state when its hours
// have passed.
func (s *Scenario) arrive(d *Decision, st state) (*Turn, state) {
	t := &Turn{Decision: d, Text: d.Text}
	st = st.later(60 * d.Hours)
	if i := first(d.TextIf, st); i >= 0 {
		t.Text = d.TextIf[i].Text
		st = st.later(60 * d.TextIf[i].Hours)
	}
	t.At = st[clock].n
	return t, st
}

// first is the place of the first passage that holds, -1 if none does.
func first(ps []Passage, st state) int {
	for i := range ps {
		if ps[i].when(st) {
			return i
		}
	}
	return -1
}

// follow is what is so when a choice has had its minutes, what is told of it, and
// where it leads;
// Prepare has read it all, and seen that the last way always holds.
func (o *Option) follow(st state) (after state, then i18n.Text, to *Goto) {
	after, _ = st.with(o.Set)
	after = after.later(o.Minutes)
	then = o.Then
	if i := first(o.ThenIf, after); i >= 0 {
		then = o.ThenIf[i].Text
	}
	for i := range o.Goto {
		if to = &o.Goto[i]; to.when(after) {
			break
		}
	}
	return after, then, to
}

// Model is the way that experienced colleagues aim for.
func (s *Scenario) Model() Play {
	var choices []Choice
	for {
		p, err := s.Play(choices)
		if err != nil || p.Now == nil {
			return p
		}
		choices = append(choices, Choice{p.Now.ID, p.Now.Recommended().ID})
	}
}

// Looks returns what the debrief says of the turns that were taken, in order; a
// turn without words of its own is left out.
func (s *Scenario) Looks(p Play) []Looked {
	var looks []Looked
	for _, t := range p.Turns {
		for i := range s.Debrief.Timeline {
			l := &s.Debrief.Timeline[i]
			for _, id := range l.Decisions {
				if id == t.ID {
					looks = append(looks, Looked{l, t})
				}
			}
		}
	}
	return looks
}

// Looked is a turn and what is said of it.
type Looked struct {
	*Look
	Turn Turn
}

// Same says whether the recommended thing was done.
func (l Looked) Same() bool { return l.Turn.Chosen.Path == Recommended }
