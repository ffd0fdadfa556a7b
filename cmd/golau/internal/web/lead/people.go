package lead

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

func (r *Room) peopleRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/people", web.Lead, r.people),
		web.Post("/lead/people/export", web.Lead, r.exportPeople),
	}
}

type peoplePage struct {
	web.Frame
	Done          string
	Place         people.Place
	Places        []web.Option
	Course        string // its title
	Modules       int    // of the course
	F             course.RosterFilter
	Words         web.Input
	Choices       []web.Input
	Narrow        []web.Input // choices that are seldom made
	Narrowed      bool
	Roster        course.Roster
	Counts        []count
	All           int
	Teams         map[string]people.Team
	Before, After string      // addresses of the pages beside this one
	Asked         [][2]string // the same as fields, for the sheet
	Filtered      bool
	ByRule        *byRule
	Everybody     string // address of the list without a filter
	Nudge         string // address of the page that nudges these people
	MoreTime      string // and of the one that gives them more time
	SameTo        string // and of that of who are one person
	MakeRule      string // address of the form of a rule for people like these; "" where a rule cannot say it
	Suspended     map[string]bool
	Same          map[string]bool // who are perhaps here twice
}

// count is how many have a status, and where they are listed.
type count struct {
	Status due.Status
	N      int
	To     string
}

// filter reads what is asked of a list of people; whoever left is asked for by no
// status.
func filter(q url.Values) course.RosterFilter {
	f := course.RosterFilter{Words: q.Get("q"), Team: q.Get("team"), Job: people.JobRole(q.Get("job")),
		Group: people.Group(q.Get("group")), Status: due.Status(q.Get("status")), Left: q.Get("status") == left, Rule: q.Get("rule")}
	if f.Week = q.Get("status") == week; f.Left || f.Week {
		f.Status = ""
	}
	return f
}

// left asks for those who left, where a status could be asked for.
const left = "left"

// week asks for those of whom something is due within a week, likewise.
const week = "week"

// fields are what a form of a list at a place is filled in with, without what is
// empty.
func fields(at string, f course.RosterFilter) (all [][2]string) {
	status := string(f.Status)
	switch {
	case f.Left:
		status = left
	case f.Week:
		status = week
	}
	for _, v := range [][2]string{{"at", at}, {"q", f.Words}, {"team", f.Team}, {"job", string(f.Job)}, {"group", string(f.Group)}, {"status", status}, {"rule", f.Rule}} {
		if v[1] != "" {
			all = append(all, v)
		}
	}
	return all
}

// ask is the address of a page of a list with a filter at a place.
func ask(at string, f course.RosterFilter, page string) string {
	values := url.Values{}
	for _, v := range fields(at, f) {
		values.Set(v[0], v[1])
	}
	if page != "" {
		values.Set("page", page)
	}
	if len(values) == 0 {
		return "/lead/people"
	}
	return "/lead/people?" + values.Encode()
}

// people lists who works in an agency, and how far each has come.
func (r *Room) people(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	rx := r.DB.Read(ctx)
	place, scope, err := v.LedAt(c.QueryParam("at"))
	if err != nil {
		return err
	}
	of := r.School.Courses()[0]
	p := &peoplePage{Place: place, Course: of.Title.In(c.Lang), Modules: len(of.Entries), F: filter(c.QueryParams())}
	p.Title, p.Current = c.T("lead.people.title"), "lead"
	p.FormID, p.FormTo, p.FormGet = "find", "/lead/people", true
	p.Done = done(c)
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	p.Teams = byID(teams)
	if p.Roster, err = r.School.Roster(ctx, scope, of.Slug, p.F, c.Lang, c.QueryParam("page")); err != nil {
		return err
	}
	if err := p.mark(rx, scope); err != nil {
		return err
	}
	p.offer(c, v, teams, scope.IsWhole())
	if p.ByRule, err = r.narrowedBy(c, scope, p.at(), p.F); err != nil {
		return err
	}
	p.lead()
	return c.Show(http.StatusOK, "lead/people", p)
}

// mark notes who is suspended, and who is perhaps there twice.
func (p *peoplePage) mark(rx store.Rx, scope people.OrganisationScope) (err error) {
	if p.Suspended, err = people.SuspendedAmong(rx, scope, p.Roster.IDs()); err != nil {
		return err
	}
	p.Same, err = same(rx, scope, p.Roster.Lines)
	return err
}

func byID(teams []people.Team) map[string]people.Team {
	by := map[string]people.Team{}
	for _, t := range teams {
		by[t.ID] = t
	}
	return by
}

// at is the agency's key, where the viewer leads several.
func (p *peoplePage) at() string {
	if len(p.Places) > 0 {
		return p.Place.Key()
	}
	return ""
}

