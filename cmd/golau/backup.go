package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"golau/cmd/golau/internal/backups"
)

type backupCmd struct {
	dataFlags
	File string `arg:"" help:"Where to write the backup; nothing is written over." placeholder:"FILE"`
}

// Run writes a backup, while the site serves or while it does not, and says what
// it holds.
func (c *backupCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	r, err := backups.Take(ctx, path, c.File, progress(s.err, "copying"))
	if r.File != "" {
		fmt.Fprintf(s.out, "backup: %s (%s)\nschema: %d\n", r.File, backups.Size(uint64(r.Bytes)), r.Content.Version)
		if r.Head.Lines > 0 {
			fmt.Fprintf(s.out, "record: %d lines, %s\n", r.Head.Lines, r.Head.Hash)
		}
	}
	return err
}

// backupBefore copies the database beside itself before a migration changes it.
func backupBefore(path string, log *slog.Logger) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, _ *sql.DB) error {
		to := backups.Before(path, time.Now())
		r, err := backups.Take(ctx, path, to, nil)
		if err != nil {
			return fmt.Errorf("backup %s: %w", to, err)
		}
		log.Info("backup before the migration", "file", r.File, "schema", r.Content.Version)
		return nil
	}
}
