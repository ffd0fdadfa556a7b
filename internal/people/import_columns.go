package people

import (
	"slices"
	"strings"
	"unicode"

	"golau/internal/i18n"
)

// Column is what a column of a list of people says.
type Column string

// The columns that a list may have.
const (
	ColumnName    Column = "name"
	ColumnEmail   Column = "email"
	ColumnJob     Column = "job_role"
	ColumnTeam    Column = "team"
	ColumnGroup   Column = "group"
	ColumnSince   Column = "works_since"
	ColumnNumber  Column = "staff_number"
	ColumnManager Column = "manager"
)

// ColumnInfo is a column with the messages that name it: the name by which lists
// are taken out, and others by which it is known, a comma between them.
type ColumnInfo struct {
	Column    Column
	Key, Also string
	Required  bool
}

// ImportColumns lists the columns of a list in the order in which it is taken out.
var ImportColumns = []ColumnInfo{
	{ColumnName, "lead.sheet.name", "people.import.also.name", true},
	{ColumnEmail, "lead.sheet.email", "people.import.also.email", true},
	{ColumnNumber, "lead.sheet.staff_number", "people.import.also.staff_number", false},
	{ColumnTeam, "lead.team", "people.import.also.team", false},
	{ColumnJob, "lead.job", "people.import.also.job_role", true},
	{ColumnGroup, "lead.group", "people.import.also.group", false},
	{ColumnSince, "lead.works_since", "people.import.also.works_since", false},
	{ColumnManager, "lead.manager", "people.import.also.manager", false},
}

// ours name the columns that a list of ours has besides, and that say nothing of
// where somebody stands.
var ours = []string{"lead.status", "lead.rule.due", "lead.sheet.modules", "lead.sheet.done", "lead.sheet.until", "lead.sheet.left", "lead.import.marked"}

// Headings is what the first row of a list was understood as.
type Headings struct {
	At      map[Column]int
	Unknown []string // as they stand there
	Twice   []Column
	Missing []Column
}

// Has says whether the list has the column.
func (h Headings) Has(c Column) bool { _, has := h.At[c]; return has }

// Fit says whether the list can be read with them.
func (h Headings) Fit() bool { return len(h.Missing)+len(h.Twice) == 0 }

// readHeadings finds the columns, in any order and either language.
func readHeadings(words *i18n.Catalogue, row []string) Headings {
	h := Headings{At: map[Column]int{}}
	known, own := map[string]Column{}, map[string]bool{}
	for _, l := range i18n.Langs {
		for _, c := range ImportColumns {
			known[heading(words.T(l, c.Key))] = c.Column
			for _, also := range strings.Split(words.T(l, c.Also), ",") {
				known[heading(also)] = c.Column
			}
		}
		for _, key := range ours {
			own[heading(words.T(l, key))] = true
		}
	}
	for i, cell := range row {
		name := heading(cell)
		c, is := known[name]
		switch {
		case name == "" || own[name]:
		case !is:
			h.Unknown = append(h.Unknown, quoted(strings.TrimSpace(cell)))
		case h.Has(c):
			if !slices.Contains(h.Twice, c) {
				h.Twice = append(h.Twice, c)
			}
		default:
			h.At[c] = i
		}
	}
	for _, c := range ImportColumns {
		if c.Required && !h.Has(c.Column) {
			h.Missing = append(h.Missing, c.Column)
		}
	}
	return h
}

// heading is a heading without what people write in different ways: capitals,
// accents, spaces and marks.
func heading(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, plain(s))
}
