package board

import (
	"strconv"
	"strings"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/sheet"
)

// What may be handed in to be checked at once.
const (
	mostChecked = 1000     // numbers and files
	checkRoom   = 24 << 20 // bytes of files
)

func (r *Room) checkRoutes() []web.Route {
	return []web.Route{
		web.Get("/board/certificates/check", web.Officer, r.checkForm),
		web.Post("/board/certificates/check", web.Officer, r.check).Upload(checkRoom),
	}
}

type checkPage struct {
	web.Frame
	web.FormErrors
	Typed      string
	Lines      []checkedLine
	Tally      []certificates.Status // those that occur, in order
	Counts     map[certificates.Status]int
	Files      int // how many of the lines are files
	Most, PDFs int
	MiB        int
}

// checkedLine is the answer to one of the numbers or files.
type checkedLine struct {
	Where    string // the line, row or file in which it stood
	Text     string // what stood there, where it is no certificate's number
	Likeness certificates.Likeness
	certificates.Verification
}

// checkForm asks for numbers and files. Nothing of them is kept.
func (r *Room) checkForm(c *web.Context, _ people.Viewer) error {
	return r.showCheck(c, &checkPage{}, nil)
}

// check answers for each number and each file, as the public check does for one; as a
// page, or as a list.
func (r *Room) check(c *web.Context, _ people.Viewer) error {
	p := &checkPage{Typed: c.Field("numbers")}
	if c.Switching() {
		return r.showCheck(c, p, nil)
	}
	asked, err := r.handed(c, p.Typed)
	if err != nil {
		return r.showCheck(c, p, err)
	}
	if p.Lines, err = r.answers(c, asked); err != nil {
		return err
	}
	if c.Field("as") == "csv" {
		return r.checkedCSV(c, p.Lines)
	}
	return r.showCheck(c, p, nil)
}

// answers looks up what was handed in.
func (r *Room) answers(c *web.Context, asked []handed) (all []checkedLine, err error) {
	rx := r.DB.Read(c.Request().Context())
	for _, a := range asked {
		l := checkedLine{Where: a.where, Text: a.text}
		if a.pdf != nil {
			l.Verification, l.Likeness, err = certificates.VerifyFile(rx, r.Keys, c.Site.Words, r.Verify, a.pdf)
		} else {
			l.Verification, err = certificates.Verify(rx, r.Keys, a.text)
		}
		if err != nil {
			return nil, err
		}
		if l.Fault != "" {
			c.Site.Log.Error("a certificate does not agree with its signature", "fault", l.Fault)
		}
		all = append(all, l)
	}
	return all, nil
}

// statesChecked is the order in which a check counts what it found.
var statesChecked = []certificates.Status{certificates.Valid, certificates.Expired, certificates.Superseded, certificates.Revoked, certificates.Pending, certificates.Damaged, certificates.Unknown}

func (r *Room) showCheck(c *web.Context, p *checkPage, wrong error) (err error) {
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "numbers", "file"); err != nil {
		return err
	}
	p.Call(func(field string) string { return c.T("board.check." + field) })
	p.Title, p.Current = c.T("board.check.title"), "board"
	p.FormID, p.FormTo = "check", "/board/certificates/check"
	p.Most, p.PDFs, p.MiB = mostChecked, web.MaxFiles, checkRoom>>20
	p.Counts = map[certificates.Status]int{}
	for _, l := range p.Lines {
		p.Counts[l.Status]++
		if l.Likeness != "" {
			p.Files++
		}
	}
	for _, s := range statesChecked {
		if p.Counts[s] > 0 {
			p.Tally = append(p.Tally, s)
		}
	}
	return c.Show(status, "board/check", p)
}

// checkedCSV sends the answers as a list.
func (r *Room) checkedCSV(c *web.Context, lines []checkedLine) error {
	return c.CSV("golau-checked-"+c.Now().Format(time.DateOnly)+".csv", checkHeading(c), func(put func([]string) error) error {
		for _, l := range lines {
			if err := put(checkRow(c, l)); err != nil {
				return err
			}
		}
		return nil
	})
}

