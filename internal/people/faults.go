package people

import (
	"maps"

	"golau/internal/problem"
)

// faults gathers what is wrong with a form, field by field, so that it is told
// at once.
type faults map[string]string

// at notes that a field is wrong.
func (f faults) at(field, key string) { f[field] = key }

// note takes over the fields of another problem; others say nothing.
func (f faults) note(err error) {
	if e, ok := problem.As(err); ok {
		maps.Copy(f, e.Fields)
	}
}

// err is the problem, Invalid; nil when nothing was wrong.
func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	all := problem.New(problem.Invalid, "people.invalid", "MinPassword", minPassword, "MaxPassword", maxPassword,
		"MaxName", maxName, "MaxText", maxBodyName, "MaxReason", maxReason)
	all.Fields = f
	return all
}
