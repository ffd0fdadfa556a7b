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
	"golau/internal/problem"
	"golau/internal/store"
)

func (r *Room) certificateRoutes() []web.Route {
	return []web.Route{
		web.Get("/board/certificates", web.Officer, r.certificates),
		web.Get("/board/certificates.zip", web.Officer, r.certificatesZip),
		web.Get("/board/certificates/:certificate", web.Officer, r.certificate),
		web.Get("/board/certificates/:certificate/pdf", web.Officer, r.certificatePDF),
	}
}

type certificatesPage struct {
	web.Frame
	web.FormErrors
	Board    people.Board
	Fields   []web.Input
	Narrow   []web.Input
	Narrowed bool
	Lines    []certificateLine
	Week     int // how many came within the last seven days
	Filtered bool
	After    string // address of the page behind this one
	Back     bool   // there is one before
	First    string
	ZIP      string // address of all that is sought, in one file
	AtKey    string // of the board, where the viewer answers for several
	Most     int    // so many may be taken out at once
}

// certificateLine is an entry of the register in words.
type certificateLine struct {
	certificates.Entry
	Agency i18n.Text
	Status certificates.Status
}

// asked are the fields by which a register is narrowed.
var asked = []string{"board", "number", "agency", "edition", "status", "from", "to"}

// sought reads what is asked of the register. What is no number and what is no day is
// problem.Invalid with its field.
func sought(q url.Values, agencies []people.Organisation) (f certificates.Sought, wrong error) {
	f = certificates.Sought{Edition: q.Get("edition"), Status: certificates.Status(q.Get("status"))}
	from, to, wrong := reports.Days(q.Get("from"), q.Get("to"))
	if typed := strings.TrimSpace(q.Get("number")); typed != "" {
		id, ok := certificates.ParseNumber(typed)
		if f.Number = id; !ok && wrong == nil {
			wrong = problem.InvalidField("number", "verify.not_a_number")
		}
	}
	if from != "" {
		f.From = store.At(from.Begin())
	}
	if to != "" {
		f.To = store.At(to.Plus(0, 1).Begin())
	}
	if key := q.Get("agency"); key != "" {
		f.Agency = "-" // no agency's id
		for _, a := range agencies {
			if a.Key == key {
				f.Agency = a.ID
			}
		}
	}
	return f, wrong
}

// certificates lists the board's register, the newest first.
func (r *Room) certificates(c *web.Context, v people.Viewer) error {
	q, rx := c.QueryParams(), r.DB.Read(c.Request().Context())
	scope, err := v.BoardScope(q.Get("board"))
	if err != nil {
		return err
	}
	agencies, err := people.AgenciesUnder(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	f, wrong := sought(q, agencies)
	p := &certificatesPage{AtKey: q.Get("board"), Most: certificates.MostZipped}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "number", "from", "to"); err != nil {
		return err
	}
	if p.Board, err = people.BoardByID(rx, scope.Board()); err != nil {
		return err
	}
	if err := p.offer(c, v, rx, scope, agencies); err != nil {
		return err
	}
	if wrong == nil {
		if err := p.fill(c, rx, scope, f, agencies); err != nil {
			return err
		}
	}
	return c.Show(status, "board/certificates", p)
}

// offer fills in what may be asked for.
func (p *certificatesPage) offer(c *web.Context, v people.Viewer, rx store.Rx, scope people.BoardScope, agencies []people.Organisation) (err error) {
	p.Title, p.Current = c.T("board.certificates.title"), "board"
	p.FormID, p.FormTo, p.FormGet = "find", "/board/certificates", true
	q := c.QueryParams()
	if boards := boardChoice(c, v, p.Board.Key); len(boards.Options) > 1 {
		p.Fields = append(p.Fields, boards)
	}
	agency := []web.Option{option("", c.T("board.completions.any_agency"), q.Get("agency"))}
	for _, a := range agencies {
		agency = append(agency, option(a.Key, in(c, a.Name), q.Get("agency")))
	}
	editions, err := certificates.EditionsReceived(rx, scope)
	edition := []web.Option{option("", c.T("board.certificates.any_edition"), q.Get("edition"))}
	for _, e := range editions {
		edition = append(edition, option(e, e, q.Get("edition")))
	}
	state := []web.Option{option("", c.T("board.completions.any_state"), q.Get("status"))}
	for _, s := range certificates.Statuses {
		state = append(state, option(string(s), c.T("verify.status_"+string(s)), q.Get("status")))
	}
	p.Fields = append(p.Fields, web.Input{Name: "number", Label: c.T("verify.number"), Value: q.Get("number"), Error: p.At("number")},
		web.Input{Name: "agency", Label: c.T("reports.column.agency"), Options: agency},
		web.Input{Name: "from", Label: c.T("board.certificates.from"), Hint: c.T("board.certificates.from_hint"), Value: q.Get("from"), Short: true, Error: p.At("from")},
		web.Input{Name: "to", Label: c.T("board.certificates.to"), Value: q.Get("to"), Short: true, Error: p.At("to")})
	p.Narrow = []web.Input{{Name: "edition", Label: c.T("reports.column.edition"), Options: edition}, {Name: "status", Label: c.T("reports.column.state"), Options: state}}
	p.Narrowed = q.Get("edition")+q.Get("status") != ""
	p.Call(func(field string) string {
		return map[string]string{"number": c.T("verify.number"), "from": c.T("board.certificates.from"), "to": c.T("board.certificates.to")}[field]
	})
	return err
}

// fill reads a page of the register.
func (p *certificatesPage) fill(c *web.Context, rx store.Rx, scope people.BoardScope, f certificates.Sought, agencies []people.Organisation) error {
	q := c.QueryParams()
	after := readCursor(q.Get("after"))
	all, next, err := certificates.Received(rx, scope, f, after, linesAtOnce)
	if err != nil {
		return err
	}
	names := map[string]i18n.Text{}
	for _, a := range agencies {
		names[a.ID] = a.Name
	}
	for _, e := range all {
		p.Lines = append(p.Lines, certificateLine{e, names[e.Organisation], e.StatusAt(rx.Now())})
	}
	if p.Week, err = certificates.CountReceived(rx, scope, store.At(rx.Now().AddDate(0, 0, -7)), store.At(rx.Now().Add(time.Second))); err != nil {
		return err
	}
	kept := url.Values{}
	for _, name := range asked {
		if q.Get(name) != "" {
			kept.Set(name, q.Get(name))
		}
	}
	p.Filtered, p.Back = f != (certificates.Sought{}), !after.At.IsZero()
	p.First, p.ZIP = withQuery("/board/certificates", kept), withQuery("/board/certificates.zip", kept)
	if next != nil {
		kept.Set("after", writeCursor(*next))
		p.After = withQuery("/board/certificates", kept)
	}
	return nil
}

// A cursor stands in an address as its time in microseconds and its entry.
func writeCursor(at certificates.Cursor) string {
	return strconv.FormatInt(at.At.UnixMicro(), 36) + "." + strconv.FormatInt(at.ID, 36)
}

// readCursor reads a cursor; the zero one where there is none.
func readCursor(s string) (at certificates.Cursor) {
	moment, entry, _ := strings.Cut(s, ".")
	micro, err := strconv.ParseInt(moment, 36, 64)
	id, wrong := strconv.ParseInt(entry, 36, 64)
	if err == nil && wrong == nil && micro > 0 {
		at = certificates.Cursor{At: store.At(time.UnixMicro(micro)), ID: id}
	}
	return at
}
