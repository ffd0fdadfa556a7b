package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/store"
)

// Ending is what ending a membership would do.
type Ending struct {
	Person     Person
	Membership Membership
	Only       bool // it is the last one: its person takes no courses any more
}

// MembershipToEnd returns what ending a membership of a person would do. One that
// is somebody else's, or has ended, is problem.NotFound; others than those who give
// memberships: problem.Forbidden.
func MembershipToEnd(rx store.Rx, v Viewer, person, membership string) (e Ending, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return e, err
	}
	if e.Person, err = PersonByID(rx, person); err != nil {
		return e, err
	}
	if e.Membership, err = MembershipByID(rx, membership); err != nil {
		return e, err
	}
	if e.Membership.PersonID != person || !e.Membership.Ended.IsZero() {
		return Ending{}, notFound()
	}
	all, err := MembershipsOf(rx, person)
	e.Only = len(all) == 1 && all[0].ID == membership
	return e, err
}

// TakeMembership ends a membership of a person now, with the reason, which the
// record keeps. A reason that is none is Invalid with the field "reason"; the last
// membership that administers the installation is Conflict; otherwise refusals are
// those of MembershipToEnd. They and the other administrators hear when somebody is
// none any more.
func (d *Directory) TakeMembership(ctx context.Context, v Viewer, person, membership, reason string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		e, err := MembershipToEnd(tx.Rx, v, person, membership)
		if err != nil {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		if err := endMembership(tx, e.Membership, map[string]any{"membership": membership, "reason": reason}); err != nil {
			return err
		}
		if err := stillAdministered(tx.Rx); err != nil || e.Membership.Role != Admin {
			return err
		}
		if still, err := isAdmin(tx.Rx, person); err != nil || still {
			return err
		}
		return tellOfChange(tx, v, person, AdminUnmade)
	})
}

// EndMembership ends a membership now. The next page the person asks for is
// answered without it. One that has ended already is problem.NotFound.
func EndMembership(tx store.Tx, id string) error {
	m, err := MembershipByID(tx.Rx, id)
	if err != nil {
		return err
	}
	return endMembership(tx, m, map[string]any{"membership": id})
}

func endMembership(tx store.Tx, m Membership, detail map[string]any) error {
	res := tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE id = ? AND ended_at IS NULL", tx.Now, m.ID)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return notFound()
	}
	if err := leavePositions(tx, m.PersonID); err != nil {
		return err
	}
	return audit.Record(tx, "people.membership_ended", "person:"+m.PersonID, detail)
}