func checkHeading(c *web.Context) []string {
	t := c.T
	return []string{t("board.check.where"), t("reports.column.number"), t("reports.column.state"), t("reports.column.name"), t("cert.course"), t("reports.column.edition"),
		t("board.completions.board"), t("certificates.sheet.completed"), t("certificates.sheet.valid_until"), t("board.check.likeness")}
}

func checkRow(c *web.Context, l checkedLine) []string {
	x := l.Certificate
	row := []string{l.Where, l.Text, c.T("verify.status_" + string(l.Status)), "", "", "", "", "", "", ""}
	if x.ID != "" {
		row = []string{l.Where, x.Number(), row[2], x.HolderName, in(c, x.Course.Title), x.Course.Edition, in(c, x.Board.Name), isoDay(x.Completed.Time), isoDay(x.ValidUntil.Time), ""}
	}
	if l.Likeness != "" {
		row[9] = c.T("board.check.likeness." + string(l.Likeness))
	}
	return row
}

// isoDay is a day in London as files have it, "" where there is none.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(i18n.London()).Format(time.DateOnly)
}

// handed is one of the things that were handed in: a text, or a PDF.
type handed struct {
	where, text string
	pdf         []byte
}

// handed reads what was typed, a line each, and the files: PDFs, and lists with a number
// in a row. A row without a number says nothing, as headings do; a typed line without
// one is a mistake of whoever typed it, and is answered.
func (r *Room) handed(c *web.Context, typed string) (all []handed, err error) {
	files, err := c.Files()
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(strings.ReplaceAll(typed, "\r\n", "\n"), "\n") {
		if line = shortened(strings.TrimSpace(line)); line != "" {
			all = append(all, handed{where: c.T("board.check.line", "Number", strconv.Itoa(i+1)), text: line})
		}
	}
	for _, f := range files {
		rows := []handed{{where: f.Name, pdf: f.Body}}
		if !certificates.IsPDF(f.Body) {
			if rows, err = r.listed(c, f); err != nil {
				return nil, err
			}
		}
		all = append(all, rows...)
	}
	switch {
	case len(all) == 0:
		err = problem.InvalidField("numbers", "board.check.nothing")
	case len(all) > mostChecked:
		err = problem.InvalidField("numbers", "board.check.too_many", "Most", mostChecked, "Count", len(all))
	}
	return all, err
}

// shortened keeps a text that is no number from filling the page. An address with its
// signed code is longer than that, and is looked up whole.
func shortened(line string) string {
	if r := []rune(line); len(r) > 80 && !strings.Contains(line, "/verify/") {
		return string(r[:80]) + "…"
	}
	return line
}

// listed finds the numbers in a list.
func (r *Room) listed(c *web.Context, f web.File) (all []handed, err error) {
	t, err := r.People.ReadImport(c.Request().Context(), f.Body)
	if problem.KindOf(err) == problem.Invalid && len(t.Heading) == 0 {
		return nil, problem.InvalidField("file", "board.check.unreadable", "File", f.Name).Because(err)
	}
	if err != nil && problem.KindOf(err) != problem.Invalid {
		return nil, err
	}
	first := sheet.Row{Number: 1, Cells: t.Heading} // where a list has no heading, a number
	for _, row := range append([]sheet.Row{first}, t.Rows...) {
		for _, cell := range row.Cells {
			if id, ok := certificates.ParseNumber(cell); ok {
				all = append(all, handed{where: c.T("board.check.row", "File", f.Name, "Number", strconv.Itoa(row.Number)), text: certificates.Number(id)})
				break
			}
		}
	}
	if len(all) == 0 {
		return nil, problem.InvalidField("file", "board.check.no_numbers", "File", f.Name)
	}
	return all, nil
}
