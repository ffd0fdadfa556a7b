package certificates

import "golau/internal/store"

// NewestOf returns the newest certificate of each enrolment; what has none is
// absent. The caller has found the enrolments by whom the viewer may see.
func NewestOf(rx store.Rx, enrolments []string) (map[string]Certificate, error) {
	newest := make(map[string]Certificate, len(enrolments))
	if len(enrolments) == 0 {
		return newest, nil
	}
	all, err := many(rx, "WHERE c.enrolment_id IN ? ORDER BY c.revision", enrolments)
	for _, c := range all {
		newest[c.Enrolment] = c
	}
	return newest, err
}
