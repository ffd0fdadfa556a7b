package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// ResetFactors takes every second factor and recovery code of a person away, for
// whoever has lost them all, and ends their sessions; a letter tells them, and by
// whom. Who must have a factor sets up a new one at the next sign-in.
//
// The reason is kept with the record; one that cannot be one is Invalid with the
// field "reason", and so is a wrong proof of the administrator's own, with the
// field "proof"; after too many it is TooMany. No such person is NotFound.
// Somebody without a factor, and the administrator themselves, who goes by their
// own account, is Conflict.
func (d *Directory) ResetFactors(ctx context.Context, v Viewer, person, reason, proof string) error {
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
	if err := d.hasFactors(d.db.Read(ctx), person); err != nil { // no code is used up for that
		return err
	}
	return d.withProof(ctx, v, proof, func(tx store.Tx, _ Factors) error {
		if err := d.hasFactors(tx.Rx, person); err != nil {
			return err
		}
		if err := dropFactors(tx, person); err != nil {
			return err
		}
		n, err := endSessions(tx, "person_id = ?", person)
		if err != nil {
			return err
		}
		if err := outbox.Put(tx, FactorsChanged, tx.NewID(), FactorsFact{Person: person, What: "reset", By: v.Person, At: tx.Now}); err != nil {
			return err
		}
		return audit.Record(tx, "people.factors_reset", "person:"+person, map[string]any{"reason": reason, "ended_sessions": n})
	})
}

// hasFactors returns problem.Conflict when a person has nothing to reset, and
// NotFound when there is no such person.
func (d *Directory) hasFactors(rx store.Rx, person string) error {
	if _, err := PersonByID(rx, person); err != nil {
		return err
	}
	f, err := d.FactorsOf(rx, person)
	if err == nil && !f.Any() {
		return problem.New(problem.Conflict, "people.factor.none")
	}
	return err
}

// factorRows empties every table of factors of one person.
var factorRows = []string{
	"DELETE FROM people_totp WHERE person_id = ?",
	"DELETE FROM people_totp_begun WHERE person_id = ?",
	"DELETE FROM people_totp_tries WHERE person_id = ?",
	"DELETE FROM people_passkeys WHERE person_id = ?",
	"DELETE FROM people_recovery_codes WHERE person_id = ?",
}
