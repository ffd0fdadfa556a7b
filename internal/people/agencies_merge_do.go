package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// MergeForm is what an administrator says when one agency goes into another.
type MergeForm struct {
	Into   string // key
	Look   string // Merging.Look of what was shown
	Reason string
	Proof  string
}

// MergeAgencies merges the agency with the key into another, in one transaction:
// its people have their roles there from now on, its domains and its sign-in are
// the other's, its invitations are withdrawn and sent again. It is retired for good.
// What was learnt, and every certificate, goes on naming the agency of its time.
//
// A reason or proof that is none is Invalid with the fields reason, proof. Where the
// other agency does not work under a board of its people, or anything has changed
// since it was looked at, it is Conflict. Otherwise refusals are those of
// WhatMerges.
func (d *Directory) MergeAgencies(ctx context.Context, v Viewer, key string, f MergeForm) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	if _, err := meantToMerge(d.db.Read(ctx), v, key, f); err != nil { // no code is used up for that
		return err
	}
	reason, err := cleanReason(f.Reason)
	if err != nil {
		return err
	}
	return d.withProof(ctx, v, f.Proof, func(tx store.Tx, _ Factors) error {
		m, err := meantToMerge(tx.Rx, v, key, f)
		if err != nil {
			return err
		}
		for _, move := range []func(store.Tx, Merging) error{moveMembers, d.moveInvitations, moveDomains, moveSignIns} {
			if err := move(tx, m); err != nil {
				return err
			}
		}
		err = tx.Exec("UPDATE people_organisations SET retired_at = coalesce(retired_at, ?), merged_into = ? WHERE id = ?",
			tx.Now, m.Into.ID, m.From.Agency.ID).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "people.organisation_merged", "organisation:"+m.From.Agency.ID, map[string]any{"organisation": m.Into.ID,
			"reason": reason, "people": m.From.People, "memberships_moved": m.Memberships, "memberships_ended": m.There,
			"invitations_sent_again": m.Sent, "invitations_withdrawn": m.Dropped, "domains": m.From.Domains, "sign_ins": len(m.From.SignIns)})
	})
}

// meantToMerge returns what the form asks for, as it stands now.
func meantToMerge(rx store.Rx, v Viewer, key string, f MergeForm) (Merging, error) {
	m, err := WhatMerges(rx, v, key, f.Into)
	switch {
	case err != nil:
		return m, err
	case len(m.Missing) > 0:
		return m, problem.New(problem.Conflict, "people.agency.merge_boards")
	case m.Look() != f.Look:
		return m, problem.New(problem.Conflict, "people.agency.merge_changed")
	}
	return m, nil
}

// moveMembers gives everybody their role in the other agency and ends the one they
// had. Whoever was confirmed in either is confirmed.
func moveMembers(tx store.Tx, m Merging) error {
	for _, s := range m.members {
		there, err := sameAt(tx.Rx, s, m.Into.ID)
		if err != nil {
			return err
		}
		stood, err := standsAt(tx.Rx, s.PersonID, m.Into.ID, s.Board.ID)
		if err != nil {
			return err
		}
		switch {
		case there.ID == "":
			there.ID, err = AddMembership(tx, NewMembership{PersonID: s.PersonID, OrganisationID: m.Into.ID, BoardID: s.Board.ID,
				Role: s.Role, JobRole: s.JobRole, Unconfirmed: s.Unconfirmed})
			if err == nil && s.Role == Lead && s.Leads != Whole { // their teams stay behind: of the other agency they lead nobody yet
				err = keepPart(tx, there.ID, nil)
			}
		case there.Unconfirmed && !s.Unconfirmed:
			err = confirm(tx, s.PersonID, there.ID)
		}
		if err == nil {
			err = carryPosition(tx, s, m.Into.ID, stood)
		}
		if err != nil {
			return err
		}
		if err := EndMembership(tx, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// moveInvitations withdraws the invitations and sends those that still hold again: a
// link opens the one place that its letter named.
func (d *Directory) moveInvitations(tx store.Tx, m Merging) error {
	for _, i := range m.open {
		again, err := m.goesAgain(tx.Rx, i)
		if err != nil {
			return err
		}
		if err := withdraw(tx, i.ID); err != nil {
			return err
		}
		if !again {
			continue
		}
		i.Stand.Team = "" // stays behind
		_, err = d.invite(tx, i.InvitedBy, Planned{NewInvitation: NewInvitation{Email: i.Email, Name: i.Name, Role: i.Role, JobRole: i.JobRole,
			Language: i.Language, Stand: i.Stand}, Place: Place{m.Into, i.Place.Board}, emailKey: i.emailKey})
		if err != nil {
			return err
		}
	}
	return nil
}

// withdraw makes an invitation's link worth nothing.
func withdraw(tx store.Tx, id string) error {
	if err := tx.Exec("UPDATE people_invitations SET withdrawn_at = ? WHERE id = ?", tx.Now, id).Error; err != nil {
		return err
	}
	return audit.Record(tx, "people.invitation_withdrawn", "invitation:"+id, nil)
}

func moveDomains(tx store.Tx, m Merging) error {
	for _, domain := range m.From.Domains {
		if err := AddDomain(tx, m.Into.ID, domain); err != nil {
			return err
		}
		if err := removeDomain(tx, m.From.Agency.ID, domain); err != nil {
			return err
		}
	}
	return nil
}

// moveSignIns makes the agency's own sign-ins the other's: whoever comes by one goes
// on doing so.
func moveSignIns(tx store.Tx, m Merging) error {
	ps, err := providers(tx.Rx, " WHERE p.organisation_id = ?", m.From.Agency.ID)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if err := tx.Exec("UPDATE people_providers SET organisation_id = ? WHERE id = ?", m.Into.ID, p.ID).Error; err != nil {
			return err
		}
		err := audit.Record(tx, "people.provider_moved", "provider:"+p.ID, map[string]any{"organisation": m.Into.ID})
		if err != nil {
			return err
		}
	}
	return nil
}

// MembershipNow returns a membership or, where its agency was merged into another,
// the one that its person had there in its place; no such membership is
// problem.NotFound.
func MembershipNow(rx store.Rx, id string) (Membership, error) {
	m, err := MembershipByID(rx, id)
	for err == nil && !m.Ended.IsZero() {
		var next struct{ ID string }
		err = rx.Raw(`SELECT n.id FROM people_organisations o JOIN people_memberships n ON n.organisation_id = o.merged_into
			WHERE o.id = ? AND n.person_id = ? AND n.board_id = ? AND n.role = ? AND (n.ended_at IS NULL OR n.ended_at > ?)
			ORDER BY n.ended_at IS NOT NULL, n.started_at DESC LIMIT 1`, m.Organisation.ID, m.PersonID, m.Board.ID, m.Role, m.Ended).Scan(&next).Error
		if err != nil || next.ID == "" {
			break
		}
		m, err = MembershipByID(rx, next.ID)
	}
	return m, store.Explain(err)
}

// MergedInto returns the ids of the agencies that were merged into one, and into
// those.
func MergedInto(rx store.Rx, organisation string) (ids []string, err error) {
	err = rx.Raw(`WITH RECURSIVE gone (id) AS (SELECT id FROM people_organisations WHERE merged_into = ?
		UNION SELECT o.id FROM people_organisations o JOIN gone g ON o.merged_into = g.id) SELECT id FROM gone ORDER BY id`,
		organisation).Scan(&ids).Error
	return ids, store.Explain(err)
}
