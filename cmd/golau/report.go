package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"golau/course/reports"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sheet"
	"golau/internal/store"
)

// reportCmd are the reports of a board, as the officers' pages show them.
type reportCmd struct {
	Completions reportCompletionsCmd `cmd:"" help:"Write what was finished in the agencies of a board, a row each, the oldest first."`
}

// reportFlags say whose report is meant, and how it is written.
type reportFlags struct {
	dataFlags
	Board  string     `required:"" help:"The board, by key." placeholder:"KEY"`
	Format sheet.Kind `help:"What it is written as: csv or xlsx." enum:"csv,xlsx" default:"csv"`
	Lang   i18n.Lang  `help:"Language of its headings and words." enum:"en,cy" default:"en"`
	Out    string     `name:"output" short:"o" help:"Where to write it; nothing is written over. Without it: to standard output." placeholder:"FILE"`
}

type reportCompletionsCmd struct {
	reportFlags
	Agency string   `help:"Of one agency alone, by key." placeholder:"KEY"`
	Module string   `help:"Of a module, by its name in addresses, instead of the whole course." placeholder:"NAME"`
	From   string   `help:"Finished on this day or later." placeholder:"DAY"`
	To     string   `help:"Finished on this day or earlier." placeholder:"DAY"`
	Column []string `help:"One of the columns; may be given several times. Without it: all." placeholder:"COLUMN"`
}

// Run writes the report, while the site serves or not.
func (c *reportCompletionsCmd) Run(ctx context.Context, s *streams) (err error) {
	f := reports.Filter{Agency: c.Agency, Module: c.Module}
	if f.From, f.To, err = reports.Days(c.From, c.To); err != nil {
		return inEnglish(err)
	}
	columns, err := reports.Pick(c.Column)
	if err != nil {
		return inEnglish(err)
	}
	return c.write(ctx, s, "completions", func(db *store.DB, of people.BoardScope, t reports.Teller, put func([]string) error) error {
		if err := put(t.Heading(columns)); err != nil {
			return err
		}
		return reports.EachCompletion(db.Read(ctx), reports.Board(of), f, func(one reports.Completion) error { return put(t.Row(one, columns)) })
	})
}

// write makes the file, which its owner alone can read, or writes to standard output,
// and has it recorded that the report was taken out. What cannot be finished is taken
// away again.
func (c *reportFlags) write(ctx context.Context, s *streams, report string, rows func(*store.DB, people.BoardScope, reports.Teller, func([]string) error) error) (err error) {
	db, err := c.open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	t, err := openTeller(db, c.Lang)
	if err != nil {
		return err
	}
	of, err := people.BoardOn(db.Read(ctx), c.Board)
	if err != nil {
		return inEnglish(err)
	}
	to := s.out
	if c.Out != "" {
		f, fail := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(fail, fs.ErrExist) {
			return inTheWay(c.Out)
		}
		if fail != nil {
			return fmt.Errorf("cannot make the file: %w", fail)
		}
		defer func() {
			if err = errors.Join(err, f.Close()); err != nil {
				err = errors.Join(err, os.Remove(c.Out))
			}
		}()
		to = f
	}
	if err := people.NoteReportTaken(ctx, db, of, report); err != nil {
		return err
	}
	return c.sheet(to, func(put func([]string) error) error { return rows(db, of, t, put) })
}

func (c *reportFlags) sheet(to io.Writer, rows func(func([]string) error) error) error {
	if c.Format == sheet.XLSX {
		return sheet.WriteXLSX(to, rows)
	}
	return sheet.WriteCSV(to, 0, rows)
}

// openTeller reads what a report says in a language.
func openTeller(db *store.DB, l i18n.Lang) (t reports.Teller, err error) {
	if t.Words, err = openWords(false); err != nil {
		return t, err
	}
	school, err := openSchool(db, nil, wiring{})
	if err != nil {
		return t, err
	}
	t.Lang, t.Title = l, school.TitleOf
	return t, nil
}
