package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"golau/internal/store"
)

// backupBefore copies the database beside itself before a migration changes it.
func backupBefore(path string, log *slog.Logger) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		to := strings.TrimSuffix(path, ".db") + "-before-" + time.Now().UTC().Format("20060102T150405") + ".db"
		if err := store.Copy(ctx, db, to); err != nil {
			return fmt.Errorf("backup %s: %w", to, err)
		}
		log.Info("backup before the migration", "file", to)
		return nil
	}
}
