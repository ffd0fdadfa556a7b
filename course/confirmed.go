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
		// What was earned for an agency that was merged into this one stays that agency's.
		merged, err := people.MergedInto(tx.Rx, m.Organisation.ID)
		for _, organisation := range append(merged, m.Organisation.ID) {
			if err == nil {
				err = certificates.EnterRegister(tx, m.PersonID, organisation, m.Board.ID)
			}
		}
		return err
	})
}
