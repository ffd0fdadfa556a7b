package board

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/course/reports"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sheet"
	"golau/internal/store"
)

func (r *Room) completionRoutes() []web.Route {
	return []web.Route{
		web.Get("/board/completions", web.Officer, r.completions),
		web.Get("/board/completions.csv", web.Officer, r.completionsAs(sheet.CSV)),
		web.Get("/board/completions.xlsx", web.Officer, r.completionsAs(sheet.XLSX)),
	}
}

// linesAtOnce is how many completions a page shows.
const linesAtOnce = 50

type completionsPage struct {
	web.Frame
	web.FormErrors
	Board         people.Board
	Choices       []web.Input
	Narrow        []web.Input
	Narrowed      bool
	Days          []web.Input
	Lines         []completionLine
	After         string // address of the page behind this one
	Back          bool   // there is one before
	Filtered      bool
	CSV, Workbook string // addresses of the sheets
	First         string // of the first page with the same filter
}

// completionLine is a completion in words.
type completionLine struct {
	reports.Completion
	What string
}

// completionFilter reads what is asked of the list; days that are none are told.
func completionFilter(q url.Values) (f reports.Filter, wrong error) {
	f = reports.Filter{Agency: q.Get("agency"), Job: people.JobRole(q.Get("job")), Module: q.Get("module"), Language: i18n.Lang(q.Get("language")), State: certificates.Status(q.Get("state"))}
	f.From, f.To, wrong = reports.Days(q.Get("from"), q.Get("to"))
	return f, wrong
}

// completions lists what was finished in the agencies of a board, the newest first.
func (r *Room) completions(c *web.Context, v people.Viewer) error {
	q := c.QueryParams()
	scope, err := v.BoardScope(q.Get("board"))
	if err != nil {
		return err
	}
	f, wrong := completionFilter(q)
	p := &completionsPage{}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "from", "to"); err != nil {
		return err
	}
	if p.Board, err = people.BoardByID(r.DB.Read(c.Request().Context()), scope.Board()); err != nil {
		return err
	}
	p.Title, p.Current = c.T("board.completions.title"), "board"
	p.FormID, p.FormTo, p.FormGet = "find", "/board/completions", true
	if err := r.offer(c, v, p, scope, f); err != nil {
		return err
	}
	if wrong == nil {
		if err := r.fill(c, p, scope, f); err != nil {
			return err
		}
	}
	return c.Show(status, "board/completions", p)
}

// offer fills in what may be asked for.
func (r *Room) offer(c *web.Context, v people.Viewer, p *completionsPage, scope people.BoardScope, f reports.Filter) error {
	agencies, err := people.AgenciesUnder(r.DB.Read(c.Request().Context()), scope, c.Lang)
	if err != nil {
		return err
	}
	if boards := boardChoice(c, v, p.Board.Key); len(boards.Options) > 1 {
		p.Choices = append(p.Choices, boards)
	}
	agency := []web.Option{option("", c.T("board.completions.any_agency"), f.Agency)}
	for _, a := range agencies {
		agency = append(agency, option(a.Key, in(c, a.Name), f.Agency))
	}
	what := []web.Option{option("", c.T("board.completions.whole"), f.Module)}
	for _, m := range r.School.Courses()[0].Entries {
		what = append(what, option(m.Slug, in(c, r.School.TitleOf("", m.Slug)), f.Module))
	}
	p.Choices = append(p.Choices, web.Input{Name: "agency", Label: c.T("reports.column.agency"), Options: agency},
		web.Input{Name: "module", Label: c.T("reports.column.what"), Options: what})
	p.Days = []web.Input{
		{Name: "from", Label: c.T("board.completions.from"), Hint: c.T("board.completions.from_hint"), Value: c.QueryParam("from"), Short: true, Error: p.At("from")},
		{Name: "to", Label: c.T("board.completions.to"), Value: c.QueryParam("to"), Short: true, Error: p.At("to")}}
	p.Call(func(field string) string { return c.T("board.completions." + field) })
	p.Narrowed, p.Narrow = f.Job != "" || f.Language != "" || f.State != "", narrow(c, f)
	return nil
}

