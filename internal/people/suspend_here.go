package people

import (
	"context"
	"encoding/json"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// SuspendHere suspends somebody in the agency, with the reason: until a lead
// reinstates them their roles there open nothing, no course either. Their account,
// their certificates, and what they are elsewhere stay as they are.
//
// Somebody with a role of power there is problem.Conflict; a reason that is none
// Invalid with the field "reason"; another's position, and one that was left,
// NotFound. Suspending twice changes nothing.
func (d *Directory) SuspendHere(ctx context.Context, v Viewer, s OrganisationScope, id, reason string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		p, err := runningIn(tx.Rx, s, id)
		if err != nil || !p.Suspended.IsZero() {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		power, err := HasPowerAt(tx.Rx, s, p.Person)
		if err == nil && power {
			err = problem.New(problem.Conflict, "people.position.has_power")
		}
		if err != nil {
			return err
		}
		if err := tx.Exec("UPDATE people_positions SET suspended_at = ?, suspended_reason = ? WHERE id = ?", tx.Now, reason, id).Error; err != nil {
			return err
		}
		return audit.Record(tx, "people.suspended_here", "person:"+p.Person, map[string]any{"position": id,
			"organisation": s.Organisation(), "board": s.Board(), "reason": reason})
	})
}

// Reinstate lets somebody in again whom the agency has suspended, with the reason.
// Whoever is not suspended stays as they are; problems are those of SuspendHere.
func (d *Directory) Reinstate(ctx context.Context, v Viewer, s OrganisationScope, id, reason string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		p, err := runningIn(tx.Rx, s, id)
		if err != nil || p.Suspended.IsZero() {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		return reinstate(tx, p.Person, s.Organisation(), s.Board(), reason)
	})
}

func reinstate(tx store.Tx, person, organisation, board, reason string) error {
	res := tx.Exec(`UPDATE people_positions SET suspended_at = NULL, suspended_reason = ''
		WHERE person_id = ? AND organisation_id = ? AND board_id = ? AND suspended_at IS NOT NULL`, person, organisation, board)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return audit.Record(tx, "people.reinstated", "person:"+person, map[string]any{"organisation": organisation, "board": board, "reason": reason})
}

// runningIn returns a position that was not left.
func runningIn(rx store.Rx, s OrganisationScope, id string) (Position, error) {
	p, err := PositionIn(rx, s, id)
	if err == nil && !p.Left.IsZero() {
		err = notFound()
	}
	return p, err
}

// SuspendedAmong says which of an agency's positions are suspended, of those named:
// a page asks for the people it shows, however many there are.
func SuspendedAmong(rx store.Rx, s OrganisationScope, positions []string) (map[string]bool, error) {
	named, err := json.Marshal(positions)
	if err != nil {
		return nil, err
	}
	within, args := s.Within("q")
	var ids []string
	err = rx.Raw(`SELECT q.id FROM json_each(?) j CROSS JOIN people_positions q ON q.id = j.value
		WHERE q.suspended_at IS NOT NULL AND q.left_at IS NULL AND q.organisation_id = ? AND q.board_id = ? AND `+within,
		append([]any{string(named), s.Organisation(), s.Board()}, args...)...).Scan(&ids).Error
	is := map[string]bool{}
	for _, id := range ids {
		is[id] = true
	}
	return is, store.Explain(err)
}

// Suspended says which of an agency's people are suspended, there or altogether. It
// begins with those who are (+): few are, of however many.
func Suspended(rx store.Rx, s OrganisationScope) (map[string]bool, error) {
	var ids []string
	err := rx.Raw(`SELECT id FROM people_positions WHERE suspended_at IS NOT NULL AND +organisation_id = ?1 AND +board_id = ?2
		UNION SELECT q.id FROM people_persons n CROSS JOIN people_positions q ON q.person_id = n.id
		WHERE n.suspended_at IS NOT NULL AND +q.organisation_id = ?1 AND +q.board_id = ?2`, s.Organisation(), s.Board()).Scan(&ids).Error
	is := map[string]bool{}
	for _, id := range ids {
		is[id] = true
	}
	return is, store.Explain(err)
}

// Barred says whether every place in which the viewer works has suspended them: no
// course is open to them then.
func (v Viewer) Barred() bool { return len(v.Suspended) > 0 && len(v.Memberships) == 0 }
