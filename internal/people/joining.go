package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/store"
)

// Waiting is somebody who says that they work here and whom nobody has
// confirmed.
type Waiting struct {
	Membership
	Name, Email string
}

// scopeOfJoining limits a query to the people whom the viewer may confirm: those
// of the agencies of which a lead leads everybody, since who waits is in no team yet,
// and for an administrator those of places without such a lead, who would wait for ever.
func (v Viewer) scopeOfJoining(now store.Time) (where string, args []any) {
	where = "0 = 1"
	for _, p := range v.LedWhole() {
		where += " OR (m.organisation_id = ? AND m.board_id = ?)"
		args = append(args, p.Organisation.ID, p.Board.ID)
	}
	if v.Is(Admin) {
		where += ` OR NOT EXISTS (SELECT 1 FROM people_memberships l JOIN people_persons lp ON lp.id = l.person_id
			WHERE l.organisation_id = m.organisation_id AND l.board_id = m.board_id AND l.role = 'lead' AND l.leads_part = 0
				AND (l.ended_at IS NULL OR l.ended_at > ?) AND lp.suspended_at IS NULL)`
		args = append(args, now)
	}
	return " WHERE m.unconfirmed = 1 AND m.ended_at IS NULL AND (" + where + ")", args
}

// WaitingFor returns who waits for the viewer's word, the longest first. Without
// the right to confirm it is problem.Forbidden.
func WaitingFor(rx store.Rx, v Viewer) ([]Waiting, error) {
	if err := v.Require(ConfirmPeople); err != nil {
		return nil, err
	}
	where, args := v.scopeOfJoining(rx.Now())
	ms, err := memberships(rx, where+" ORDER BY m.started_at, m.rowid LIMIT 500", args...)
	ws := make([]Waiting, len(ms))
	for i, m := range ms {
		p, err := PersonByID(rx, m.PersonID)
		if err != nil {
			return nil, err
		}
		ws[i] = Waiting{m, p.Name, p.Email}
	}
	return ws, err
}

// theirJoiner returns a membership that waits for the viewer; another's, and one
// that no longer waits, is problem.NotFound.
func theirJoiner(rx store.Rx, v Viewer, membership string) (Membership, error) {
	if err := v.Require(ConfirmPeople); err != nil {
		return Membership{}, err
	}
	where, args := v.scopeOfJoining(rx.Now())
	ms, err := memberships(rx, where+" AND m.id = ?", append(args, membership)...)
	if err == nil && len(ms) == 0 {
		err = notFound()
	}
	if err != nil {
		return Membership{}, err
	}
	return ms[0], nil
}

// Confirmed is the job that follows when a membership counts: what its person
// earned meanwhile is entered where it was left out.
const Confirmed = "people.confirmed"

// ConfirmedFact names the membership that counts from now on.
type ConfirmedFact struct{ Membership string }

// Confirm agrees that a person works here: from now on they count. Refusals are
// those of WaitingFor; one who does not wait for the viewer is problem.NotFound.
func (d *Directory) Confirm(ctx context.Context, v Viewer, membership string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		m, err := theirJoiner(tx.Rx, v, membership)
		if err != nil {
			return err
		}
		return confirm(tx, m.PersonID, m.ID)
	})
}

func confirm(tx store.Tx, person, membership string) error {
	err := tx.Exec("UPDATE people_memberships SET unconfirmed = 0 WHERE id = ? AND ended_at IS NULL", membership).Error
	if err != nil {
		return err
	}
	if err := takePosition(tx, membership); err != nil {
		return err
	}
	err = audit.Record(tx, "people.membership_confirmed", "person:"+person, map[string]any{"membership": membership})
	if err != nil {
		return err
	}
	return outbox.Put(tx, Confirmed, membership, ConfirmedFact{membership})
}

// Declined is the job of the letter to whoever was declined.
const Declined = "people.declined"

// DeclinedFact names the membership that ended.
type DeclinedFact struct{ Membership string }

// Decline says that a person does not work here: the membership ends, and a
// letter tells them. They keep their account and what they have learnt. Refusals
// are those of Confirm.
func (d *Directory) Decline(ctx context.Context, v Viewer, membership string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		m, err := theirJoiner(tx.Rx, v, membership)
		if err != nil {
			return err
		}
		if err := EndMembership(tx, m.ID); err != nil {
			return err
		}
		if err := audit.Record(tx, "people.membership_declined", "person:"+m.PersonID, map[string]any{"membership": m.ID}); err != nil {
			return err
		}
		return outbox.Put(tx, Declined, m.ID, DeclinedFact{m.ID})
	})
}
