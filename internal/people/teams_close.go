package people

import (
	"context"
	"slices"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// CloseTeam closes a team: its people, and the teams within it, go to the one it
// lies in. Another's team, and one that is closed, is problem.NotFound; one that
// somebody was set to lead, with which the viewer's own part begins, or of which a rule
// asks something, Conflict.
func (d *Directory) CloseTeam(ctx context.Context, v Viewer, s OrganisationScope, id string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error { return closeTeam(tx, s, id) })
}

func closeTeam(tx store.Tx, s OrganisationScope, id string) error {
	teams, err := allTeams(tx.Rx, s, i18n.EN, inTeam)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(teams, func(t Team) bool { return t.ID == id && s.holds(id) })
	if i < 0 {
		return notFound()
	}
	if err := mayClose(tx.Rx, s, teams[i]); err != nil {
		return err
	}
	parent := orNull(teams[i].Parent)
	for _, err := range []error{
		tx.Exec("UPDATE people_positions SET team_id = ? WHERE team_id = ?", parent, id).Error,
		tx.Exec("UPDATE people_invitations SET team_id = ? WHERE team_id = ?", parent, id).Error,
		tx.Exec("UPDATE people_teams SET parent_id = ? WHERE parent_id = ? AND closed_at IS NULL", parent, id).Error,
		tx.Exec("UPDATE people_teams SET closed_at = ? WHERE id = ?", tx.Now, id).Error,
	} {
		if err != nil {
			return err
		}
	}
	return audit.Record(tx, "people.team_closed", "team:"+id, map[string]any{
		"name": teams[i].Name, "parent": teams[i].Parent, "people": teams[i].People})
}

// mayClose refuses to close a team with which a part begins: whoever leads it would
// lead nobody, or its people would leave what the viewer leads; and one of which
// something is asked, since that would end with it unseen.
func mayClose(rx store.Rx, s OrganisationScope, t Team) error {
	var led int
	err := rx.Raw(`SELECT count(*) FROM people_led_teams l JOIN people_memberships m ON m.id = l.membership_id
		WHERE l.team_id = ? AND m.ended_at IS NULL`, t.ID).Scan(&led).Error
	if err == nil && (led > 0 || !s.holds(t.Parent)) {
		return problem.New(problem.Conflict, "people.team.led")
	}
	var asked int
	if err == nil {
		err = rx.Raw("SELECT count(*) FROM asking WHERE team_id = ?", t.ID).Scan(&asked).Error
	}
	if err == nil && asked > 0 {
		return problem.New(problem.Conflict, "people.team.asked", "Count", asked)
	}
	return store.Explain(err)
}

// TeamsWithin returns the ids of a team of the agency and of all below it; none
// for another's.
func TeamsWithin(rx store.Rx, s OrganisationScope, id string) (ids []any, err error) {
	teams, err := Teams(rx, s, i18n.EN)
	in := map[string]bool{}
	for _, t := range teams { // each stands before those within it
		if t.ID == id || in[t.Parent] {
			in[t.ID] = true
			ids = append(ids, t.ID)
		}
	}
	return ids, err
}
