package course

import (
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// Wait is a check that stands before something else and was tried without
// success: from when it may be tried again.
type Wait struct {
	Module *modules.Module // whose check it is
	Until  store.Time
}

// waitFor returns the wait of a step, nil when it can be done now.
func (s *School) waitFor(rx store.Rx, c *Course, p *Progress, step Step) (*Wait, error) {
	if step.Kind != StepCheck {
		return nil, nil
	}
	now, err := quiz.StandingOf(rx, p.Enrolment, checkName(step.Module), c.CheckOf(step.Module))
	if err != nil || now.WaitUntil.IsZero() {
		return nil, err
	}
	m, _ := s.lib.Module(step.Module)
	return &Wait{m, now.WaitUntil}, nil
}

// waits adds to every locked module of an overview what it waits for.
func (s *School) waits(rx store.Rx, o *Overview) error {
	known := map[Step]*Wait{}
	for i := range o.Modules {
		st := &o.Modules[i]
		if st.State != Locked {
			continue
		}
		step := s.opener(o.Course, *st, o.Progress).Next
		w, ok := known[step]
		if !ok {
			var err error
			if w, err = s.waitFor(rx, o.Course, o.Progress, step); err != nil {
				return err
			}
			known[step] = w
		}
		st.Wait = w
	}
	return nil
}
