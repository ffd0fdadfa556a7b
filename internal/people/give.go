package people

import (
	"context"
	"slices"
	"strings"

	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// MembershipForm is what an administrator says of a membership to be given.
type MembershipForm struct {
	Place   string // keys of agency and board: "hill-school/north-wales"
	Role    Role
	JobRole JobRole
	Proof   string // the administrator's own password or code; counts where HasPower
}

// HasPower says whether a role lets somebody see or change what is others', so
// that giving it asks for a proof.
func (r Role) HasPower() bool { return slices.Contains(mustHaveSecond, r) }

// RoleGiven is the job of the letter that tells somebody which role an
// administrator gave them.
const RoleGiven = "people.role_given"

// RoleGivenFact says who was given which membership, and by whom.
type RoleGivenFact struct{ Person, Membership, By string }

// GiveMembership makes a person a member of an agency under a board, in a role. A
// role with power asks for the administrator's own proof, as erasing does; the
// person gets a letter, and so do the other administrators when it is theirs.
//
// A place, role or kind of work that cannot be is Invalid with the fields place,
// role, job_role, and a wrong proof with the field proof; a membership of the
// same kind that lasts is Conflict; no such person is NotFound.
func (d *Directory) GiveMembership(ctx context.Context, v Viewer, person string, f MembershipForm) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	m, err := f.meant(d.db.Read(ctx), person)
	if err != nil {
		return err
	}
	give := func(tx store.Tx) error {
		id, err := AddMembership(tx, m)
		if e, ok := problem.As(err); ok && e.Fields["organisation"] != "" {
			return problem.InvalidField("place", "people.membership.place")
		}
		if err != nil || !f.Role.HasPower() {
			return err
		}
		return d.tellOfPower(tx, v, RoleGivenFact{person, id, v.Person}, f.Role)
	}
	if f.Role.HasPower() {
		return d.withProof(ctx, v, f.Proof, func(tx store.Tx, _ Factors) error { return give(tx) })
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error { return give(tx) })
}

// meant returns the membership that a form asks for; no code is used up for one
// that cannot be.
func (f MembershipForm) meant(rx store.Rx, person string) (m NewMembership, err error) {
	all := faults{}
	all.note(checkRole(f.Role))
	all.note(checkJobRole(f.JobRole))
	if _, err := PersonByID(rx, person); err != nil {
		return m, err
	}
	org, board, _ := strings.Cut(f.Place, "/")
	o, errOrg := OrganisationByKey(rx, org)
	b, errBoard := BoardByKey(rx, board)
	if errOrg != nil || errBoard != nil {
		all.at("place", "people.membership.place")
	}
	if err := all.err(); err != nil {
		return m, err
	}
	m = NewMembership{PersonID: person, OrganisationID: o.ID, BoardID: b.ID, Role: f.Role, JobRole: f.JobRole}
	var n int
	err = rx.Raw(`SELECT count(*) FROM people_memberships WHERE person_id = ? AND organisation_id = ? AND board_id = ? AND role = ? AND ended_at IS NULL`,
		person, o.ID, b.ID, f.Role).Scan(&n).Error
	if err == nil && n > 0 {
		return m, problem.New(problem.Conflict, "people.membership.exists")
	}
	return m, store.Explain(err)
}

// tellOfPower has the letters go when somebody was given a role with power.
func (d *Directory) tellOfPower(tx store.Tx, v Viewer, f RoleGivenFact, r Role) error {
	if f.Person != v.Person {
		if err := outbox.Put(tx, RoleGiven, f.Membership, f); err != nil {
			return err
		}
	}
	if r != Admin {
		return nil
	}
	_, err := tellAdmins(tx, AdminsFact{About: f.Person, By: v.Person, What: AdminMade}, f.Person, v.Person)
	return err
}
