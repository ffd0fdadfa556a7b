package people

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sheet"
)

// ImportFault is what must be put right in a list before it can be carried out.
type ImportFault struct {
	Row    int // as a spreadsheet counts
	Column Column
	Key    string // of the message
	Typed  string // what stands there
}

// importLine is one row, as far as it can be understood by itself.
type importLine struct {
	row     int
	name    string
	email   string // as typed
	key     string // of the address
	place   Placement
	team    string // as typed
	manager string
}

// Placement is where somebody stands, or will. Of somebody who is there, Manager is
// a position; of whoever is invited, an address.
type Placement struct {
	JobRole     JobRole
	Team        string
	Group       Group
	WorksSince  string
	StaffNumber string
	Manager     string
	// Language is that of the letters of whoever is invited; of somebody who is there it
	// is none of their agency's, and empty.
	Language i18n.Lang `json:",omitempty"`
}

// detail is what the record keeps of it.
func (p Placement) detail() map[string]any {
	return map[string]any{"job_role": p.JobRole, "team": p.Team, "group": p.Group, "works_since": p.WorksSince,
		"staff_number": p.StaffNumber, "manager": p.Manager, "language": p.Language}
}

// is says whether somebody stands as it says now; what was noted without a language
// says nothing of it.
func (p Placement) is(now Placement) bool {
	if p.Language == "" {
		now.Language = ""
	}
	return p == now
}

// importReader reads the rows of a list.
type importReader struct {
	words     *i18n.Catalogue
	at        Headings
	today     string
	since1904 bool
	faults    []ImportFault
	jobs      map[string]JobRole
}

// jobWords begins the messages that name the kinds of work.
const jobWords = "people.job_role"

func newImportReader(words *i18n.Catalogue, at Headings, t sheet.Table, today string) *importReader {
	r := &importReader{words: words, at: at, today: today, since1904: t.Since1904, jobs: map[string]JobRole{}}
	for _, j := range JobRoles {
		r.jobs[heading(string(j))] = j
		for _, l := range i18n.Langs {
			r.jobs[heading(words.T(l, jobWords+"."+string(j)))] = j
		}
	}
	return r
}

func (r *importReader) wrong(row int, c Column, key, typed string) {
	r.faults = append(r.faults, ImportFault{row, c, key, quoted(typed)})
}

// line reads one row. What is wrong with it is noted; ok says that nothing was.
func (r *importReader) line(row sheet.Row) (l importLine, ok bool) {
	before := len(r.faults)
	cell := func(c Column) string {
		if i, has := r.at.At[c]; has && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	l.row, l.email, l.team, l.manager = row.Number, cell(ColumnEmail), cell(ColumnTeam), cell(ColumnManager)
	if more := r.at.tooMany(row.Cells); more != "" {
		r.wrong(row.Number, ColumnRow, "people.import.fault.cells", more)
	}
	var err error
	name := cell(ColumnName)
	if r.at.Has(ColumnForename) {
		name = strings.TrimSpace(cell(ColumnForename) + " " + cell(ColumnSurname))
	}
	if l.name, err = CleanName(name); err != nil {
		r.wrong(row.Number, ColumnName, keyIn(err, "name"), name)
	}
	if l.key, err = CleanEmail(l.email); err != nil {
		r.wrong(row.Number, ColumnEmail, keyIn(err, "email"), l.email)
	}
	if job, known := r.jobs[heading(cell(ColumnJob))]; known {
		l.place.JobRole = job
	} else {
		r.wrong(row.Number, ColumnJob, "people.import.fault.job_role", cell(ColumnJob))
	}
	if l.place.Group, ok = groupIn(cell(ColumnGroup)); !ok {
		r.wrong(row.Number, ColumnGroup, "people.import.fault.group", cell(ColumnGroup))
	}
	if since := cell(ColumnSince); since != "" {
		day, is := r.day(since)
		if l.place.WorksSince = day; !is || day < earliest || day > r.today {
			r.wrong(row.Number, ColumnSince, "people.position.works_since", since)
		}
	}
	if l.place.StaffNumber, ok = cleanStaffNumber(cell(ColumnNumber)); !ok {
		r.wrong(row.Number, ColumnNumber, "people.position.staff_number", l.place.StaffNumber)
	}
	if typed := cell(ColumnLang); typed != "" {
		if l.place.Language, ok = LanguageNamed(typed); !ok {
			r.wrong(row.Number, ColumnLang, "people.import.fault.language", typed)
		}
	}
	return l, len(r.faults) == before
}

// keyIn is the message of a problem about a field.
func keyIn(err error, field string) string {
	if p, ok := problem.As(err); ok && p.Fields[field] != "" {
		return p.Fields[field]
	}
	return "people.import.fault.cells"
}

var lastLetter = regexp.MustCompile(`^(?:.*\s)?([a-fA-F])$`)

// groupIn reads a group: a letter, or a word before it.
func groupIn(typed string) (Group, bool) {
	if typed == "" {
		return "", true
	}
	m := lastLetter.FindStringSubmatch(typed)
	if m == nil {
		return "", false
	}
	g := Group(strings.ToUpper(m[1]))
	return g, slices.Contains(Groups, g)
}

var serial = regexp.MustCompile(`^(\d{4,5})(?:\.\d+)?$`)

// atTime is a moment as machines write it, of which only the day counts. It is told by
// the hour, since a T alone begins Tachwedd: 3-Tachwedd-2024.
var atTime = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})[Tt ]\s*\d{1,2}:\d{2}`)

// day reads a day as somebody typed it, or as a workbook counts days.
func (r *importReader) day(typed string) (string, bool) {
	if m := atTime.FindStringSubmatch(typed); m != nil {
		typed = m[1]
	}
	m := serial.FindStringSubmatch(typed)
	if m == nil {
		return i18n.ParseDay(typed)
	}
	n, _ := strconv.Atoi(m[1])
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if r.since1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return first.AddDate(0, 0, n).Format(time.DateOnly), true
}
