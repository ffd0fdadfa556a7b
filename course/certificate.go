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
	all, err := certificates.For(rx, person)
	for _, c := range all {
		if c.Enrolment == enrolment {
			return c.ID, err
		}
	}
	return "", err
}
