// Package reports reads what agencies and boards answer for: what was finished, by
// whom and where. One query serves the page, the file and the command, so that they
// agree; it goes through the views reports_* and writes nothing.
//
// It knows no answer and no mark of anybody, and no page.
package reports

import (
	"golau/internal/i18n"
	"golau/internal/people"
)

// Of says whose completions are meant. It is made from a scope, so that nothing can
// mean everybody's.
type Of struct {
	where string
	args  []any
}

// Board are those of the agencies of a board.
func Board(s people.BoardScope) Of { return Of{"board_id = ?", []any{s.Board()}} }

func (o Of) granted() {
	if o.where == "" {
		panic("reports: whose? nobody granted a scope")
	}
}

// Teller says in a language what a report holds.
type Teller struct {
	Words *i18n.Catalogue
	Lang  i18n.Lang
	// Title is that of a course or, where module is not empty, of a module of it.
	Title func(course, module string) i18n.Text
}