// lead fills in where the page leads.
func (p *peoplePage) lead() {
	at := p.at()
	for _, s := range due.Statuses {
		f := p.F
		f.Status, f.Week = s, false
		p.Counts = append(p.Counts, count{s, p.Roster.Counts[s], ask(at, f, "")})
		p.All += p.Roster.Counts[s]
	}
	if p.F.Week { // counted beside, they would not be what they lead to
		p.All = 0
	}
	if p.Roster.Before != "" {
		p.Before = ask(at, p.F, p.Roster.Before)
	}
	if p.Roster.After != "" {
		p.After = ask(at, p.F, p.Roster.After)
	}
	p.Asked, p.Everybody = fields(at, p.F), ask(at, course.RosterFilter{}, "")
	p.SameTo = withQuery("/lead/same", [][2]string{{"at", at}}, "")
	p.Nudge = withQuery("/lead/nudge", p.Asked, "")
	p.MoreTime = withQuery("/lead/more-time", p.Asked, "")
	p.Filtered = p.F != (course.RosterFilter{})
	if p.F.Words == "" && p.F.Status == "" && p.F.Rule == "" && !p.F.Left && !p.F.Week && p.F.Team != course.NoTeam {
		p.MakeRule = withQuery("/lead/rules/new", [][2]string{{"at", at}, {"team", p.F.Team}, {"job_role", string(p.F.Job)}, {"group", string(p.F.Group)}}, "")
	}
}

// offer fills in what may be asked for. Whoever is in no team is in no part.
func (p *peoplePage) offer(c *web.Context, v people.Viewer, teams []people.Team, whole bool) {
	if p.Places = ledOptions(c, v, p.Place); len(p.Places) > 0 {
		p.Choices = append(p.Choices, web.Input{Name: "at", Label: c.T("lead.people.agency"), Options: p.Places})
	}
	p.Words = web.Input{Name: "q", Label: c.T("lead.people.words"), Hint: c.T("lead.people.words_hint"), Value: p.F.Words, Kind: "search"}
	team := append([]web.Option{{Label: c.T("lead.people.any_team")}}, teamOptions(c, teams, p.F.Team)...)
	if whole {
		team = append(team, web.Option{Value: course.NoTeam, Label: c.T("lead.people.no_team"), Chosen: p.F.Team == course.NoTeam})
	}
	status := []web.Option{{Label: c.T("lead.people.any_status")}}
	for _, s := range due.Statuses {
		status = append(status, web.Option{Value: string(s), Label: c.T("status." + string(s)), Chosen: s == p.F.Status})
	}
	status = append(status, web.Option{Value: week, Label: c.T("lead.people.week"), Chosen: p.F.Week})
	status = append(status, web.Option{Value: left, Label: c.T("lead.people.left"), Chosen: p.F.Left})
	if len(teams) > 0 {
		p.Choices = append(p.Choices, web.Input{Name: "team", Label: c.T("lead.team"), Options: team})
	}
	p.Choices = append(p.Choices, web.Input{Name: "status", Label: c.T("lead.status"), Options: status})
	p.Narrowed = p.F.Job != "" || p.F.Group != ""
	p.Narrow = []web.Input{
		{Name: "job", Label: c.T("lead.job"), Options: append([]web.Option{{Label: c.T("lead.people.any_job")}}, jobOptions(c, p.F.Job)...)},
		{Name: "group", Label: c.T("lead.group"), Options: append([]web.Option{{Label: c.T("lead.people.any_group")}}, groupOptions(c, p.F.Group)...)},
	}
}

// exportPeople sends everybody whom the same filter wants as a sheet, and has it
// noted that it did.
func (r *Room) exportPeople(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	kind, err := web.SheetKind(c.Field("format"))
	if err != nil {
		return err
	}
	_, scope, err := v.LedAt(c.Field("at"))
	if err != nil {
		return err
	}
	rx := r.DB.Read(ctx)
	teams, err := people.Teams(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	names, f := people.TeamWays(teams, c.Lang), filter(c.Form())
	rest, err := people.RestOf(rx, scope, f.Left)
	if err != nil {
		return err
	}
	if err := r.People.NoteExport(ctx, v, scope); err != nil {
		return err
	}
	of := r.School.Courses()[0]
	return c.List("golau-people", kind, sheetHeading(c), func(put func([]string) error) error {
		return r.School.EachOfRoster(ctx, scope, of.Slug, f, c.Lang, func(l course.RosterLine) error {
			return put(sheetRow(c, names, rest[l.ID], l))
		})
	})
}

func sheetHeading(c *web.Context) []string {
	return []string{c.T("lead.sheet.name"), c.T("lead.sheet.email"), c.T("lead.sheet.staff_number"), c.T("lead.team"), c.T("lead.job"),
		c.T("lead.group"), c.T("lead.works_since"), c.T("lead.manager"), c.T("lead.sheet.language"), c.T("lead.people.suspended"), c.T("lead.status"), c.T("lead.rule.due"), c.T("lead.sheet.modules"), c.T("lead.sheet.done"), c.T("lead.sheet.until"), c.T("lead.sheet.left")}
}

func sheetRow(c *web.Context, teams map[string]string, rest people.Rest, l course.RosterLine) []string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return string(due.DayOf(t))
	}
	suspended, language := "", ""
	if rest.Suspended {
		suspended = c.T("lead.sheet.yes")
	}
	if rest.Language != "" {
		language = c.T("invitations.language." + string(rest.Language))
	}
	return []string{l.Name, cmp.Or(l.Email, rest.Email), l.StaffNumber, teams[l.Team], c.T("people.job_role." + string(l.Job)), string(l.Group),
		rest.WorksSince, rest.Manager, language, suspended, c.T("status." + string(l.Status)), string(l.Due), strconv.Itoa(l.Modules), day(l.Done.Time), day(l.Until.Time), cmp.Or(l.LeftOn, day(l.LeftAt.Time))}
}
