package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// Countersigns says whether the policy of a board is that it countersigns what a
// lead exempts somebody from.
func Countersigns(rx store.Rx, board string) (yes bool, err error) {
	err = rx.Raw("SELECT countersigns FROM people_boards WHERE id = ?", board).Scan(&yes).Error
	return yes, store.Explain(err)
}

// SetCountersigns changes that policy; what was exempted before stays as it is. The
// same again changes nothing. An officer sets it of their own boards alone, of
// another's it is problem.NotFound; an administrator of any.
func (d *Directory) SetCountersigns(ctx context.Context, v Viewer, key string, yes bool) error {
	if err := v.Require(SetPolicy); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		b, err := BoardByKey(tx.Rx, key)
		if err == nil && !v.Is(Admin) {
			_, err = v.BoardScope(key)
		}
		if err != nil {
			return err
		}
		was, err := Countersigns(tx.Rx, b.ID)
		if err != nil || was == yes {
			return err
		}
		if err := tx.Exec("UPDATE people_boards SET countersigns = ? WHERE id = ?", yes, b.ID).Error; err != nil {
			return err
		}
		return audit.Record(tx, "people.board_policy_changed", "board:"+b.ID, map[string]any{"countersigns": yes})
	})
}

// WorksAt returns the id of the person with an address who works in what the scope
// holds of an agency, or leads all of it; any other is problem.NotFound, so that
// whoever leads a part learns of nobody beyond it.
func WorksAt(rx store.Rx, s OrganisationScope, email string) (person string, err error) {
	clean, wrong := CleanEmail(email)
	if wrong != nil {
		return "", notFound()
	}
	var p Position
	within, of := s.Within("q")
	err = rx.Raw(selectPosition+` AND n.email_key = ? AND q.left_at IS NULL AND (`+within+` OR EXISTS (SELECT 1 FROM people_memberships m
		WHERE m.person_id = q.person_id AND m.organisation_id = q.organisation_id AND m.board_id = q.board_id AND m.role = ? AND m.leads_part = 0 AND m.ended_at IS NULL))`,
		append(append([]any{s.Organisation(), s.Board(), clean}, of...), Lead)...).Scan(&p).Error
	if err == nil && p.ID == "" {
		return "", problem.New(problem.NotFound, "people.not_found")
	}
	return p.Person, store.Explain(err)
}
