package lead

import (
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/sheet"
)

func (r *Room) importRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/import", web.Lead, r.imports),
		web.Post("/lead/import", web.Lead, r.bringIn).Upload(sheet.MaxBytes),
		web.Get("/lead/import/:import", web.Lead, r.oneImport),
		web.Post("/lead/import/:import", web.Lead, r.carryOut),
		web.Post("/lead/import/:import/marked", web.Lead, r.markedImport),
		web.Post("/lead/import/:import/undo", web.Lead, r.undoImport),
	}
}

type importsPage struct {
	web.Frame
	web.FormErrors
	Place   people.Place
	Places  web.Input // where the viewer leads several
	Columns []columnLine
	Waits   string // id of the list that waits for their word; "" = none
	Earlier []people.Import
}

// columnLine is one column as the page explains it.
type columnLine struct {
	Name, Other, Says string
	Required          bool
}

// imports shows how a list is brought in, and the lists that were; to whoever leads
// parts alone, who brings them in.
func (r *Room) imports(c *web.Context, v people.Viewer) error {
	if len(v.LedWhole()) == 0 {
		p := &importsPage{}
		p.Title, p.Current = c.T("lead.import.title"), "lead"
		return c.Show(http.StatusOK, "lead/imports-part", p)
	}
	return r.showImports(c, v, c.QueryParam("at"), nil)
}

func (r *Room) showImports(c *web.Context, v people.Viewer, at string, wrong error) error {
	place, scope, err := v.LedWholeAt(at)
	if err != nil {
		return err
	}
	p := &importsPage{Place: place, Columns: columnLines(c)}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "file"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.import.title"), "lead", "/lead/import"
	p.Call(func(string) string { return c.T("lead.import.file") })
	if led := v.LedWhole(); len(led) > 1 {
		p.Places = web.Input{Name: "at", Label: c.T("lead.people.agency")}
		for _, l := range led {
			p.Places.Options = append(p.Places.Options, web.Option{Value: l.Key(), Label: l.Organisation.Name.In(c.Lang) + " – " + l.Board.Name.In(c.Lang), Chosen: l == place})
		}
	}
	rx := r.DB.Read(c.Request().Context())
	if p.Waits, err = people.ImportWaiting(rx, v, scope); err != nil {
		return err
	}
	if p.Earlier, err = people.ImportsOf(rx, scope); err != nil {
		return err
	}
	return c.Show(status, "lead/imports", p)
}

// State is the message of how far a list is.
func (importsPage) State(i people.Import) string {
	switch {
	case i.Done.IsZero():
		return "lead.import.state.running"
	case i.Undo.IsZero():
		return "lead.import.state.done"
	case i.Undone.IsZero():
		return "lead.import.state.undoing"
	}
	return "lead.import.state.undone"
}

func columnLines(c *web.Context) (all []columnLine) {
	var jobs []string
	for _, j := range people.JobRoles {
		jobs = append(jobs, c.T("people.job_role."+string(j)))
	}
	for _, i := range people.ImportColumns {
		all = append(all, columnLine{Name: c.T(i.Key), Other: c.Site.Words.T(c.Lang.Other(), i.Key),
			Says: c.T("lead.import.says."+string(i.Column), "Jobs", strings.Join(jobs, " · ")), Required: i.Required})
	}
	return all
}

// bringIn reads a list, keeps it, and leads to what it would do.
func (r *Room) bringIn(c *web.Context, v people.Viewer) error {
	ctx, at := c.Request().Context(), c.Field("at")
	_, scope, err := v.LedWholeAt(at)
	if err != nil {
		return err
	}
	file, err := c.Uploaded()
	if err != nil {
		return r.showImports(c, v, at, err)
	}
	table, err := r.People.ReadImport(ctx, file)
	if err != nil {
		return r.showImports(c, v, at, err)
	}
	id, err := r.People.KeepImport(ctx, c.Actor(), v.Person, scope, c.Lang, table)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, c.Local("/lead/import/"+id))
}
