package reports

import (
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/problem"
	"golau/internal/store"
)

// Columns are those that a sheet of completions may have, in their order.
var Columns = []string{"day", "name", "agency", "job_role", "group", "what", "edition", "language", "until", "number", "state"}

// Chosen are those of the names that are columns, in the columns' order; all of them
// where none is.
func Chosen(names []string) []string {
	chosen := slices.DeleteFunc(slices.Clone(Columns), func(c string) bool { return !slices.Contains(names, c) })
	if len(chosen) == 0 {
		return slices.Clone(Columns)
	}
	return chosen
}

// Pick is Chosen for whoever types names: one that is no column is problem.Invalid with
// the field column.
func Pick(names []string) ([]string, error) {
	for _, n := range names {
		if !slices.Contains(Columns, n) {
			return nil, problem.InvalidField("column", "reports.no_column", "Columns", strings.Join(Columns, ", "))
		}
	}
	return Chosen(names), nil
}

// Heading is what columns are called.
func (t Teller) Heading(columns []string) (row []string) {
	for _, c := range columns {
		row = append(row, t.Words.T(t.Lang, "reports.column."+c))
	}
	return row
}

// Row says a completion in columns.
func (t Teller) Row(c Completion, columns []string) []string {
	row := make([]string, 0, len(columns))
	for _, column := range columns {
		row = append(row, t.cell(c, column))
	}
	return row
}

func (t Teller) cell(c Completion, column string) string {
	switch column {
	case "day":
		return day(c.At)
	case "name":
		return c.Name
	case "agency":
		return c.AgencyName.In(t.Lang)
	case "job_role":
		return t.Words.T(t.Lang, "people.job_role."+string(c.Job))
	case "group":
		return string(c.Group)
	case "what":
		return t.Title(c.Course, c.Module).In(t.Lang)
	case "edition":
		return c.Edition
	case "language":
		return t.Words.T(t.Lang, "invitations.language."+string(c.Language))
	case "until":
		return day(c.Until)
	case "number":
		return c.Number
	case "state":
		if c.State != "" {
			return t.Words.T(t.Lang, "verify.status_"+string(c.State))
		}
	}
	return ""
}

// day is the day of a time in Britain; "" for none.
func day(t store.Time) string {
	if t.IsZero() {
		return ""
	}
	return string(due.DayOf(t.Time))
}
