package course

import (
	"context"
	"fmt"

	"golau/certificates"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Confirmed enters what somebody earned into their board's register, now that a
// lead has confirmed that they work there. It handles the jobs of the kind
// people.Confirmed.
func (s *School) Confirmed(ctx context.Context, j outbox.Job) error {
	var f people.ConfirmedFact
	if err := j.Into(&f); err != nil {
		return outbox.Refuse(fmt.Errorf("course: job %d: %w", j.ID, err))
	}
	m, err := people.MembershipByID(s.db.Read(ctx), f.Membership)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return outbox.Refuse(err)
	}
	if err != nil {
		return err
	}
	return s.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		return certificates.EnterRegister(tx, m.PersonID, m.Organisation.ID, m.Board.ID)
	})
}
