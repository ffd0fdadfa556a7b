package admin

import (
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
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
	Area             people.Council // as it is kept
	F                people.CouncilForm
	Day, Month, Year string
	Old              bool
	History          []numbersEdition
}

// councilForm reads the form; "checked today" fills in the day.
func councilForm(c *web.Context, today string) people.CouncilForm {
	f := people.CouncilForm{DayNumber: c.Field("day_number"), OutOfHoursNumber: c.Field("out_of_hours_number"),
		CheckedOn: isoDay(c.Field("checked_year"), c.Field("checked_month"), c.Field("checked_day")), Website: c.Field("website")}
	if c.Field("go") == "today" {
		f.CheckedOn = today
	}
	return f
}

// isoDay joins what was typed: 2026, 1 and 9 are 2026-01-09. What is no date
// stays wrong, for the verb to say so.
func isoDay(year, month, day string) string {
	year, month, day = strings.TrimSpace(year), strings.TrimSpace(month), strings.TrimSpace(day)
	if year+month+day == "" {
		return ""
	}
	pad := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	return year + "-" + pad(month) + "-" + pad(day)
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
	p.Day, p.Month, p.Year = c.Field("checked_day"), c.Field("checked_month"), c.Field("checked_year")
	if d := strings.Split(f.CheckedOn, "-"); err == nil && len(d) == 3 {
		p.Year, p.Month, p.Day = d[0], strings.TrimPrefix(d[1], "0"), strings.TrimPrefix(d[2], "0")
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
