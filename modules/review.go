package modules

import (
	"errors"
	"io/fs"

	"golau/internal/i18n"
)

// Review is who has reviewed the course professionally. It is empty until
// somebody has.
type Review struct {
	Edition string    `yaml:"edition"`     // of the course, as it was read
	On      string    `yaml:"reviewed_on"` // the day, 2026-11-21
	Role    i18n.Text `yaml:"role"`        // the reviewer's office, never a name
}

// Of says whether it is that edition of the course that was reviewed.
func (r Review) Of(edition string) bool { return r != Review{} && r.Edition == edition }

// Review returns who has reviewed the course; it is empty while nobody has.
func (l *Library) Review() Review { return l.review }

// loadReview reads review.yaml, which may be missing: then nobody has reviewed
// the course. Half a review is none, and whoever reviews answers for both
// languages.
func (ld *loader) loadReview(lib *Library) error {
	rep := report{"review.yaml", ld.out}
	err := readYAML(ld.fsys, rep, &lib.review)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || lib.review == (Review{}) {
		return err
	}
	r := lib.review
	if r.Edition == "" || r.On == "" || !r.Role.Complete() {
		rep.fault(0, "", "a review has an edition, a day, and the reviewer’s role in both languages; leave all of it empty while there is none")
	}
	if _, err := parseDay(r.On); err != nil {
		rep.fault(0, "reviewed_on", "%q is not a day like 2026-11-21", r.On)
	}
	straight(rep, "role", r.Role.EN+" "+r.Role.CY)
	for _, m := range lib.Modules {
		if !m.Reviewed {
			rep.fault(0, "", "it says that the course is reviewed, and the Welsh of %s is a draft", m.Slug)
		}
	}
	return nil
}
