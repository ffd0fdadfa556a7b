package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sheet"
)

// agencyFlags name an agency on the machine.
type agencyFlags struct {
	Agency string    `required:"" help:"The agency, by key." placeholder:"KEY"`
	Board  string    `help:"The board, by key. Empty: the one that the agency works under." placeholder:"KEY"`
	Lang   i18n.Lang `help:"Language of the report, of the headings and of invitations." enum:"en,cy" default:"en"`
}

type peopleImportCmd struct {
	dataFlags
	agencyFlags
	File    string `arg:"" help:"The list."`
	DryRun  bool   `help:"Say what it would do, and change nothing."`
	Invite  bool   `help:"Send invitations by e-mail to those who are new. Without it they are left out."`
	Leavers bool   `help:"Record those who are not in the list as leavers."`
	LeftOn  string `help:"With --leavers: their last day. Empty: today." placeholder:"DAY"`
}

// Run carries a list out, while the site serves or not.
func (c *peopleImportCmd) Run(ctx context.Context, s *streams) error {
	db, err := c.open(ctx, s)
	if err != nil {
		return err
	}
	secret, err := letterSecret(c.Data)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	if c.LeftOn == "" {
		c.LeftOn = people.Today(db.Read(ctx))
	}
	return errors.Join(c.carry(ctx, s, people.New(db, people.Options{Secret: secret, Rest: pause}), func() (people.Feed, error) {
		return people.FeedOf(db.Read(ctx), c.Agency, c.Board)
	}), db.Close())
}

func (c *peopleImportCmd) carry(ctx context.Context, s *streams, d *people.Directory, of func() (people.Feed, error)) error {
	words, err := openWords(false)
	if err != nil {
		return err
	}
	data, err := readList(c.File)
	if err != nil {
		return err
	}
	f, err := of()
	if err != nil {
		return inEnglish(err)
	}
	fed, err := d.Feed(ctx, f, "cli", words, c.Lang, data, people.ImportChoice{Invite: c.Invite, Left: c.Leavers, LeftOn: c.LeftOn}, c.DryRun)
	if err != nil {
		return errors.New(strings.Join(fileTrouble(words, c.Lang, err), " "))
	}
	report(s.out, words, c.Lang, fed)
	if !fed.Plan.Fits() {
		return errNo
	}
	return nil
}

// readList reads a file, as far as a list may have.
func readList(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the list: %w", err)
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, sheet.MaxBytes+1))
}

type peopleExportCmd struct {
	dataFlags
	agencyFlags
	Out string `name:"output" short:"o" required:"" help:"Where to write it, ending in .csv or .xlsx; nothing is written over." placeholder:"FILE"`
}

// Run writes the list, while the site serves or not. Its owner alone can read it.
func (c *peopleExportCmd) Run(ctx context.Context, s *streams) (err error) {
	words, err := openWords(false)
	if err != nil {
		return err
	}
	db, err := c.open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	of, err := people.FeedOf(db.Read(ctx), c.Agency, c.Board)
	if err != nil {
		return inEnglish(err)
	}
	f, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return inTheWay(c.Out)
	}
	if err != nil {
		return fmt.Errorf("cannot make the file: %w", err)
	}
	d := people.New(db, people.Options{})
	rows := func(put func([]string) error) error { return d.List(ctx, of, words, c.Lang, put) }
	if people.KindOf(c.Out) == sheet.XLSX {
		err = sheet.WriteXLSX(f, rows)
	} else {
		err = sheet.WriteCSV(f, 0, rows)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(c.Out))
	}
	fmt.Fprintf(s.out, "The list is in %s, which only its owner can read. The record says that it was taken out.\n", c.Out)
	return nil
}
