package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// adminCmd are the commands for when nobody can administer the site from inside.
type adminCmd struct {
	Link adminLinkCmd `cmd:"" help:"Print a link by which an administrator who cannot get in sets a new password and second step. It holds an hour."`
}

type adminLinkCmd struct {
	dataFlags
	Addr    string `help:"Address the site listens on, for the link where BASE_URL is empty." default:"127.0.0.1:8080" env:"GOLAU_ADDR" placeholder:"HOST:PORT"`
	BaseURL string `help:"How the site is reached from outside, for the link." env:"GOLAU_BASE_URL" placeholder:"URL"`
	Email   string `required:"" help:"The administrator's email address." placeholder:"EMAIL"`
	New     bool   `help:"Make this person an administrator, where those who were have left."`
	Place   string `help:"With --new: where they work, by keys. Empty: where the first administrator does." placeholder:"AGENCY/BOARD"`
}

// Run makes the link, while the site serves or not. The letters about it go as
// soon as it serves.
func (c *adminLinkCmd) Run(ctx context.Context, s *streams) error {
	db, err := c.open(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(c.offer(ctx, s, people.New(db, people.Options{})), db.Close())
}

// open opens the database there is, served or not. Looking for one must not make any.
func (d dataFlags) open(ctx context.Context, s *streams) (*store.DB, error) {
	path, err := d.file()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no database at %s: say where it is with --data", path)
	}
	return store.Open(ctx, store.Options{Path: path, BeforeMigration: backupBefore(path, slog.New(slog.NewTextHandler(s.err, nil)))})
}

// offer prints the link. Before anybody has administered the site it is that of
// the first start.
func (c *adminLinkCmd) offer(ctx context.Context, s *streams, d *people.Directory) error {
	base := siteFlags{Addr: c.Addr, BaseURL: c.BaseURL}.base()
	token, first, err := d.SetupToken(ctx)
	if err != nil {
		return err
	}
	if first {
		fmt.Fprintf(s.out, "Nobody administers this site yet. To make the first administrator, open %s/en/setup/%s (it works once, for a day)\n", base, token)
		return nil
	}
	l, err := d.OfferAdminLink(ctx, people.AdminLinkWanted{Email: c.Email, New: c.New, Place: c.Place})
	if err != nil {
		return inEnglish(err)
	}
	lang := l.Language
	if lang == "" {
		lang = i18n.EN
	}
	fmt.Fprintf(s.out, "Open %s/%s/admin-link/%s\nIt works once, until %s, for %s; links made before it open nothing now.\nAdministrators who get an email about it: %d.\n",
		base, lang, l.Token, i18n.DateTime(i18n.EN, l.Expires.Time), c.Email, l.Told)
	return nil
}

// inEnglish says a problem as its page would: whoever reads it works on the
// machine.
func inEnglish(err error) error {
	p, ok := problem.As(err)
	if !ok || p.Kind == problem.Internal || p.Kind == problem.Unavailable {
		return err
	}
	words, fail := openWords(false)
	if fail != nil {
		return fail
	}
	for _, key := range p.Fields {
		return errors.New(words.T(i18n.EN, key))
	}
	return errors.New(words.T(i18n.EN, p.Key))
}
