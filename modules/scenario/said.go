package scenario

import (
	"fmt"
	"iter"
	"strings"

	"golau/internal/i18n"
)

// Everything yields all that a case shows, in the order of its file, with the
// facts it rests on; where names the place for an author.
func (s *Scenario) Everything() iter.Seq2[string, Said] {
	return func(yield func(string, Said) bool) {
		going := true
		say := func(where string, facts []string, texts ...i18n.Text) {
			for _, t := range texts {
				if going && t != (i18n.Text{}) {
					going = yield(where, Said{t, facts})
				}
			}
		}
		say("", s.Facts, s.Title, s.Who, s.Note)
		say("start", s.Start.Facts, s.Start.Text)
		for i := range s.Decisions {
			d := &s.Decisions[i]
			where := "decision " + d.ID
			say(where, d.Facts, d.Text)
			for _, p := range d.TextIf {
				say(where, d.Facts, p.Text)
			}
			say(where, d.Facts, d.Ask)
			for _, o := range d.Options {
				where := where + ", option " + o.ID
				say(where, o.Facts, o.Text, o.Then)
				for _, p := range o.ThenIf {
					say(where, o.Facts, p.Text)
				}
			}
		}
		for _, e := range s.Endings {
			say("ending "+e.ID, e.Facts, e.Text)
		}
		for _, m := range s.Marks {
			say("mark "+m.State, m.Facts, m.Text)
		}
		b := &s.Debrief
		say("debrief", s.Facts, b.Opening)
		for _, l := range b.Timeline {
			say("debrief of "+l.At.EN, l.Facts, l.At, l.Recommended, l.Why)
		}
		say("debrief", b.Closing.Facts, b.Closing.Text, b.Key, b.Transfer)
	}
}

// Graph is all of a case but its words: what each choice costs, makes true and
// leads to. Where it is the same, the same choices lead the same way.
func (s *Scenario) Graph() string {
	var b strings.Builder
	fmt.Fprintln(&b, s.Start.Clock, s.Start.State)
	for i := range s.Decisions {
		d := &s.Decisions[i]
		fmt.Fprintln(&b, d.ID, d.Hours)
		passages(&b, d.TextIf)
		for _, o := range d.Options {
			fmt.Fprintln(&b, o.ID, o.Path, o.Minutes, o.Set)
			passages(&b, o.ThenIf)
			for _, g := range o.Goto {
				fmt.Fprintln(&b, g.If, g.To)
			}
		}
	}
	return b.String()
}

func passages(b *strings.Builder, ps []Passage) {
	for _, p := range ps {
		fmt.Fprintln(b, p.If, p.Hours)
	}
}
