package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/store"
)

// Retiring is what becomes of the people of a provider that is given up.
type Retiring struct {
	Provider Provider
	// Lost come in by other ways afterwards: their connections go with it.
	Lost int
	// Kept come by another agency's sign-in at the same issuer, and go on doing so.
	Kept int
}

// otherAt finds another provider of the same issuer.
const otherAt = `SELECT o.id FROM people_providers o JOIN people_providers p ON p.issuer = o.issuer AND p.id <> o.id
	WHERE p.id = ? ORDER BY o.enabled DESC, o.key LIMIT 1`

// WhatRetires returns what giving up the provider with the key would do, or
// problem.NotFound; others than those who keep them: problem.Forbidden.
func WhatRetires(rx store.Rx, v Viewer, key string) (w Retiring, err error) {
	if w.Provider, err = ProviderByKey(rx, v, key); err != nil {
		return w, err
	}
	var other string
	if err := rx.Raw(otherAt, w.Provider.ID).Scan(&other).Error; err != nil {
		return w, store.Explain(err)
	}
	var n struct{ Kept, People int }
	err = rx.Raw("SELECT count(*) FILTER (WHERE issuer = ? AND ?) AS kept, count(*) AS people FROM people_identities WHERE provider_id = ?",
		w.Provider.Issuer, other != "", w.Provider.ID).Scan(&n).Error
	w.Kept, w.Lost = n.Kept, n.People-n.Kept
	return w, store.Explain(err)
}

// RetireProvider gives a provider up for good, with the reason, which the record
// keeps. Connections by it are taken away, but for those that another provider of
// the same issuer goes on with; whoever is signed in through an agency by a
// connection that goes is signed out. Accounts, and all that was learnt, stay, and
// codes by e-mail open them.
//
// A reason that is none is Invalid with the field "reason"; no such provider is
// NotFound; others than those who keep them: problem.Forbidden.
func (d *Directory) RetireProvider(ctx context.Context, v Viewer, key, reason string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	reason, err := cleanReason(reason)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		w, err := WhatRetires(tx.Rx, v, key)
		if err != nil {
			return err
		}
		ended, err := retire(tx, w.Provider)
		if err != nil {
			return err
		}
		return audit.Record(tx, "people.provider_retired", "provider:"+w.Provider.ID, map[string]any{"reason": reason,
			"organisation": w.Provider.Organisation.ID, "name": w.Provider.Name, "issuer": w.Provider.Issuer,
			"connections_removed": w.Lost, "connections_kept": w.Kept, "ended_sessions": ended})
	})
}

// retire takes the rows of a provider away and returns how many sessions ended.
func retire(tx store.Tx, p Provider) (ended int64, err error) {
	var other string
	if err := tx.Raw(otherAt, p.ID).Scan(&other).Error; err != nil {
		return 0, err
	}
	if other != "" {
		err := tx.Exec("UPDATE people_identities SET provider_id = ? WHERE provider_id = ? AND issuer = ?", other, p.ID, p.Issuer).Error
		if err != nil {
			return 0, err
		}
	}
	ended, err = endSessions(tx, "via = 'oidc' AND person_id IN (SELECT person_id FROM people_identities WHERE provider_id = ?)", p.ID)
	if err != nil {
		return 0, err
	}
	for _, sql := range []string{
		"DELETE FROM people_identities WHERE provider_id = ?",
		"DELETE FROM people_provider_domains WHERE provider_id = ?",
		"DELETE FROM people_providers WHERE id = ?",
	} {
		if err := tx.Exec(sql, p.ID).Error; err != nil {
			return 0, err
		}
	}
	return ended, nil
}
