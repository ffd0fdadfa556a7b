package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sheet"
	"golau/internal/store"
)

// Feed is an agency under a board as the machine's own commands name it. It asks no
// viewer: whoever works on the machine can do more than that.
type Feed struct {
	Scope OrganisationScope
	By    string // in whose name its invitations go: its lead, else an administrator
}

// FeedOf returns the agency with the key under the board with the key, which may be
// left out where the agency works under one. What there is not is Invalid with the
// fields agency or board, and so is an agency that is retired, and one for which
// nobody could invite.
func FeedOf(rx store.Rx, agency, board string) (f Feed, err error) {
	var places []struct{ OrganisationID, BoardID, Key string }
	err = rx.Raw(`SELECT ob.organisation_id, ob.board_id, b.key FROM people_organisation_boards ob JOIN people_organisations o ON o.id = ob.organisation_id
		JOIN people_boards b ON b.id = ob.board_id WHERE o.key = ? AND o.retired_at IS NULL AND ob.unlinked_at IS NULL AND (? = '' OR b.key = ?)`, agency, board, board).Scan(&places).Error
	switch {
	case err != nil:
		return f, store.Explain(err)
	case len(places) == 0:
		return f, problem.InvalidField("agency", "people.import.machine.agency")
	case len(places) > 1:
		return f, problem.InvalidField("board", "people.import.machine.board")
	}
	f.Scope = OrganisationScope{places[0].OrganisationID, places[0].BoardID, Whole}
	err = rx.Raw(`SELECT person_id FROM people_memberships WHERE ended_at IS NULL AND (role = 'lead' AND organisation_id = ? AND board_id = ? OR role = 'admin')
		ORDER BY role = 'admin', started_at, id LIMIT 1`, f.Scope.Organisation(), f.Scope.Board()).Scan(&f.By).Error
	if err == nil && f.By == "" {
		err = problem.InvalidField("agency", "people.import.machine.nobody")
	}
	return f, err
}

// Fed is what came of a list that a machine brought in.
type Fed struct {
	Plan    ImportPlan
	Begun   bool // it was carried out, as far as was wanted
	Counts  []ImportCount
	Alone   []ImportLeft
	Started Import
}

// Feed carries a list out in one go, as far as the choice wants and if nothing of it
// must be put right; with look, it says what it would do. door is cli or worker.
func (d *Directory) Feed(ctx context.Context, f Feed, door string, words *i18n.Catalogue, l i18n.Lang, data []byte, c ImportChoice, look bool) (fed Fed, err error) {
	table, err := d.ReadImport(ctx, data)
	if err != nil {
		return fed, err
	}
	if fed.Plan, err = PlanImport(d.db.Read(ctx), f.Scope, words, l, table); err != nil || look || !fed.Plan.Fits() {
		return fed, err
	}
	steps, err := fed.Plan.chosen(c, Today(d.db.Read(ctx)))
	if problem.KindOf(err) == problem.Invalid && len(steps) == 0 && !(c.Left && len(fed.Plan.gone) > 0) {
		return fed, nil // nothing to do is no fault of a machine
	}
	if err != nil {
		return fed, err
	}
	id, err := d.KeepImport(ctx, store.Actor{Via: door}, f.By, f.Scope, l, table)
	if err != nil {
		return fed, err
	}
	one := func() error {
		is, err := imports(d.db.Read(ctx), " WHERE id = ?", id)
		if err == nil && len(is) == 1 {
			fed.Started = is[0]
		}
		return err
	}
	if err := one(); err != nil {
		return fed, err
	}
	c.Print = fed.Plan.Print
	if err := d.BeginImport(ctx, fed.Started, words, l, c); err != nil {
		return fed, err
	}
	if err := d.WorkImports(ctx); err != nil {
		return fed, err
	}
	fed.Begun = true
	if err := one(); err != nil {
		return fed, err
	}
	fed.Counts, fed.Alone, err = ImportOutcome(d.db.Read(ctx), fed.Started)
	return fed, err
}

// List calls put for the heading and for everybody who works in an agency, as a list
// that can be brought in again, and has it recorded that it was taken out.
func (d *Directory) List(ctx context.Context, f Feed, words *i18n.Catalogue, l i18n.Lang, put func([]string) error) error {
	err := d.db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		return audit.Record(tx, "people.list_exported", "organisation:"+f.Scope.Organisation(), map[string]any{"board": f.Scope.Board()})
	})
	if err != nil {
		return err
	}
	now, err := whoIsThere(d.db.Read(ctx), f.Scope, l)
	if err != nil {
		return err
	}
	heads := make([]string, len(ImportColumns))
	for i, c := range ImportColumns {
		heads[i] = words.T(l, c.Key)
	}
	if err := put(append(heads, words.T(l, "lead.people.suspended"))); err != nil {
		return err
	}
	for _, o := range now.all {
		manager := ""
		if boss := now.byID[o.place.Manager]; boss != nil {
			manager = boss.email
		}
		says := map[Column]string{ColumnName: o.name, ColumnEmail: o.email, ColumnJob: words.T(l, jobWords+"."+string(o.place.JobRole)), ColumnTeam: now.teams.path(o.place.Team, l),
			ColumnGroup: string(o.place.Group), ColumnSince: o.place.WorksSince, ColumnNumber: o.place.StaffNumber, ColumnManager: manager,
			ColumnLang: words.T(l, languageWords+"."+string(o.language))}
		row := make([]string, len(ImportColumns))
		for i, c := range ImportColumns {
			row[i] = says[c.Column]
		}
		suspended := ""
		if o.suspended {
			suspended = words.T(l, "lead.sheet.yes")
		}
		if err := put(append(row, suspended)); err != nil {
			return err
		}
	}
	return nil
}

// KindOf is the kind of list that a file's name asks for.
func KindOf(name string) sheet.Kind {
	if n := len(name); n > 5 && name[n-5:] == ".xlsx" {
		return sheet.XLSX
	}
	return sheet.CSV
}
