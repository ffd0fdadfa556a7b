package course

import (
	"context"

	"golau/certificates"
	"golau/internal/people"
	"golau/internal/store"
)

// Certificates lists the viewer's own, newest first.
func (s *School) Certificates(ctx context.Context, v people.Viewer) ([]certificates.Certificate, error) {
	return certificates.For(s.db.Read(ctx), v.Person)
}

// Certificate returns one of the viewer's own; one that a crash left unsigned is
// signed by the worker within moments. Someone else's is problem.NotFound.
func (s *School) Certificate(ctx context.Context, v people.Viewer, id string) (certificates.Certificate, error) {
	return certificates.ByID(s.db.Read(ctx), v.Person, id)
}

// certificateOf returns the id of the certificate an enrolment led to, "" when
// there is none.
func certificateOf(rx store.Rx, person, enrolment string) (string, error) {
	c, err := heldBy(rx, person, enrolment)
	if c == nil {
		return "", err
	}
	return c.ID, err
}

// heldBy returns the newest certificate that an enrolment led to, nil when there
// is none.
func heldBy(rx store.Rx, person, enrolment string) (*certificates.Certificate, error) {
	all, err := certificates.For(rx, person)
	for i := range all {
		if all[i].Enrolment == enrolment {
			return &all[i], err
		}
	}
	return nil, err
}
