package people

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"golau/internal/store"
)

// Merging is what merging one agency into another would do, in the numbers that the
// record will hold.
type Merging struct {
	From        AgencyStanding
	Into        Organisation
	Memberships int // that go on in the other agency
	There       int // that end because their person has the same one there
	Sent        int // invitations that are sent again, to the other agency
	Dropped     int // invitations that are withdrawn: too old, or not needed there
	Connections int // people who come by a sign-in of the agency
	// Missing are the boards under which the agency has people or invitations and
	// the other does not work. Nobody goes from one board to another by a merger.
	Missing []Board

	members []Membership
	open    []Invitation
}

// Look is a print of what is shown before two agencies are merged, so that what is
// done is what was looked at.
func (m Merging) Look() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s/%s", m.From.Agency.ID, m.Into.ID)
	for _, s := range m.members {
		fmt.Fprintf(h, "/%s %t", s.ID, s.Unconfirmed)
	}
	for _, i := range m.open {
		fmt.Fprintf(h, "/%s", i.ID)
	}
	fmt.Fprintf(h, "/%q/%v/%d/%d/%d", m.From.Domains, m.From.SignIns, m.There, m.Sent, m.Connections)
	return hex.EncodeToString(h.Sum(nil))
}

// WhatMerges returns what merging the agency with the key into another would do. An
// agency that there is not, or that was merged already, and another that is
// retired or the same, are problem.NotFound; others than those who look after
// agencies: problem.Forbidden.
func WhatMerges(rx store.Rx, v Viewer, key, into string) (m Merging, err error) {
	if m.From, err = StandingOf(rx, v, key); err != nil {
		return m, err
	}
	if m.Into, err = OrganisationByKey(rx, into); err != nil {
		return m, err
	}
	if m.Into.ID == m.From.Agency.ID || m.Into.Retired || m.From.MergedInto.ID != "" {
		return m, notFound()
	}
	m.members, err = memberships(rx, " WHERE m.organisation_id = ? AND m.ended_at IS NULL ORDER BY m.started_at, m.rowid", m.From.Agency.ID)
	if err != nil {
		return m, err
	}
	m.open, err = invitations(rx, "i.organisation_id = ? AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL ORDER BY i.created_at, i.id", m.From.Agency.ID)
	if err != nil {
		return m, err
	}
	for _, s := range m.members {
		there, err := sameAt(rx, s, m.Into.ID)
		if err != nil {
			return m, err
		}
		if there.ID != "" {
			m.There++
		} else {
			m.Memberships++
		}
	}
	for _, i := range m.open {
		again, err := m.goesAgain(rx, i)
		if err != nil {
			return m, err
		}
		if again {
			m.Sent++
		} else {
			m.Dropped++
		}
	}
	err = rx.Raw(`SELECT count(DISTINCT i.person_id) FROM people_identities i JOIN people_providers p ON p.id = i.provider_id
		WHERE p.organisation_id = ?`, m.From.Agency.ID).Scan(&m.Connections).Error
	if err != nil {
		return m, store.Explain(err)
	}
	return m, m.findMissing(rx)
}

// findMissing notes under which boards somebody stands or is asked to whom the other
// agency could not give a place.
func (m *Merging) findMissing(rx store.Rx) error {
	has, err := BoardsOf(rx, m.Into.ID)
	note := func(b Board) {
		same := func(o Board) bool { return o.ID == b.ID }
		if !slices.ContainsFunc(has, same) && !slices.ContainsFunc(m.Missing, same) {
			m.Missing = append(m.Missing, b)
		}
	}
	for _, s := range m.members {
		note(s.Board)
	}
	for _, i := range m.open {
		note(i.Place.Board)
	}
	return err
}

// sameAt returns the membership that a membership's person has in another agency,
// under the same board and in the same role; the zero one where there is none.
func sameAt(rx store.Rx, m Membership, organisation string) (Membership, error) {
	ms, err := memberships(rx, ` WHERE m.person_id = ? AND m.organisation_id = ? AND m.board_id = ? AND m.role = ? AND m.ended_at IS NULL`,
		m.PersonID, organisation, m.Board.ID, m.Role)
	if err != nil || len(ms) == 0 {
		return Membership{}, err
	}
	return ms[0], nil
}

// goesAgain says whether an invitation is sent again for the other agency: it still
// holds, nobody has asked the same person there, and they have no such membership
// in either.
func (m *Merging) goesAgain(rx store.Rx, i Invitation) (bool, error) {
	if i.State != IsOpen {
		return false, nil
	}
	var n int
	err := rx.Raw(`SELECT (SELECT count(*) FROM people_invitations WHERE email_key = ? AND organisation_id = ? AND board_id = ? AND role = ?
			AND accepted_at IS NULL AND withdrawn_at IS NULL) + (SELECT count(*) FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
			WHERE p.email_key = ? AND m.organisation_id IN (?, ?) AND m.board_id = ? AND m.role = ? AND m.unconfirmed = 0 AND m.ended_at IS NULL)`,
		i.emailKey, m.Into.ID, i.Place.Board.ID, i.Role, i.emailKey, m.Into.ID, m.From.Agency.ID, i.Place.Board.ID, i.Role).Scan(&n).Error
	return n == 0, store.Explain(err)
}
