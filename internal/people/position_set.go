package people

import (
	"context"
	"slices"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// PositionForm is what a lead says of somebody's position.
type PositionForm struct {
	JobRole     JobRole
	Team        string
	Group       Group
	WorksSince  string // day (2026-11-21)
	StaffNumber string
	Manager     string // e-mail address of somebody of the same agency
	Version     string // of the position as it was seen; "" = whichever it is
}

// earliest is a day before which nobody who works began or stopped to.
const earliest = "1930-01-01"

// clean returns the form as it will be stored, with the position of the manager.
// The problem is Invalid, with the fields job_role, team, group, works_since,
// staff_number, manager.
func (f PositionForm) clean(rx store.Rx, s OrganisationScope, p Position, by string) (PositionForm, string, error) {
	all := faults{}
	all.note(checkJobRole(f.JobRole))
	teams, err := Teams(rx, s, i18n.EN)
	if err != nil {
		return f, "", err
	}
	if f.Team == "" && !s.IsWhole() || f.Team != "" && !slices.ContainsFunc(teams, func(t Team) bool { return t.ID == f.Team }) {
		all.at("team", "people.team.unknown")
	}
	if f.Group != "" && !slices.Contains(Groups, f.Group) {
		all.at("group", "people.position.group")
	}
	if f.WorksSince = strings.TrimSpace(f.WorksSince); f.WorksSince != "" {
		day, ok := i18n.ParseDay(f.WorksSince)
		if f.WorksSince = day; !ok || day < earliest || day > Today(rx) {
			all.at("works_since", "people.position.works_since")
		}
	}
	var fits bool
	if f.StaffNumber, fits = cleanStaffNumber(f.StaffNumber); !fits {
		all.at("staff_number", "people.position.staff_number")
	} else if err := numberFree(rx, s, p, f.StaffNumber); problem.KindOf(err) == problem.Invalid {
		all.note(err)
	} else if err != nil {
		return f, "", err
	}
	manager, err := managerIn(rx, s, p, f.Manager, by)
	all.note(err)
	if _, ok := problem.As(err); err != nil && !ok {
		return f, "", err
	}
	return f, manager, all.err()
}

// managerIn returns the position of the manager with the address, "" for no
// address. The problem is Invalid with the field manager: somebody who does not
// work there, themselves, or whoever they manage. Whoever leads a part names
// somebody of it, and not themselves: they would see whom that person manages
// elsewhere. A manager from elsewhere stays where they name none.
func managerIn(rx store.Rx, s OrganisationScope, p Position, email, by string) (string, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	within, args := s.Within("q")
	if email == "" {
		var elsewhere string
		err := rx.Raw("SELECT q.id FROM people_positions q WHERE q.id = ? AND NOT ("+within+" AND q.team_id IS NOT NULL)",
			append([]any{p.Manager}, args...)...).Scan(&elsewhere).Error
		if s.IsWhole() {
			elsewhere = ""
		}
		return elsewhere, store.Explain(err)
	}
	var m Position
	err := rx.Raw(selectPosition+" AND n.email_key = ? AND q.left_at IS NULL AND "+within,
		append([]any{s.Organisation(), s.Board(), email}, args...)...).Scan(&m).Error
	switch {
	case err != nil:
		return "", store.Explain(err)
	case m.ID == "":
		return "", problem.InvalidField("manager", "people.position.manager_unknown")
	case m.Person == by && !s.IsWhole():
		return "", problem.InvalidField("manager", "people.position.manager_own")
	}
	var circle int // also by people of another part; who was erased manages nobody
	err = rx.Raw(`WITH RECURSIVE up (id) AS (SELECT ? UNION SELECT q.manager_id FROM people_positions q JOIN up ON q.id = up.id WHERE q.manager_id IS NOT NULL)
		SELECT count(*) FROM up WHERE id = ?`, m.ID, p.ID).Scan(&circle).Error
	if err == nil && circle > 0 {
		err = problem.InvalidField("manager", "people.position.manager_circle")
	}
	return m.ID, store.Explain(err)
}

// SetPosition changes what a position says. Another agency's is problem.NotFound,
// and so is one that was left; one that was changed since it was seen is Conflict
// (people.position.other_version); problems of the form are those of clean.
func (d *Directory) SetPosition(ctx context.Context, v Viewer, s OrganisationScope, id string, f PositionForm) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		return SetPositionIn(tx, s, id, f)
	})
}

// SetPositionIn is SetPosition within a transaction that somebody has opened
// already.
func SetPositionIn(tx store.Tx, s OrganisationScope, id string, f PositionForm) error {
	p, err := runningIn(tx.Rx, s, id)
	if err != nil {
		return err
	}
	if f.Version != "" && f.Version != p.Version() {
		return problem.New(problem.Conflict, "people.position.other_version")
	}
	f, manager, err := f.clean(tx.Rx, s, p, tx.By.Person)
	if err != nil {
		return err
	}
	after := p
	after.JobRole, after.Team, after.Group, after.WorksSince, after.StaffNumber, after.Manager =
		f.JobRole, f.Team, f.Group, f.WorksSince, f.StaffNumber, manager
	return keepPosition(tx, p, after)
}

// keepPosition writes down what a position says now, if that is something else.
func keepPosition(tx store.Tx, p, after Position) error {
	if after == p {
		return nil
	}
	err := tx.Exec(`UPDATE people_positions SET job_role = ?, team_id = ?, training_group = ?, works_since = ?, staff_number = ?, manager_id = ?
		WHERE id = ?`, after.JobRole, orNull(after.Team), after.Group, after.WorksSince, after.StaffNumber, orNull(after.Manager), p.ID).Error
	if err != nil {
		return err
	}
	if err := arrange(tx, p.Person); err != nil {
		return err
	}
	return audit.Record(tx, "people.position_changed", "person:"+p.Person, map[string]any{"position": p.ID,
		"before": p.detail(), "after": after.detail()})
}

// detail is what the record keeps of a position.
func (p Position) detail() map[string]any {
	return map[string]any{"job_role": p.JobRole, "team": p.Team, "group": p.Group, "works_since": p.WorksSince,
		"staff_number": p.StaffNumber, "manager": p.Manager}
}
