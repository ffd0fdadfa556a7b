package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/people"
	"golau/internal/steward"
	"golau/internal/store"
)

type retentionCmd struct {
	dataFlags
	DryRun bool `help:"Change nothing. This is so without it too." xor:"do"`
	Apply  bool `help:"Do now what the server does each night." xor:"do"`
}

// Run says of each kind of thing for how long it is kept, how many would go
// today, and since when the oldest of them is: the figures of the
// administrator's page. It takes nothing away unless it is told to.
func (c *retentionCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	if !c.Apply {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("there is no database at %s: say where it is with --data", path)
		}
		db, err := store.Look(ctx, store.Options{Path: path})
		if err != nil {
			return err
		}
		defer db.Close()
		return dryRun(ctx, s, db)
	}
	return c.apply(ctx, s, path)
}

func dryRun(ctx context.Context, s *streams, db *store.DB) error {
	all, err := (&steward.Steward{DB: db}).DryRun(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "kind\tdays\twould go\toldest")
	for _, d := range all {
		days, oldest := fmt.Sprint(d.Days), "-"
		if d.Days == 0 {
			days = "kept"
		}
		if !d.Oldest.IsZero() {
			oldest = d.Oldest.In(i18n.London()).Format(time.DateOnly)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", d.Kind, days, d.N, oldest)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, d := range all {
		if d.Kind == people.Inactive && d.Days > 0 {
			fmt.Fprintf(s.out, "\n%s: %d have been warned, %d would be warned now; nobody goes sooner than %d days after the letter\n",
				d.Kind, d.Warned, d.ToWarn, people.Notice)
		}
	}
	return nil
}

// apply does a run, or goes on with the one that was cut off.
func (c *retentionCmd) apply(ctx context.Context, s *streams, path string) error {
	looked, keys, err := openWithKeys(ctx, path, c.Data)
	if err != nil {
		return err
	}
	if err := errors.Join(certificates.CheckKeys(looked.Read(ctx), keys), looked.Close()); err != nil {
		return err
	}
	db, err := store.Open(ctx, store.Options{Path: path, BeforeMigration: backupBefore(path, slog.New(slog.NewTextHandler(s.err, nil)))})
	if err != nil {
		return err
	}
	keeper := &steward.Steward{DB: db, Keys: keys, Letters: mail.Folder{Dir: filepath.Join(c.Data, "mail")},
		Lists: []string{filepath.Join(c.Data, steward.ListName)}}
	run, err := keeper.Retain(ctx)
	if err == nil {
		err = keeper.WriteLists(ctx)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "kind\tgone")
	for _, kind := range steward.Kinds() {
		fmt.Fprintf(w, "%s\t%d\n", kind, run.Counts[kind])
	}
	if err := w.Flush(); err != nil || run.Counts[steward.Warned] == 0 {
		return err
	}
	_, err = fmt.Fprintf(s.out, "\n%s: %d are warned; their letters go as soon as the server runs\n", people.Inactive, run.Counts[steward.Warned])
	return err
}
