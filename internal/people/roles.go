package people

import (
	"context"
	"strings"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// maxReason is how much may be said of why somebody is suspended, in
// characters.
const maxReason = 500

// cleanReason returns a reason in one line. The problem is Invalid with the
// field "reason".
func cleanReason(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case s == "":
		return "", problem.InvalidField("reason", "people.reason.required")
	case utf8.RuneCountInString(s) > maxReason:
		return "", problem.InvalidField("reason", "people.reason.long", "MaxReason", maxReason)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, hidden):
		return "", problem.InvalidField("reason", "people.reason.characters")
	}
	return s, nil
}

// SuspendPerson shuts a person out, with the reason, which administrators see.
// Oneself, and whoever alone administers the installation, is Conflict; a
// reason that cannot be one is Invalid; no such person is NotFound. Suspending
// twice changes nothing. An administrator who is suspended, and the others, hear
// of it by letter.
func (d *Directory) SuspendPerson(ctx context.Context, v Viewer, person, reason string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	if person == v.Person {
		return problem.New(problem.Conflict, "people.suspend.self")
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		p, err := PersonByID(tx.Rx, person)
		if err != nil || p.Suspended() {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		admin, err := isAdmin(tx.Rx, person)
		if err != nil {
			return err
		}
		if err := suspend(tx, person, reason); err != nil || !admin {
			return err
		}
		if err := stillAdministered(tx.Rx); err != nil {
			return err
		}
		return tellOfChange(tx, v, person, AdminShut)
	})
}

// LiftSuspension lets a person in again, with the reason. Somebody who is not
// suspended stays as they are; problems are those of SuspendPerson.
func (d *Directory) LiftSuspension(ctx context.Context, v Viewer, person, reason string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		p, err := PersonByID(tx.Rx, person)
		if err != nil || !p.Suspended() {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		err = tx.Exec("UPDATE people_persons SET suspended_at = NULL, suspended_reason = '' WHERE id = ?", person).Error
		if err != nil {
			return err
		}
		if err := audit.Record(tx, "people.suspension_lifted", "person:"+person, map[string]any{"reason": reason}); err != nil {
			return err
		}
		if admin, err := isAdmin(tx.Rx, person); err != nil || !admin {
			return err
		}
		return tellOfChange(tx, v, person, AdminLetIn)
	})
}

// stillAdministered returns problem.Conflict when nobody is left to administer the
// installation.
func stillAdministered(rx store.Rx) error {
	has, err := hasAdmin(rx)
	if err != nil || has {
		return err
	}
	return problem.New(problem.Conflict, "people.admin.last")
}

// Administrators returns the ids of whoever can administer the installation.
func Administrators(rx store.Rx) (ids []string, err error) {
	err = rx.Raw(`SELECT DISTINCT p.id FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		WHERE m.role = 'admin' AND (m.ended_at IS NULL OR m.ended_at > ?) AND p.suspended_at IS NULL AND p.erased_at IS NULL ORDER BY p.id`, rx.Now()).Scan(&ids).Error
	return ids, store.Explain(err)
}
