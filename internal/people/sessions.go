package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/store"
)

// OpenSession is a running session as its owner sees it.
type OpenSession struct {
	Name      string // names it to its owner; proves nothing
	Via       string // the door: password, code, …
	Factor    Factor // "" when one door was enough
	CreatedAt store.Time
	ExpiresAt store.Time
	Here      bool // the one that asks
}

// SessionsOf returns the viewer's running sessions, the newest first. Those
// that still owe the second factor are not among them: they open nothing.
func SessionsOf(rx store.Rx, v Viewer) ([]OpenSession, error) {
	var all []OpenSession
	err := rx.Raw(`SELECT substr(token_hash, 1, 16) AS name, via, factor, created_at, expires_at FROM people_sessions
		WHERE person_id = ? AND half = 0 AND ended_at IS NULL AND expires_at > ? ORDER BY created_at DESC, token_hash`,
		v.Person, rx.Now()).Scan(&all).Error
	for i := range all {
		all[i].Here = all[i].Name == v.Session
	}
	return all, store.Explain(err)
}

// EndSession ends one of the viewer's sessions. One that is somebody else's, or
// over, is problem.NotFound.
func (d *Directory) EndSession(ctx context.Context, v Viewer, name string) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		n, err := endSessions(tx, "person_id = ? AND substr(token_hash, 1, 16) = ?", v.Person, name)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		return audit.Record(tx, "people.session_ended", "person:"+v.Person, map[string]any{"session": name})
	})
}
