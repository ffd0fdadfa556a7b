package people

import (
	"context"
	"strings"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// MembershipForm is what an administrator says of a membership to be given.
type MembershipForm struct {
	Place   string // keys of agency and board: "hill-school/north-wales"
	Role    Role
	JobRole JobRole
}

// GiveMembership makes a person a member of an agency under a board, in a role.
// A place, role or kind of work that cannot be is Invalid with the fields
// place, role, job_role; a membership of the same kind that lasts is Conflict;
// no such person is NotFound.
func (d *Directory) GiveMembership(ctx context.Context, v Viewer, person string, f MembershipForm) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	all := faults{}
	all.note(checkRole(f.Role))
	all.note(checkJobRole(f.JobRole))
	org, board, _ := strings.Cut(f.Place, "/")
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if _, err := PersonByID(tx.Rx, person); err != nil {
			return err
		}
		o, errOrg := OrganisationByKey(tx.Rx, org)
		b, errBoard := BoardByKey(tx.Rx, board)
		if errOrg != nil || errBoard != nil {
			all.at("place", "people.membership.place")
		}
		if err := all.err(); err != nil {
			return err
		}
		_, err := AddMembership(tx, NewMembership{PersonID: person, OrganisationID: o.ID, BoardID: b.ID, Role: f.Role, JobRole: f.JobRole})
		if e, ok := problem.As(err); ok && e.Fields["organisation"] != "" {
			return problem.InvalidField("place", "people.membership.place")
		}
		return err
	})
}

// TakeMembership ends a membership of a person now. One that is somebody
// else's, or has ended, is NotFound; the last one that administers the
// installation is Conflict.
func (d *Directory) TakeMembership(ctx context.Context, v Viewer, person, membership string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		m, err := MembershipByID(tx.Rx, membership)
		if err != nil {
			return err
		}
		if m.PersonID != person {
			return notFound()
		}
		if err := EndMembership(tx, membership); err != nil {
			return err
		}
		return stillAdministered(tx.Rx)
	})
}

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
// twice changes nothing.
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
		if err := suspend(tx, person, reason); err != nil {
			return err
		}
		return stillAdministered(tx.Rx)
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
		return audit.Record(tx, "people.suspension_lifted", "person:"+person, map[string]any{"reason": reason})
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