// narrow are the choices that are seldom made.
func narrow(c *web.Context, f reports.Filter) []web.Input {
	job := []web.Option{option("", c.T("lead.people.any_job"), string(f.Job))}
	for _, j := range people.JobRoles {
		job = append(job, option(string(j), c.T("people.job_role."+string(j)), string(f.Job)))
	}
	language := []web.Option{option("", c.T("board.completions.any_language"), string(f.Language))}
	for _, l := range i18n.Langs {
		language = append(language, option(string(l), c.T("invitations.language."+string(l)), string(f.Language)))
	}
	state := []web.Option{option("", c.T("board.completions.any_state"), string(f.State))}
	for _, s := range reports.States {
		state = append(state, option(string(s), c.T("verify.status_"+string(s)), string(f.State)))
	}
	return []web.Input{{Name: "job", Label: c.T("lead.job"), Options: job}, {Name: "language", Label: c.T("reports.column.language"), Options: language},
		{Name: "state", Label: c.T("reports.column.state"), Options: state}}
}

// fill reads a page of the list.
func (r *Room) fill(c *web.Context, p *completionsPage, scope people.BoardScope, f reports.Filter) error {
	q := c.QueryParams()
	after := readPlace(q.Get("after"))
	all, next, err := reports.Completions(r.DB.Read(c.Request().Context()), reports.Board(scope), f, after, linesAtOnce)
	if err != nil {
		return err
	}
	for _, one := range all {
		p.Lines = append(p.Lines, completionLine{one, in(c, r.School.TitleOf(one.Course, one.Module))})
	}
	asked := url.Values{}
	for _, name := range []string{"board", "agency", "module", "from", "to", "job", "language", "state"} {
		if q.Get(name) != "" {
			asked.Set(name, q.Get(name))
		}
	}
	p.Filtered, p.Back = f != (reports.Filter{}), !after.At.IsZero()
	p.CSV, p.Workbook, p.First = withQuery("/board/completions.csv", asked), withQuery("/board/completions.xlsx", asked), withQuery("/board/completions", asked)
	if next != nil {
		asked.Set("after", writePlace(*next))
		p.After = withQuery("/board/completions", asked)
	}
	return nil
}

// A place stands in an address as its time in microseconds and its enrolment.
func writePlace(p reports.Place) string {
	return strconv.FormatInt(p.At.UnixMicro(), 36) + "." + p.Enrolment
}

// readPlace reads a place; the zero one where there is none.
func readPlace(s string) (p reports.Place) {
	at, enrolment, _ := strings.Cut(s, ".")
	if micro, err := strconv.ParseInt(at, 36, 64); err == nil && micro > 0 {
		p = reports.Place{At: store.At(time.UnixMicro(micro)), Enrolment: enrolment}
	}
	return p
}

// completionsAs sends everything that the same filter wants as a sheet, and has it
// noted that it did.
func (r *Room) completionsAs(kind sheet.Kind) func(*web.Context, people.Viewer) error {
	return func(c *web.Context, v people.Viewer) error {
		ctx, q := c.Request().Context(), c.QueryParams()
		scope, err := v.BoardScope(q.Get("board"))
		if err != nil {
			return err
		}
		f, err := completionFilter(q)
		if err != nil {
			return err
		}
		if err := r.People.NoteReport(ctx, v, scope, people.TakenCompletions); err != nil {
			return err
		}
		t, columns := r.teller(c), reports.Chosen(q["column"])
		return c.List("golau-completions", kind, t.Heading(columns), func(put func([]string) error) error {
			return reports.EachCompletion(r.DB.Read(ctx), reports.Board(scope), f, func(one reports.Completion) error { return put(t.Row(one, columns)) })
		})
	}
}
