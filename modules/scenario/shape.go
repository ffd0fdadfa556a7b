package scenario

import (
	"slices"

	"golau/internal/i18n"
)

// What a turn may look like: few enough to weigh, and none that stands out by its
// length alone.
const (
	fewestOptions, mostOptions = 3, 4
	fewestTurns, mostTurns     = 3, 6
	mostPlaces                 = 20_000
)

// shape looks at each part by itself.
func (s *Scenario) shape(f *faults) {
	words := func(where, what string, t i18n.Text) {
		if !t.Complete() {
			f.add(where, "%s is missing in English or Welsh", what)
		}
	}
	if s.ID == "" || len(s.Decisions) == 0 || len(s.Endings) == 0 {
		f.add("", "a case has an id, decisions and endings")
	}
	if s.Welsh != "draft" && s.Welsh != "reviewed" {
		f.add("welsh", "it is %q; write draft or reviewed", s.Welsh)
	}
	words("title", "it", s.Title)
	words("who", "whom it is about", s.Who)
	words("note", "the content note", s.Note)
	words("start", "the text", s.Start.Text)
	seen := map[string]bool{}
	for i := range s.Decisions {
		d := &s.Decisions[i]
		where := "decision " + d.ID
		if seen[d.ID] || d.ID == "" {
			f.add(where, "the id is empty or stands twice")
		}
		seen[d.ID] = true
		words(where, "what is asked", d.Ask)
		if i > 0 && len(d.TextIf) == 0 {
			words(where, "the text", d.Text)
		}
		for _, p := range d.TextIf {
			words(where, "a text", p.Text)
		}
		if n := len(d.TextIf); n > 0 && !d.Text.Complete() && d.TextIf[n-1].If != "" {
			f.add(where, "the last text_if needs no if, or the decision a text")
		}
		s.options(f, d)
	}
	for _, e := range s.Endings {
		where := "ending " + e.ID
		if seen[e.ID] || e.ID == "" {
			f.add(where, "the id is empty or stands twice")
		}
		seen[e.ID] = true
		words(where, "the text", e.Text)
	}
	s.marks(f, words)
	s.debrief(f, words)
}

func (s *Scenario) options(f *faults, d *Decision) {
	where := "decision " + d.ID
	if n := len(d.Options); n < fewestOptions || n > mostOptions {
		f.add(where, "it has %d options; %d or %d", n, fewestOptions, mostOptions)
	}
	best := 0
	ids := map[string]bool{}
	for j := range d.Options {
		o := &d.Options[j]
		where := where + ", option " + o.ID
		if ids[o.ID] || o.ID == "" {
			f.add(where, "the id is empty or stands twice")
		}
		ids[o.ID] = true
		switch o.Path {
		case Recommended:
			best++
		case Open, Costly:
		default:
			f.add(where, "the path %q is not recommended, open or costly", o.Path)
		}
		if o.Minutes < 1 {
			f.add(where, "it costs no minutes")
		}
		if !o.Text.Complete() || !o.Then.Complete() {
			f.add(where, "text or then is missing in English or Welsh")
		}
		for _, p := range o.ThenIf {
			if !p.Text.Complete() {
				f.add(where, "then_if is missing in English or Welsh")
			}
		}
		if n := len(o.Goto); n == 0 || o.Goto[n-1].If != "" {
			f.add(where, "the last goto must need no if")
		}
		for _, g := range o.Goto {
			if s.decision(g.To) == nil && s.ending(g.To) == nil {
				f.add(where, "it leads to %q, which does not exist", g.To)
			}
		}
	}
	if best != 1 {
		f.add(where, "%d options are recommended; one is", best)
	}
}

func (s *Scenario) debrief(f *faults, words func(where, what string, t i18n.Text)) {
	b := &s.Debrief
	words("debrief", "the opening", b.Opening)
	words("debrief", "the closing", b.Closing.Text)
	words("debrief", "the key", b.Key)
	words("debrief", "the transfer into one's own job", b.Transfer)
	var told []string
	for _, l := range b.Timeline {
		where := "debrief of " + l.At.EN
		words(where, "at", l.At)
		words(where, "what is recommended", l.Recommended)
		words(where, "why", l.Why)
		for _, id := range l.Decisions {
			if s.decision(id) == nil {
				f.add(where, "the decision %q does not exist", id)
			}
			if slices.Contains(told, id) {
				f.add(where, "the decision %q is told twice", id)
			}
			told = append(told, id)
		}
	}
	for i := range s.Decisions {
		if id := s.Decisions[i].ID; !slices.Contains(told, id) {
			f.add("debrief", "the decision %q is not looked back on", id)
		}
	}
}
