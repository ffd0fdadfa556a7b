package people

import (
	"context"
	"slices"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// RecordLeaver says that somebody does not work for the agency any more, since a
// day that has come (2026-11-21): their memberships there end now, and they count
// nowhere. What they learnt stays, and so do their account and certificates.
//
// Somebody with a role of power there is problem.Conflict: an administrator takes
// that first. Another agency's position, and one that was left, is NotFound; a day
// that is none, or to come, is Invalid with the field left_on.
func (d *Directory) RecordLeaver(ctx context.Context, v Viewer, s OrganisationScope, id, on string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error { return recordLeaver(tx, s, id, on) })
}

func recordLeaver(tx store.Tx, s OrganisationScope, id, on string) error {
	p, err := runningIn(tx.Rx, s, id)
	if err != nil {
		return err
	}
	on, ok := i18n.ParseDay(on)
	if !ok || on > Today(tx.Rx) || on < earliest || on < p.WorksSince {
		return problem.InvalidField("left_on", "people.position.left_on")
	}
	ms, err := memberships(tx.Rx, ` WHERE m.person_id = ? AND m.organisation_id = ? AND m.board_id = ? AND m.ended_at IS NULL`,
		p.Person, s.Organisation(), s.Board())
	if err != nil {
		return err
	}
	if slices.ContainsFunc(ms, func(m Membership) bool { return m.Role.HasPower() }) {
		return problem.New(problem.Conflict, "people.position.has_power")
	}
	for _, m := range ms {
		if err := EndMembership(tx, m.ID); err != nil {
			return err
		}
	}
	if err := tx.Exec("UPDATE people_positions SET left_on = ? WHERE id = ?", on, id).Error; err != nil {
		return err
	}
	return audit.Record(tx, "people.left", "person:"+p.Person, map[string]any{"position": id, "on": on})
}

// TakeBack says that somebody who had left works for the agency again, or never
// left: they learn there as before. Whoever is there already stays so. Another
// agency's position is problem.NotFound; whose memberships an administrator ended, or who
// stands behind another position, is Conflict.
func (d *Directory) TakeBack(ctx context.Context, v Viewer, s OrganisationScope, id string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error { return takeBack(tx, s, id) })
}

func takeBack(tx store.Tx, s OrganisationScope, id string) error {
	p, err := PositionIn(tx.Rx, s, id)
	if err == nil && p.Left.IsZero() {
		return nil // asked twice
	}
	if err == nil && p.DuplicateOf != "" {
		err = problem.New(problem.Conflict, "people.duplicate.behind")
	}
	if err == nil && p.LeftOn == "" {
		err = problem.New(problem.Conflict, "people.position.ended_above")
	}
	if err != nil {
		return err
	}
	_, err = AddMembership(tx, NewMembership{PersonID: p.Person, OrganisationID: s.Organisation(), BoardID: s.Board(), Role: Learner, JobRole: p.JobRole})
	if err != nil {
		return err
	}
	return audit.Record(tx, "people.taken_back", "person:"+p.Person, map[string]any{"position": id})
}

// HasPowerAt says whether somebody has a role of power in the agency.
func HasPowerAt(rx store.Rx, s OrganisationScope, person string) (bool, error) {
	ms, err := MembershipsOf(rx, person)
	return slices.ContainsFunc(ms, func(m Membership) bool {
		return m.Role.HasPower() && m.Organisation.ID == s.Organisation() && m.Board.ID == s.Board()
	}), err
}

// NoteExport records that the list of an agency's people was taken out as a sheet.
func (d *Directory) NoteExport(ctx context.Context, v Viewer, s OrganisationScope) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		return audit.Record(tx, "people.list_exported", "organisation:"+s.Organisation(), map[string]any{"board": s.Board(), "whole": s.IsWhole()})
	})
}
