package admin

import (
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

func (r *Room) councilRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/councils", web.Admin, r.councils),
		web.Get("/admin/councils/:council", web.Admin, r.council),
		web.Post("/admin/councils/:council", web.Admin, r.changeCouncil),
	}
}

// Table is a table of councils: its caption is admin.councils.<id>, and At is
// what stands before a council's key in its link.
type Table struct {
	ID, At string
	Lines  []people.CouncilLine
}

// Table returns a table of councils for its template.
func (f Form) Table(id string, lines []people.CouncilLine, at string) Table {
	return Table{id, at, lines}
}

type councilsPage struct {
	Form
	Ours, Others []people.CouncilLine
	Retired      []people.Council
}

// councils lists the councils with their numbers, those of agencies first.
func (r *Room) councils(c *web.Context, _ people.Viewer) error {
	p := &councilsPage{Form: form(c, "councils", c.T("admin.councils.title"))}
	rx := r.DB.Read(c.Request().Context())
	var err error
	if p.Ours, p.Others, err = people.CouncilLines(rx, c.Lang); err != nil {
		return err
	}
	if p.Retired, err = people.RetiredCouncils(rx, c.Lang); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "admin/councils", p)
}

type councilPage struct {
	Form
	Area    people.Council // as it is kept
	F       people.CouncilForm
	Old     bool
	History []numbersEdition
}

// councilForm reads the form; "checked today" fills in the day.
func councilForm(c *web.Context, today string) people.CouncilForm {
	f := people.CouncilForm{DayNumber: c.Field("day_number"), OutOfHoursNumber: c.Field("out_of_hours_number"),
		CheckedOn: typedDay(c, "checked_on"), Website: c.Field("website")}
	if c.Field("go") == "today" {
		f.CheckedOn = today
	}
	return f
}

// typedDay is the day in a field as it is kept. What is no day stays as it was
// typed, for the verb to say so.
func typedDay(c *web.Context, field string) string {
	typed := c.Field(field)
	if iso, ok := i18n.ParseDay(typed); ok {
		return iso
	}
	return strings.TrimSpace(typed)
}

func (r *Room) showCouncil(c *web.Context, area people.Council, f people.CouncilForm, err error) error {
	p := &councilPage{Form: form(c, "councils", c.T("admin.councils.edit_title")), Area: area, F: f}
	if err := p.take(c, err, "council", "day_number", "out_of_hours_number", "website", "checked_on"); err != nil {
		return err
	}
	rx := r.DB.Read(c.Request().Context())
	p.Old = area.Old(people.Today(rx))
	var unread error
	if p.History, unread = numbersHistory(rx, area.Key); unread != nil {
		return unread
	}
	p.sent("council", "/admin/councils/"+area.Key)
	return r.showForm(c, "admin/council", &p.Form, p)
}

// council shows one council's numbers, to be checked.
func (r *Room) council(c *web.Context, _ people.Viewer) error {
	a, err := people.CouncilByKey(r.DB.Read(c.Request().Context()), c.Param("council"))
	if err != nil {
		return err
	}
	return r.showCouncil(c, a, people.CouncilForm{DayNumber: a.DayNumber, OutOfHoursNumber: a.OutOfHoursNumber,
		CheckedOn: a.CheckedOn, Website: a.Website}, nil)
}

// changeCouncil keeps a council's numbers.
func (r *Room) changeCouncil(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	rx := r.DB.Read(ctx)
	a, err := people.CouncilByKey(rx, c.Param("council"))
	if err != nil {
		return err
	}
	f := councilForm(c, people.Today(rx))
	if c.Switching() {
		return r.showCouncil(c, a, f, nil)
	}
	if err := r.People.ChangeCouncil(ctx, v, a.Key, f); err != nil {
		return r.showCouncil(c, a, f, err)
	}
	return r.done(c, "/admin/councils/"+a.Key+"?done=council_changed")
}
