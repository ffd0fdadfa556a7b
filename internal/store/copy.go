package store

import (
	"context"
	"database/sql"
)

// Copy writes a consistent copy of the database into a new file, while it is in
// use. Copying the file itself would lose what still lies in the log.
func Copy(ctx context.Context, db *sql.DB, to string) error {
	_, err := db.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}
