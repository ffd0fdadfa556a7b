package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// ResetFactors takes every second factor and recovery code of a person away, for
// whoever has lost them all, and ends their sessions; a letter tells them. Who
// must have a factor sets up a new one at the next sign-in.
//
// The reason is kept with the record; one that cannot be one is Invalid with the
// field "reason". No such person is NotFound. Somebody without a factor, and the
// administrator themselves, who goes by their own account, is Conflict.
func (d *Directory) ResetFactors(ctx context.Context, v Viewer, person, reason string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	reason, err := cleanReason(reason)
	if err != nil {
		return err
	}
	if person == v.Person {
		return problem.New(problem.Conflict, "people.factor.own")
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if _, err := PersonByID(tx.Rx, person); err != nil {
			return err
		}
		f, err := d.FactorsOf(tx.Rx, person)
		if err != nil {
			return err
		}
		if !f.Any() {
			return problem.New(problem.Conflict, "people.factor.none")
		}
		if err := dropFactors(tx, person); err != nil {
			return err
		}
		n, err := endSessions(tx, "person_id = ?", person)
		if err != nil {
			return err
		}
		if err := tellOwner(tx, person, "reset"); err != nil {
			return err
		}
		return audit.Record(tx, "people.factors_reset", "person:"+person, map[string]any{"reason": reason, "ended_sessions": n})
	})
}

// factorRows empties every table of factors of one person.
var factorRows = []string{
	"DELETE FROM people_totp WHERE person_id = ?",
	"DELETE FROM people_totp_begun WHERE person_id = ?",
	"DELETE FROM people_totp_tries WHERE person_id = ?",
	"DELETE FROM people_passkeys WHERE person_id = ?",
	"DELETE FROM people_recovery_codes WHERE person_id = ?",
}
