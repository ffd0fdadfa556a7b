package scenario

import "fmt"

// walk goes every way there is: each ends, everywhere after as many turns, and
// nothing in the case is never met. What is still to come depends on the decision
// and the state alone, the clock among it, so that each pair of them is looked at
// once.
func (s *Scenario) walk(f *faults) {
	w := walked{s: s, turns: map[string]uint{}, met: map[string]bool{}, texts: map[string]bool{}, ways: map[*Goto]bool{}, changed: map[string]bool{}}
	lengths := w.from(&s.Decisions[0], s.start, 0)
	if w.endless {
		f.add("", "there are more than %d places to be in, or a way that does not end; let each goto lead on", mostPlaces)
		return
	}
	if lengths&(lengths-1) != 0 {
		f.add("", "some ways have more turns than others; every way has as many")
	}
	for n := range uint(64) {
		if lengths&(1<<n) != 0 && (n < fewestTurns || n > mostTurns) {
			f.add("", "a way has %d turns; it takes %d to %d", n, fewestTurns, mostTurns)
			break
		}
	}
	for i := range s.Decisions {
		if d := &s.Decisions[i]; !w.met[d.ID] {
			f.add("decision "+d.ID, "no choices lead there; let a goto name it, or take it out")
		}
	}
	for _, e := range s.Endings {
		if !w.met[e.ID] {
			f.add("ending "+e.ID, "no choices lead there; let a goto name it, or take it out")
		}
	}
	for _, m := range s.Marks {
		if !w.changed[m.State] {
			f.add("mark "+m.State, "no choice changes it; let a set do so, or take the mark out")
		}
	}
	w.unseen(f)
}

// walked is what has been met on the ways so far.
type walked struct {
	s       *Scenario
	turns   map[string]uint // how many turns may be left at a place, a bit for each; 0 while one is on the way from there
	met     map[string]bool // ids of decisions and endings
	texts   map[string]bool // every English text that was shown
	ways    map[*Goto]bool
	changed map[string]bool // of the state
	endless bool
}

// from goes on in all ways, and returns how many turns may be left.
func (w *walked) from(d *Decision, st state, taken int) (turns uint) {
	place := d.ID + fmt.Sprint(st)
	if known, ok := w.turns[place]; ok || len(w.turns) >= mostPlaces || taken >= 60 {
		w.endless = w.endless || known == 0
		return known
	}
	w.turns[place], w.met[d.ID] = 0, true
	met, st := w.s.arrive(d, st)
	w.texts[met.Text.EN] = true
	for i := range d.Options {
		after, then, to := d.Options[i].follow(st)
		for name := range d.Options[i].Set {
			w.changed[name] = w.changed[name] || after[name] != w.s.start[name]
		}
		w.texts[then.EN], w.ways[to], w.met[to.To] = true, true, true
		if next := w.s.decision(to.To); next != nil {
			turns |= w.from(next, after, taken+1) << 1
		} else {
			turns |= 1 << 1
		}
	}
	w.turns[place] = turns
	return turns
}

// unseen names the passages and ways whose condition never holds, and those that
// nothing is left for.
func (w *walked) unseen(f *faults) {
	for i := range w.s.Decisions {
		d := &w.s.Decisions[i]
		if !w.met[d.ID] {
			continue
		}
		for _, p := range d.TextIf {
			if !w.texts[p.Text.EN] {
				f.add("decision "+d.ID, "the text for %q is never shown; mend the condition, or take it out", p.If)
			}
		}
		for j := range d.Options {
			o := &d.Options[j]
			where := "decision " + d.ID + ", option " + o.ID
			for _, p := range o.ThenIf {
				if !w.texts[p.Text.EN] {
					f.add(where, "the text for %q is never shown; mend the condition, or take it out", p.If)
				}
			}
			if len(o.ThenIf) > 0 && !w.texts[o.Then.EN] {
				f.add(where, "the text without a condition is never shown; mend the conditions of then_if")
			}
			for k := range o.Goto {
				if g := &o.Goto[k]; !w.ways[g] {
					f.add(where, "the way to %q is never taken; mend the conditions, or take it out", g.To)
				}
			}
		}
	}
}
