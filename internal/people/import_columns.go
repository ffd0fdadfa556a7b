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
	ColumnLang    Column = "language" // of whoever is invited
)

// The columns that are a name together, where a list has none of the whole.
const (
	ColumnForename Column = "forename"
	ColumnSurname  Column = "surname"
)

// ColumnRow is none: a fault is of the row as a whole.
const ColumnRow Column = ""

// ColumnKey is the message that names a column.
func ColumnKey(c Column) string {
	for _, i := range ImportColumns {
		if i.Column == c {
			return i.Key
		}
	}
	return "lead.import.whole_row"
}

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
	{ColumnLang, "lead.sheet.language", "people.import.also.language", false},
}

// nameColumns are taken together as the name; no list of ours has them.
var nameColumns = []ColumnInfo{
	{ColumnForename, "people.import.forename", "people.import.also.forename", false},
	{ColumnSurname, "people.import.surname", "people.import.also.surname", false},
}

// ours name the columns that a list of ours has besides, and that say nothing of
// where somebody stands.
var ours = []string{"lead.status", "lead.rule.due", "lead.sheet.modules", "lead.sheet.done", "lead.sheet.until", "lead.sheet.left", "lead.people.suspended", marked}

// marked names the column in which a list comes back with what is wrong.
const marked = "lead.import.marked"

// tooMany is what stands in a row beyond the columns that are named, "" for nothing.
func (h Headings) tooMany(cells []string) string {
	for i := h.ends; i < len(cells); i++ {
		if !h.marked[i] && strings.TrimSpace(cells[i]) != "" {
			return cells[i]
		}
	}
	return ""
}

// Headings is what the first row of a list was understood as.
type Headings struct {
	At      map[Column]int
	Unknown []string // as they stand there
	Twice   []Column
	Missing []Column
	ends    int          // how many columns are named
	marked  map[int]bool // columns in which we said what was wrong
}

// Has says whether the list has the column.
func (h Headings) Has(c Column) bool { _, has := h.At[c]; return has }

// Fit says whether the list can be read with them.
func (h Headings) Fit() bool { return len(h.Missing)+len(h.Twice) == 0 }

// readHeadings finds the columns, in any order and either language.
func readHeadings(words *i18n.Catalogue, row []string) Headings {
	h := Headings{At: map[Column]int{}, ends: len(row), marked: map[int]bool{}}
	known, own := map[string]Column{}, map[string]bool{}
	for _, l := range i18n.Langs {
		for _, c := range slices.Concat(ImportColumns, nameColumns) {
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
		if own[name] && slices.ContainsFunc(i18n.Langs, func(l i18n.Lang) bool { return heading(words.T(l, marked)) == name }) {
			h.marked[i] = true
			for h.ends = min(h.ends, i); h.ends > 0 && heading(row[h.ends-1]) == ""; h.ends-- { // we widened the list for rows that are too long
			}
		}
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
	h.joinName(row)
	for _, c := range ImportColumns {
		if c.Required && !h.Has(c.Column) {
			h.Missing = append(h.Missing, c.Column)
		}
	}
	return h
}

// joinName has the two columns of a name stand for the whole, where both are there and
// no other says it; otherwise they say nothing.
func (h *Headings) joinName(row []string) {
	if !h.Has(ColumnName) && h.Has(ColumnForename) && h.Has(ColumnSurname) {
		h.At[ColumnName] = h.At[ColumnForename]
		return
	}
	for _, c := range nameColumns {
		if i, has := h.At[c.Column]; has {
			h.Unknown = append(h.Unknown, quoted(strings.TrimSpace(row[i])))
			delete(h.At, c.Column)
		}
	}
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
