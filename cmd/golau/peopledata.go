package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/steward"
	"golau/internal/store"
)

// peopleCmd are the commands about people.
type peopleCmd struct {
	Data   peopleDataCmd   `cmd:"" help:"Write everything that is kept of one person into a new file, for them: the ZIP of the account page."`
	Import peopleImportCmd `cmd:"" help:"Bring a list of an agency's people in, CSV or XLSX, or say what it would do."`
	Export peopleExportCmd `cmd:"" help:"Take an agency's people out as a list that can be brought in again."`
}

type peopleDataCmd struct {
	dataFlags
	Addr    string `help:"Address the site listens on, for the codes on certificates where BASE_URL is empty." default:"127.0.0.1:8080" env:"GOLAU_ADDR" placeholder:"HOST:PORT"`
	BaseURL string `help:"How the site is reached from outside, for the codes on certificates." env:"GOLAU_BASE_URL" placeholder:"URL"`
	Email   string `required:"" help:"The email address of whoever asks." placeholder:"EMAIL"`
	Out     string `name:"output" short:"o" required:"" help:"Where to write it; nothing is written over." placeholder:"FILE"`
}

// Run writes the file, while the site serves or not.
func (c *peopleDataCmd) Run(ctx context.Context, s *streams) error {
	if _, err := os.Lstat(c.Out); err == nil {
		return inTheWay(c.Out)
	}
	db, err := c.open(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(c.hand(ctx, s, db), db.Close())
}

func inTheWay(path string) error {
	return fmt.Errorf("%s is there already, and nothing is written over: name another file", path)
}

// hand makes the file, which its owner alone can read, and fills it. What cannot be
// finished is taken away again.
func (c *peopleDataCmd) hand(ctx context.Context, s *streams, db *store.DB) (err error) {
	words, err := openWords(false)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return inTheWay(c.Out)
	case err != nil:
		return fmt.Errorf("cannot make the file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(c.Out))
		}
	}()
	base := siteFlags{Addr: c.Addr, BaseURL: c.BaseURL}.base()
	a, err := (&steward.Steward{DB: db}).HandOver(ctx, c.Email, steward.Taking{Words: words, Lang: i18n.EN,
		Draw:  func(x certificates.Certificate) ([]byte, error) { return x.Draw(words, base) },
		Begin: func() io.Writer { return f }})
	if err == nil {
		err = f.Sync()
	}
	if fail := f.Close(); err == nil {
		err = fail
	}
	if err != nil {
		return inEnglish(err)
	}
	if a.Person == "" {
		fmt.Fprintf(s.out, "Nobody has an account with this address. Invitations to it that were not accepted, and are kept: %d.\n", len(a.Invitations))
	}
	fmt.Fprintf(s.out, "What is kept of them is in %s, which only its owner can read. The record says that it was handed over. Give it to the person it is about, and delete it then.\n", c.Out)
	return nil
}
