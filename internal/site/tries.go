package site

import (
	"context"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// Try is a letter that was sent to try the post.
type Try struct {
	At    store.Time // zero: nobody has tried
	Fault string     // "" when it was taken
	// Written says that it went no further than a folder: no mail server was set.
	Written bool
}

// Tried says whether anybody has tried.
func (t Try) Tried() bool { return !t.At.IsZero() }

// Went says whether the letter was taken.
func (t Try) Went() bool { return t.Tried() && t.Fault == "" }

// LastTry returns the letter that was sent last to try the post.
func LastTry(rx store.Rx) (t Try, err error) {
	err = rx.Raw("SELECT at, fault, written FROM site_tries ORDER BY id DESC LIMIT 1").Scan(&t).Error
	return t, store.Explain(err)
}

// MayTry returns nil when the viewer may try the post, else Forbidden. It is
// asked before the letter is sent, which takes too long for a Write.
func MayTry(v people.Viewer) error { return v.Require(people.SeeInstallation) }

// Tried notes what came of a letter that was sent to try the post, and whether it
// went no further than a folder.
func Tried(ctx context.Context, db *store.DB, v people.Viewer, fault string, written bool) error {
	if err := MayTry(v); err != nil {
		return err
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if err := tx.Exec("INSERT INTO site_tries (at, fault, written) VALUES (?, ?, ?)", tx.Now, fault, written).Error; err != nil {
			return err
		}
		return audit.Record(tx, "site.post_tried", "site:post", map[string]any{"fault": fault})
	})
}
