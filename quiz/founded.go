package quiz

import (
	"bytes"
	"slices"

	"golau/internal/i18n"
)

// Facts are what a bank is told of the register of facts.
type Facts struct {
	Past     func(id string) bool                         // no longer so
	Practice func(id string) bool                         // professional practice: never law, number or deadline
	Binding  func(l i18n.Lang, text string) (said string) // the words that say law, "" for none
}

// said is a text of a question and what it rests on.
type said struct {
	where string
	facts []string
	texts []i18n.Text
}

// everything lists all that a question says, with its facts; of an option worth
// nothing, what is answered.
func (q question) everything() []said {
	all := []said{{"the question", q.Facts, []i18n.Text{q.Stem}}}
	options := func(where string, of []option) {
		for _, o := range of {
			texts := []i18n.Text{o.Text, o.Feedback}
			if o.Worth == "0" { // what is wrong in it is answered by its feedback
				texts = texts[1:]
			}
			all = append(all, said{where + "option " + o.ID, o.Facts, texts})
		}
	}
	options("", q.Options)
	for _, s := range q.Steps {
		all = append(all, said{"step " + s.ID, s.Facts, []i18n.Text{s.Text, s.Feedback}})
	}
	for _, p := range q.Pairs {
		all = append(all, said{"pair " + p.ID, p.Facts, []i18n.Text{p.Left, p.Right, p.Feedback}})
	}
	for _, l := range q.Lines {
		options("line "+l.ID+" ", l.Options)
	}
	return all
}

// checkFounded looks whether everything that a question says names what it rests on.
func (q question) checkFounded(r *reporter) {
	for _, s := range q.everything() {
		if len(s.facts) == 0 {
			r.fault(q.ID, "%s names no facts: add those it rests on, or case for what is only told", s.where)
		}
	}
}

// CheckFacts holds a bank to what its facts are: nobody is asked about what is no
// longer so, and practice is not worded as law.
func (b *Bank) CheckFacts(f Facts) []Finding {
	r := reporter{file: b.File, lines: b.lines}
	for _, q := range b.questions {
		for _, s := range q.everything() {
			for _, id := range s.facts {
				if f.Past(id) {
					r.fault(q.ID, "%s rests on %s, which is no longer so: ask about what is, and name its fact", s.where, id)
				}
			}
			if len(s.facts) == 0 || slices.ContainsFunc(s.facts, func(id string) bool { return !f.Practice(id) }) {
				continue
			}
			for _, l := range i18n.Langs {
				for _, text := range s.texts {
					if w := f.Binding(l, text.In(l)); w != "" {
						r.warn(q.ID, "%s says “%s” and rests on practice alone %v: word it as practice, or name the fact that binds", s.where, w, s.facts)
					}
				}
			}
		}
	}
	return r.found
}

// linesOf finds the line on which each question of a file begins.
func linesOf(raw []byte) map[string]int {
	lines := map[string]int{}
	n := 0
	for line := range bytes.Lines(raw) {
		n++
		if id, ok := bytes.CutPrefix(line, []byte("- id: ")); ok {
			id, _, _ = bytes.Cut(id, []byte("#"))
			lines[string(bytes.TrimSpace(id))] = n
		}
	}
	return lines
}
