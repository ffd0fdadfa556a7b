package people

import (
	"context"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// ImportChoice is what somebody wants of a plan that they saw.
type ImportChoice struct {
	Print  string // of the plan
	Invite bool   // those who are new
	Left   bool   // record those who are missing as leavers
	LeftOn string // their last day
}

// BeginImport has a list carried out as it was seen. The steps themselves are done
// beside the pages, see WorkImports. A plan that is another by now is
// problem.Conflict, and nothing was begun; a last day that is none is Invalid with
// the field left_on; a choice of nothing, and invitations to an agency that is
// retired, Invalid with the field invite.
func (d *Directory) BeginImport(ctx context.Context, i Import, words *i18n.Catalogue, l i18n.Lang, c ImportChoice) error {
	rx := d.db.Read(ctx)
	p, _, err := d.ImportPlan(rx, i, words, l)
	switch {
	case err != nil:
		return err
	case p.Print != c.Print || !p.Fits():
		return problem.New(problem.Conflict, "people.import.stale")
	}
	steps, err := p.chosen(c, Today(rx))
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for _, s := range steps {
		counts[s.Verb]++
	}
	if err := stillInvites(rx, i, counts[stepInvite]); err != nil {
		return err
	}
	plan, err := pack(steps)
	if err != nil {
		return err
	}
	err = d.db.Write(ctx, i.actor(), func(_ context.Context, tx store.Tx) error {
		r := tx.Exec("UPDATE people_imports SET begun_at = ?, content = x'', plan = ?, steps = ?, uninvited = ?, stayed = ? WHERE id = ? AND begun_at IS NULL",
			tx.Now, plan, len(steps), len(p.New)-counts[stepInvite], len(p.Missing)+len(p.Staying)-counts[stepLeft], i.ID)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected != 1 {
			return problem.New(problem.Conflict, "people.import.stale")
		}
		return audit.Record(tx, "people.import_begun", "organisation:"+i.organisation, map[string]any{"board": i.board, "invited": counts[stepInvite],
			"changed": counts[stepChange] + counts[stepWaiting], "leavers": counts[stepLeft], "teams": counts[stepTeam]})
	})
	if err == nil {
		d.callImports()
	}
	return err
}

// stillInvites refuses to invite anybody to an agency that is retired.
func stillInvites(rx store.Rx, i Import, n int) error {
	o, err := OrganisationByID(rx, i.organisation)
	if err == nil && n > 0 && o.Retired {
		err = problem.InvalidField("invite", "people.import.retired")
	}
	return err
}

// chosen are the steps that somebody wants, teams first.
func (p ImportPlan) chosen(c ImportChoice, today string) (steps []importStep, err error) {
	wanted := map[string]bool{}
	for _, s := range p.steps {
		if s.Verb != stepTeam && (s.Verb != stepInvite || c.Invite) {
			steps = append(steps, s)
			wanted[s.After.Team] = true
		}
	}
	if c.Left && len(p.gone) > 0 {
		on, ok := i18n.ParseDay(c.LeftOn)
		if !ok || on > today || on < earliest {
			return nil, problem.InvalidField("left_on", "people.position.left_on")
		}
		if err := p.leftBefore(on); err != nil {
			return nil, err
		}
		for _, s := range p.gone {
			s.On = on
			steps = append(steps, s)
		}
	}
	var teams []importStep // each stands before those within it, so they are looked through from the end
	for n := len(p.steps) - 1; n >= 0; n-- {
		if s := p.steps[n]; s.Verb == stepTeam && wanted[s.Subject] {
			wanted[s.After.Team] = true
			teams = append([]importStep{s}, teams...)
		}
	}
	if steps = append(teams, steps...); len(steps) == 0 {
		return nil, problem.InvalidField("invite", "people.import.nothing")
	}
	return steps, nil
}

// callImports says that there is something to do.
func (d *Directory) callImports() {
	select {
	case d.called <- struct{}{}:
	default:
	}
}

// ImportsBegun says when there is something for WorkImports.
func (d *Directory) ImportsBegun() <-chan struct{} { return d.called }

// isNew says whether a team is yet to be made.
func isNew(team string) bool { return strings.HasPrefix(team, newTeam) }
