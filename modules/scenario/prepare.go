package scenario

import (
	"fmt"
	"time"
)

// Fault is something an author must mend; Where names the place in the file.
type Fault struct{ Where, Message string }

type faults []Fault

func (f *faults) add(where, format string, args ...any) {
	*f = append(*f, Fault{where, fmt.Sprintf(format, args...)})
}

// Prepare reads the conditions of a case and returns what its author must mend.
// A case with a fault is shown to nobody.
func (s *Scenario) Prepare() []Fault {
	var f faults
	t, err := time.Parse("15:04", s.Start.Clock)
	if err != nil {
		f.add("start", "the clock %q is no time of day like 06:05", s.Start.Clock)
	}
	s.clock = t.Hour()*60 + t.Minute()
	if s.start, err = stateOf(s.Start.State); err != nil {
		f.add("start", "%v", err)
		return f
	}
	s.start[clock] = value{n: s.clock}
	s.conditions(&f)
	s.shape(&f)
	if len(f) == 0 {
		s.walk(&f)
	}
	return f
}

// conditions reads what the author wrote after if.
func (s *Scenario) conditions(f *faults) {
	passages := func(where string, ps []Passage) {
		for i := range ps {
			var err error
			if ps[i].when, err = s.start.condition(ps[i].If); err != nil {
				f.add(where, "if: %v", err)
			}
		}
	}
	for i := range s.Decisions {
		d := &s.Decisions[i]
		passages("decision "+d.ID, d.TextIf)
		for j := range d.Options {
			o := &d.Options[j]
			where := "decision " + d.ID + ", option " + o.ID
			passages(where, o.ThenIf)
			if _, err := s.start.with(o.Set); err != nil {
				f.add(where, "set: %v", err)
			}
			for k := range o.Goto {
				var err error
				if o.Goto[k].when, err = s.start.condition(o.Goto[k].If); err != nil {
					f.add(where, "goto: %v", err)
				}
			}
		}
	}
}
