package lead

import (
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/sheet"
)

// shownAtOnce is how many of each kind a page names; the rest is counted.
const shownAtOnce = 100

type importPage struct {
	web.Frame
	web.FormErrors
	Place    people.Place
	I        people.Import
	Plan     people.ImportPlan
	Missing  string // columns, in words
	Twice    string
	Unknown  string
	Faults   []faultLine
	Notes    []faultLine
	Changed  []changeLine
	Staying  string
	Teams    string
	Invite   bool
	Left     bool
	LeftOn   web.Input
	Counts   []people.ImportCount
	Alone    []people.ImportLeft
	Undoable bool
	Max      int
}

// faultLine is what is wrong with a cell, in words.
type faultLine struct {
	Row                 int
	Column, Typed, Text string
}

// changeLine is what changes of somebody, in words.
type changeLine struct {
	people.ImportPerson
	Texts []string
}

// oneImport shows what a list would do, how far it is, or what it did.
func (r *Room) oneImport(c *web.Context, v people.Viewer) error { return r.showImport(c, v, nil) }

func (r *Room) showImport(c *web.Context, v people.Viewer, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	i, place, _, err := v.LedImport(rx, c.Param("import"))
	if err != nil {
		return err
	}
	p := &importPage{I: i, Place: place, Undoable: i.Undoable(rx.Now()), Max: shownAtOnce}
	p.Current, p.Alternate = "lead", "/lead/import/"+i.ID
	status := http.StatusOK
	if i.Begun.IsZero() {
		if p.FormErrors, status, err = c.Take(wrong, "invite", "left_on"); err != nil {
			return err
		}
		if p.Plan, _, err = r.People.ImportPlan(rx, i, c.Site.Words, c.Lang); err != nil {
			return err
		}
		p.plan(c)
		return c.Show(status, "lead/import-plan", p)
	}
	if wrong != nil && problem.KindOf(wrong) != problem.Conflict { // sent twice, it is shown how far it is
		return wrong
	}
	p.Title = c.T(p.state())
	if p.Counts, p.Alone, err = people.ImportOutcome(rx, i); err != nil {
		return err
	}
	return c.Show(status, "lead/import-done", p)
}

// state is the message that says how far it is.
func (p *importPage) state() string {
	switch {
	case p.I.Done.IsZero():
		return "lead.import.running_title"
	case p.I.Undo.IsZero():
		return "lead.import.done_title"
	case p.I.Undone.IsZero():
		return "lead.import.undoing_title"
	}
	return "lead.import.undone_title"
}

// plan puts what a list would do into words.
func (p *importPage) plan(c *web.Context) {
	p.Title = c.T("lead.import.one_title")
	if p.Plan.Fits() && (p.Plan.Does() || len(p.Plan.Missing) > 0) {
		p.FormID, p.FormTo = "carry-out", p.Alternate
	}
	h := p.Plan.Headings
	p.Missing, p.Twice, p.Unknown = columnNames(c, h.Missing), columnNames(c, h.Twice), strings.Join(h.Unknown, ", ")
	for _, f := range p.Plan.Faults[:min(shownAtOnce, len(p.Plan.Faults))] {
		p.Faults = append(p.Faults, faultIn(c, f))
	}
	for _, f := range p.Plan.Notes[:min(shownAtOnce, len(p.Plan.Notes))] {
		p.Notes = append(p.Notes, faultIn(c, f))
	}
	for _, one := range p.Plan.Changed[:min(shownAtOnce, len(p.Plan.Changed))] {
		p.Changed = append(p.Changed, changeLine{one, changeTexts(c, one.Changes)})
	}
	var staying []string
	for _, one := range p.Plan.Staying[:min(shownAtOnce, len(p.Plan.Staying))] {
		staying = append(staying, one.Name)
	}
	p.Staying = strings.Join(staying, ", ")
	p.Teams = strings.Join(p.Plan.Teams[:min(shownAtOnce, len(p.Plan.Teams))], ", ")
	p.Invite, p.Left = c.Field("invite") == "yes", c.Field("left") == "yes"
	p.LeftOn = web.Input{Name: "left_on", Label: c.T("lead.left_on"), Hint: c.T("lead.day_hint"), Value: c.Field("left_on"), Kind: "date", Short: true, Error: p.At("left_on")}
	p.Call(func(field string) string {
		if field == "left_on" {
			return c.T("lead.left_on")
		}
		return ""
	})
}

