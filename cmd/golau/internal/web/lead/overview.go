package lead

import (
	"net/http"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
)

func (r *Room) overviewRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead", web.Lead, r.overview),
		web.Get("/lead/figures", web.Lead, r.exportOverview),
	}
}

type overviewPage struct {
	web.Frame
	Place    people.Place
	Places   []web.Option
	Course   string // its title
	Today    string // in words
	First    []firstLine
	O        course.Standings
	Statuses []due.Status
	Rows     []standRow
	All      standRow
	Chart    allChart
	ByTeam   teamChart
	Sheet    string // its address
	Workbook string // that of the workbook
}

// firstLine is something that waits for the lead's eye, and where it is listed.
type firstLine struct {
	Key  string // lead.overview.first.<key>, and .<key>_do of the link
	N    int
	Late bool
	More string // in words, "" for none
	To   string
	By   string // the day of what is due, in words
}

// standRow is a row of the table: a team, or all of them.
type standRow struct {
	course.TeamTally
	Name, Parent string
	To           string // its people
	Cells        []standCell
}

type standCell struct {
	N  int
	To string // who they are
}

// overview shows what needs doing first, and where the people of an agency stand.
func (r *Room) overview(c *web.Context, v people.Viewer) error {
	p, scope, err := r.overviewOf(c, v)
	if err != nil {
		return err
	}
	p.Title, p.Current = c.T("lead.overview.menu"), "lead"
	now := r.DB.Read(c.Request().Context()).Now()
	p.Today = i18n.Date(c.Lang, now.Time)
	if err := r.first(c, p, scope, now.Time); err != nil {
		return err
	}
	p.Chart, p.ByTeam = chartOf(p.O.All), chartTeams(p.Rows)
	return c.Show(http.StatusOK, "lead/overview", p)
}

// overviewOf counts the agency that is asked for, as the page and the sheet say it.
func (r *Room) overviewOf(c *web.Context, v people.Viewer) (*overviewPage, people.OrganisationScope, error) {
	place, scope, err := v.LedAt(c.QueryParam("at"))
	if err != nil {
		return nil, scope, err
	}
	of := r.School.Courses()[0]
	p := &overviewPage{Place: place, Course: of.Title.In(c.Lang), Statuses: due.Statuses, Sheet: "/lead/figures", Workbook: "/lead/figures?format=xlsx"}
	at, all := places(c, v, place)
	if p.Places = all; at != "" {
		p.Sheet = withQuery("/lead/figures", [][2]string{{"at", at}}, "")
		p.Workbook = withQuery("/lead/figures", [][2]string{{"at", at}, {"format", "xlsx"}}, "")
	}
	if p.O, err = r.School.Standings(c.Request().Context(), scope, of.Slug, c.Lang); err != nil {
		return nil, scope, err
	}
	names := map[string]string{}
	for _, t := range p.O.Teams {
		if names[t.ID] = t.Name.In(c.Lang); t.ID == course.NoTeam {
			names[t.ID] = c.T("lead.people.no_team")
		}
		p.Rows = append(p.Rows, standsAt(at, t, names[t.ID], names[t.Parent]))
	}
	p.All = standsAt(at, course.TeamTally{Tally: p.O.All}, c.T("lead.overview.everybody"), "")
	return p, scope, nil
}

// standsAt is the row of a team, each number leading to those whom it counts.
func standsAt(at string, t course.TeamTally, name, parent string) standRow {
	row := standRow{TeamTally: t, Name: name, Parent: parent, To: ask(at, course.RosterFilter{Team: t.ID}, "")}
	for _, s := range due.Statuses {
		row.Cells = append(row.Cells, standCell{t.Tally[s], ask(at, course.RosterFilter{Team: t.ID, Status: s}, "")})
	}
	return row
}

// exportOverview sends the table of the page as a sheet. It names nobody.
func (r *Room) exportOverview(c *web.Context, v people.Viewer) error {
	kind, err := web.SheetKind(c.QueryParam("format"))
	if err != nil {
		return err
	}
	p, _, err := r.overviewOf(c, v)
	if err != nil {
		return err
	}
	heading, counts := []string{c.T("lead.team"), c.T("lead.teams.parent"), c.T("lead.teams.people")}, []int{2}
	for _, s := range p.Statuses {
		counts = append(counts, len(heading))
		heading = append(heading, c.T("status."+string(s)))
	}
	return c.List("golau-overview", kind, heading, func(put func([]string) error) error {
		for _, row := range append(p.Rows, p.All) {
			cells := []string{row.Name, row.Parent, strconv.Itoa(row.Total())}
			for _, n := range row.Cells {
				cells = append(cells, strconv.Itoa(n.N))
			}
			if err := put(cells); err != nil {
				return err
			}
		}
		return nil
	}, counts...)
}
