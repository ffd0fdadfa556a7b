package people

import (
	"context"
	"slices"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Leader is somebody who leads an agency, and how much of it.
type Leader struct {
	Membership
	Name  string
	Teams []Team // of a part: those they were set to lead
	Own   bool   // it is the viewer, who changes nothing of their own
}

// Leaders returns who leads an agency, the first first; to a lead of a part,
// themselves.
func Leaders(rx store.Rx, v Viewer, s OrganisationScope) ([]Leader, error) {
	ms, err := memberships(rx, ` JOIN people_persons n ON n.id = m.person_id WHERE m.organisation_id = ? AND m.board_id = ?
		AND m.role = 'lead' AND m.ended_at IS NULL AND n.erased_at IS NULL ORDER BY m.started_at, m.rowid`, s.Organisation(), s.Board())
	all := make([]Leader, 0, len(ms))
	for _, m := range ms {
		if !s.IsWhole() && m.PersonID != v.Person {
			continue
		}
		l, err := leader(rx, v, m)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, err
}

func leader(rx store.Rx, v Viewer, m Membership) (l Leader, err error) {
	l.Membership, l.Own = m, m.PersonID == v.Person
	p, err := PersonByID(rx, m.PersonID)
	if err != nil || m.Leads == Whole {
		l.Name = p.Name
		return l, err
	}
	l.Name = p.Name
	var set []string
	err = rx.Raw("SELECT team_id FROM people_led_teams WHERE membership_id = ?", m.ID).Scan(&set).Error
	if err != nil {
		return l, store.Explain(err)
	}
	teams, err := Teams(rx, OrganisationScope{m.Organisation.ID, m.Board.ID, Whole}, v.Language)
	l.Teams = slices.DeleteFunc(teams, func(t Team) bool { return !slices.Contains(set, t.ID) })
	return l, err
}

// LeaderToSet returns the lead of a membership, whose part the viewer may set: one
// of an agency of which they lead everybody or, for an administrator, any. Another's
// is problem.NotFound; to anybody else, a lead of a part too, it is problem.Forbidden.
func LeaderToSet(rx store.Rx, v Viewer, membership string) (Leader, error) {
	whole := v.LedWhole()
	if !v.Is(Admin) && len(whole) == 0 {
		return Leader{}, problem.New(problem.Forbidden, "people.forbidden")
	}
	m, err := MembershipByID(rx, membership)
	if err == nil && (m.Role != Lead || !m.Ended.IsZero() || !v.Is(Admin) && !slices.Contains(whole, m.place())) {
		err = notFound()
	}
	if err != nil {
		return Leader{}, err
	}
	return leader(rx, v, m)
}

// TeamsToLead returns the teams of the agency of a Leader.
func (l Leader) TeamsToLead(rx store.Rx, lang i18n.Lang) ([]Team, error) {
	return Teams(rx, OrganisationScope{l.Organisation.ID, l.Board.ID, Whole}, lang)
}

// SetPart has a lead answer for the whole agency or for teams of it, with all that
// lie below these. No team, or another agency's, is Invalid with the field "teams";
// one's own part is problem.Conflict; otherwise refusals are those of LeaderToSet.
func (d *Directory) SetPart(ctx context.Context, v Viewer, membership string, whole bool, teams []string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		l, err := LeaderToSet(tx.Rx, v, membership)
		if err != nil {
			return err
		}
		if l.Own {
			return problem.New(problem.Conflict, "people.part.self")
		}
		slices.Sort(teams)
		teams = slices.Compact(teams)
		if whole {
			teams = nil
		}
		there, err := l.TeamsToLead(tx.Rx, i18n.EN)
		if err != nil {
			return err
		}
		for _, id := range teams {
			if !slices.ContainsFunc(there, func(t Team) bool { return t.ID == id }) {
				return problem.InvalidField("teams", "people.team.unknown")
			}
		}
		if !whole && len(teams) == 0 {
			return problem.InvalidField("teams", "people.part.none")
		}
		if whole {
			err = keepWhole(tx, membership)
		} else {
			err = keepPart(tx, membership, teams)
		}
		if err != nil {
			return err
		}
		led := slices.DeleteFunc(there, func(t Team) bool { return !slices.Contains(teams, t.ID) })
		return audit.Record(tx, "people.part_set", "person:"+l.PersonID, map[string]any{"membership": membership,
			"before": map[string]any{"whole": l.Leads == Whole, "teams": namesOf(l.Teams)}, "after": map[string]any{"whole": whole, "teams": namesOf(led)}})
	})
}

// namesOf is what the record keeps of teams.
func namesOf(teams []Team) (names []string) {
	for _, t := range teams {
		name := t.Name.EN
		if t.Name.CY != name {
			name += " / " + t.Name.CY
		}
		names = append(names, name)
	}
	return names
}

// keepWhole has a lead answer for everybody of the agency.
func keepWhole(tx store.Tx, membership string) error {
	if err := tx.Exec("UPDATE people_memberships SET leads_part = 0 WHERE id = ?", membership).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM people_led_teams WHERE membership_id = ?", membership).Error
}

// keepPart has a lead answer for teams alone.
func keepPart(tx store.Tx, membership string, teams []string) error {
	if err := tx.Exec("UPDATE people_memberships SET leads_part = 1 WHERE id = ?", membership).Error; err != nil {
		return err
	}
	if err := tx.Exec("DELETE FROM people_led_teams WHERE membership_id = ?", membership).Error; err != nil {
		return err
	}
	for _, team := range teams {
		if err := tx.Exec("INSERT INTO people_led_teams (membership_id, team_id) VALUES (?, ?)", membership, team).Error; err != nil {
			return err
		}
	}
	return nil
}