// NotIn is how many work there and do not stand in the list, those too who lead and
// so stay.
func (p importPage) NotIn() int { return len(p.Plan.Missing) + len(p.Plan.Staying) }

// First are as many people as a page names.
func (importPage) First(all []people.ImportPerson) []people.ImportPerson {
	return all[:min(shownAtOnce, len(all))]
}

// More is how many are not named.
func (importPage) More(n int) int { return max(0, n-shownAtOnce) }

func columnName(c *web.Context, column people.Column) string {
	return c.T(people.ColumnKey(column))
}

func columnNames(c *web.Context, columns []people.Column) string {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = columnName(c, column)
	}
	return strings.Join(names, ", ")
}

func faultIn(c *web.Context, f people.ImportFault) faultLine {
	return faultLine{f.Row, columnName(c, f.Column), f.Typed, c.T(f.Key, "MaxName", 100)}
}

func changeTexts(c *web.Context, changes []people.ImportChange) (texts []string) {
	say := func(column people.Column, value string) string {
		switch {
		case value == "":
			return c.T("lead.import.empty")
		case column == people.ColumnJob:
			return c.T("people.job_role." + value)
		case column == people.ColumnLang:
			return c.T("invitations.language." + value)
		case column == people.ColumnSince:
			return web.Day(c.Lang, value)
		}
		return value
	}
	for _, x := range changes {
		texts = append(texts, c.T("lead.import.from_to", "Column", columnName(c, x.Column), "From", say(x.Column, x.From), "To", say(x.Column, x.To)))
	}
	return texts
}

// carryOut has a list carried out as it was seen.
func (r *Room) carryOut(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showImport(c, v, nil)
	}
	ctx := c.Request().Context()
	i, _, _, err := v.LedImport(r.DB.Read(ctx), c.Param("import"))
	if err != nil {
		return err
	}
	err = r.People.BeginImport(ctx, i, c.Site.Words, i.Language, people.ImportChoice{Print: c.Field("plan"), Invite: c.Field("invite") == "yes",
		Left: c.Field("left") == "yes", LeftOn: c.Field("left_on")})
	if err != nil && i.Begun.IsZero() {
		return r.showImport(c, v, err)
	}
	return c.Go("/lead/import/" + i.ID)
}

// undoImport has it taken back.
func (r *Room) undoImport(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	i, _, _, err := v.LedImport(r.DB.Read(ctx), c.Param("import"))
	if err != nil {
		return err
	}
	if err := r.People.UndoImport(ctx, v, i); err != nil && i.Undo.IsZero() {
		return err
	}
	return c.Go("/lead/import/" + i.ID)
}

// markedImport sends a list back with what must be put right, beside each row.
func (r *Room) markedImport(c *web.Context, v people.Viewer) error {
	rx := r.DB.Read(c.Request().Context())
	i, _, _, err := v.LedImport(rx, c.Param("import"))
	if err != nil {
		return err
	}
	kind, err := web.SheetKind(c.Field("format"))
	if err != nil {
		return err
	}
	plan, table, err := r.People.ImportPlan(rx, i, c.Site.Words, c.Lang)
	if err != nil {
		return err
	}
	texts, heading := markedTexts(c, plan), markedHeading(c, table)
	return c.List("golau-people-marked", kind, heading, func(put func([]string) error) error {
		for _, row := range table.Rows {
			cells := make([]string, len(heading))
			copy(cells, row.Cells)
			cells[len(cells)-1] = strings.Join(texts[row.Number], " ")
			if err := put(cells); err != nil {
				return err
			}
		}
		return nil
	})
}

// markedTexts are what is wrong, in words, by row.
func markedTexts(c *web.Context, plan people.ImportPlan) map[int][]string {
	texts := map[int][]string{}
	for _, f := range plan.Faults {
		texts[f.Row] = append(texts[f.Row], columnName(c, f.Column)+": "+c.T(f.Key, "MaxName", 100))
	}
	return texts
}

// markedHeading is the heading of a list that is sent back: wide enough for a row
// that is too long, which keeps what it has.
func markedHeading(c *web.Context, table sheet.Table) []string {
	width := len(table.Heading)
	for _, row := range table.Rows {
		width = max(width, len(row.Cells))
	}
	heading := make([]string, width+1)
	copy(heading, table.Heading)
	heading[width] = c.T("lead.import.marked")
	return heading
}
