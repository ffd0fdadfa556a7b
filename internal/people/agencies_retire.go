package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// AgencyStanding is an agency with what hangs on it: what a page says before the
// agency is retired.
type AgencyStanding struct {
	Agency      Organisation
	MergedInto  Organisation // the zero one where it was not merged
	People      int          // with a membership that lasts
	Leads       int
	Waiting     int // of the people, who wait to be confirmed
	Invitations int // that nobody has accepted or withdrawn
	Domains     []string
	SignIns     []i18n.Text // its own, by name
}

// StandingOf returns how an agency stands, or problem.NotFound; others than those
// who look after agencies: problem.Forbidden.
func StandingOf(rx store.Rx, v Viewer, key string) (s AgencyStanding, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return s, err
	}
	if s.Agency, err = OrganisationByKey(rx, key); err != nil {
		return s, err
	}
	id, now := s.Agency.ID, rx.Now()
	var n struct{ People, Leads, Waiting, Invitations int }
	err = rx.Raw(`SELECT (SELECT count(DISTINCT person_id) FROM people_memberships WHERE organisation_id = ? AND (ended_at IS NULL OR ended_at > ?)) AS people,
		(SELECT count(DISTINCT person_id) FROM people_memberships WHERE organisation_id = ? AND role = 'lead' AND (ended_at IS NULL OR ended_at > ?)) AS leads,
		(SELECT count(DISTINCT person_id) FROM people_memberships WHERE organisation_id = ? AND unconfirmed = 1 AND ended_at IS NULL) AS waiting,
		(SELECT count(*) FROM people_invitations WHERE organisation_id = ? AND accepted_at IS NULL AND withdrawn_at IS NULL) AS invitations`,
		id, now, id, now, id, id).Scan(&n).Error
	if err != nil {
		return s, store.Explain(err)
	}
	s.People, s.Leads, s.Waiting, s.Invitations = n.People, n.Leads, n.Waiting, n.Invitations
	if s.MergedInto, err = WhereMerged(rx, id); err != nil {
		return s, err
	}
	if err := rx.Raw("SELECT domain FROM people_email_domains WHERE organisation_id = ? ORDER BY domain", id).Scan(&s.Domains).Error; err != nil {
		return s, store.Explain(err)
	}
	ps, err := providers(rx, " WHERE p.organisation_id = ?", id)
	for _, p := range ps {
		s.SignIns = append(s.SignIns, p.Name)
	}
	return s, err
}

// WhereMerged returns the agency into which another was merged, the zero one where
// it was not.
func WhereMerged(rx store.Rx, organisation string) (Organisation, error) {
	var bs []body
	err := rx.Raw(selectOrganisation+" WHERE id = (SELECT merged_into FROM people_organisations WHERE id = ?)", organisation).Scan(&bs).Error
	if err != nil || len(bs) == 0 {
		return Organisation{}, store.Explain(err)
	}
	return bs[0].organisation(), nil
}

// RetireAgency takes an agency out of use, with the reason, which the record keeps:
// nobody is invited to it any more, nobody joins it, its domains lead nobody to it,
// and its invitations that are under way are withdrawn. Its people keep their
// memberships, and go on as they were until somebody says where they are now: they
// are ended one by one, or go to another agency by MergeAgencies.
//
// A reason that is none is Invalid with the field "reason"; retired already is
// Conflict; no such agency is NotFound.
func (d *Directory) RetireAgency(ctx context.Context, v Viewer, key, reason string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	reason, err := cleanReason(reason)
	if err != nil {
		return err
	}
	return d.changeAgency(ctx, v, key, func(tx store.Tx, o Organisation) error {
		open, err := invitations(tx.Rx, "i.organisation_id = ? AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL ORDER BY i.id", o.ID)
		if err != nil {
			return err
		}
		for _, i := range open {
			if err := withdraw(tx, i.ID); err != nil {
				return err
			}
		}
		if err := tx.Exec("UPDATE people_organisations SET retired_at = ? WHERE id = ?", tx.Now, o.ID).Error; err != nil {
			return err
		}
		return audit.Record(tx, "people.organisation_retired", "organisation:"+o.ID,
			map[string]any{"reason": reason, "invitations_withdrawn": len(open)})
	})
}

// ReturnAgency brings a retired agency back into use, with its domains and its
// people; invitations are sent anew. One that was merged is Conflict, since its
// people are elsewhere, and so is one whose name another agency has meanwhile. In
// use already, it changes nothing; no such agency is NotFound.
func (d *Directory) ReturnAgency(ctx context.Context, v Viewer, key string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		s, err := StandingOf(tx.Rx, v, key)
		if err != nil || !s.Agency.Retired {
			return err
		}
		if s.MergedInto.ID != "" {
			return problem.New(problem.Conflict, "people.agency.merged")
		}
		if err := freeAgencyName(tx.Rx, s.Agency.ID, AgencyForm{Name: s.Agency.Name, Council: s.Agency.CouncilKey}); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE people_organisations SET retired_at = NULL WHERE id = ?", s.Agency.ID).Error; err != nil {
			return err
		}
		return audit.Record(tx, "people.organisation_returned", "organisation:"+s.Agency.ID, map[string]any{})
	})
}
