package exercise

import (
	"fmt"
	"iter"
	"slices"

	"golau/internal/i18n"
)

// Lines of an exercise: enough to look for something, few enough for one page.
const (
	fewestLines = 4
	mostLines   = 10
)

// Fault is something an author must mend; Where names the place in the file.
type Fault struct{ Where, Message string }

type faults []Fault

func (f *faults) add(where, format string, args ...any) {
	*f = append(*f, Fault{where, fmt.Sprintf(format, args...)})
}

// Faults returns what the author of an exercise must mend. One with a fault is
// shown to nobody.
func (e *Exercise) Faults() []Fault {
	var f faults
	if !slices.Contains([]Kind{Signs, Rewrite, Order, Match}, e.Kind) {
		f.add("kind", "it is %q; write signs, rewrite, order or match", e.Kind)
		return f
	}
	if n := len(e.Lines); n < fewestLines || n > mostLines {
		f.add("lines", "there are %d; write %d to %d", n, fewestLines, mostLines)
	}
	if (e.Kind == Match) != (len(e.Choices) > 0) {
		f.add("choices", "what all lines choose from stands in an exercise of the kind match, and there alone")
	}
	seen := map[string]bool{}
	for i := range e.Lines {
		l := &e.Lines[i]
		where := "line " + l.ID
		if l.ID == "" || seen[l.ID] {
			f.add(where, "its id is empty or stands twice; give each line one of its own")
		}
		seen[l.ID] = true
		e.line(&f, where, l)
	}
	e.shape(&f)
	for where, said := range e.Everything() {
		if !said.Text.Complete() {
			f.add(where, "words are missing in English or Welsh; write both")
		}
	}
	return f
}

// line looks whether a line has what its kind of exercise asks for, and no more.
func (e *Exercise) line(f *faults, where string, l *Line) {
	if known := slices.Contains([]Meaning{Sign, Not, Bias}, l.Means); e.Kind == Signs && !known || e.Kind != Signs && l.Means != "" {
		f.add(where, "means is %q; a line of a record to mark means sign, not or bias, and no other line does", l.Means)
	}
	if (e.Kind == Rewrite) != (len(l.Choices) > 0) {
		f.add(where, "wordings to choose from stand in each line of an exercise of the kind rewrite, and there alone")
	}
	if e.Kind == Signs || e.Kind == Order {
		if l.Best != "" {
			f.add(where, "best is for lines with choices; take it out")
		}
		return
	}
	once := map[string]bool{}
	for _, c := range e.Offers(l) {
		if c.ID == "" || once[c.ID] {
			f.add(where, "the id of a choice is empty or stands twice")
		}
		once[c.ID] = true
	}
	if !once[l.Best] {
		f.add(where, "best is %q, which is none of its choices; name the recommended one", l.Best)
	}
}

// shape looks whether there is something to decide.
func (e *Exercise) shape(f *faults) {
	means, best := map[Meaning]int{}, map[string]int{}
	for i := range e.Lines {
		means[e.Lines[i].Means]++
		best[e.Lines[i].Best]++
	}
	if e.Kind == Signs && (means[Sign] == 0 || means[Not] == 0 || means[Bias] == 0) {
		f.add("lines", "a record to mark has at least one line that means sign, one not and one bias")
	}
	for _, c := range e.Choices {
		if best[c.ID] != 1 {
			f.add("choice "+c.ID, "it is the best of %d lines; each choice belongs to one", best[c.ID])
		}
	}
}

// Everything yields all that an exercise shows, in the order of its file, with the
// facts it rests on; where names the place for an author.
func (e *Exercise) Everything() iter.Seq2[string, Said] {
	return func(yield func(string, Said) bool) {
		going := true
		say := func(where string, facts []string, texts ...i18n.Text) {
			for _, t := range texts {
				going = going && yield(where, Said{t, facts})
			}
		}
		say("", e.Facts, e.Title, e.Lead)
		for _, c := range e.Choices {
			say("choice "+c.ID, e.Facts, c.Text)
		}
		for i := range e.Lines {
			l := &e.Lines[i]
			where := "line " + l.ID
			say(where, l.Facts, l.Text, l.Why)
			for _, c := range l.Choices {
				say(where, l.Facts, c.Text)
			}
		}
		say("closing", e.Closing.Facts, e.Closing.Text)
	}
}
