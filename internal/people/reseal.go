package people

import (
	"context"
	"crypto/cipher"
	"encoding/base64"

	"golau/internal/audit"
	"golau/internal/store"
)

// Resealed is what a change of keys came to.
type Resealed struct {
	Apps, Providers int // closed anew with the key in force
	Lost            int // of both, what none of the keys opens
}

// Reseal closes the secrets of authenticator apps and of agencies' sign-ins with
// the keys in force, where one of the other keys opens them. All of it is one
// transaction, and what the key in force opens is left alone: after a crash it
// is simply done again.
func (d *Directory) Reseal(ctx context.Context, factor, agency [][]byte) (r Resealed, err error) {
	apps, err := ring(d.factors, factor, factorKey)
	if err != nil {
		return r, err
	}
	now, err := d.closer("provider")
	if err != nil {
		return r, err
	}
	providers, err := ring(now, agency, func(key []byte) (cipher.AEAD, error) { return closerOf(key, "provider") })
	if err != nil {
		return r, err
	}
	err = d.db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		r = Resealed{}
		for _, t := range []struct {
			ring         []cipher.AEAD
			list, update string
			of           string // what a secret is bound to, before its owner
			n            *int
		}{
			{apps, "SELECT person_id AS owner, '' AS session, sealed FROM people_totp ORDER BY person_id",
				"UPDATE people_totp SET sealed = ? WHERE person_id = ? AND ? = ''", "totp ", &r.Apps},
			{apps, "SELECT person_id AS owner, session, sealed FROM people_totp_begun ORDER BY person_id, session",
				"UPDATE people_totp_begun SET sealed = ? WHERE person_id = ? AND session = ?", "totp ", &r.Apps},
			{providers, "SELECT id AS owner, '' AS session, sealed FROM people_providers WHERE sealed <> '' ORDER BY id",
				"UPDATE people_providers SET sealed = ? WHERE id = ? AND ? = ''", "", &r.Providers},
		} {
			var rows []struct{ Owner, Session, Sealed string }
			if err := tx.Raw(t.list).Scan(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				fresh, lost, err := anew(tx, t.ring, row.Sealed, t.of+row.Owner)
				if err != nil {
					return err
				}
				if lost {
					r.Lost++
				}
				if fresh == "" {
					continue
				}
				if err := tx.Exec(t.update, fresh, row.Owner, row.Session).Error; err != nil {
					return err
				}
				*t.n++
			}
		}
		if r.Apps+r.Providers == 0 {
			return nil
		}
		return audit.Record(tx, "people.keys_changed", "keys:people", map[string]any{"apps": r.Apps, "providers": r.Providers, "lost": r.Lost})
	})
	return r, err
}

// ring is the key in force and the others, in this order.
func ring(now cipher.AEAD, others [][]byte, open func([]byte) (cipher.AEAD, error)) ([]cipher.AEAD, error) {
	all := []cipher.AEAD{now}
	for _, key := range others {
		aead, err := open(key)
		if err != nil {
			return nil, err
		}
		all = append(all, aead)
	}
	return all, nil
}

// anew is a secret closed with the first key of a ring, "" where it is already
// or where no key opens it.
func anew(tx store.Tx, ring []cipher.AEAD, sealed, of string) (fresh string, lost bool, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < ring[0].NonceSize() {
		return "", true, nil
	}
	for i, key := range ring {
		plain, err := key.Open(nil, raw[:key.NonceSize()], raw[key.NonceSize():], []byte(of))
		if err != nil {
			continue
		}
		if i == 0 {
			return "", false, nil
		}
		nonce, err := random(tx.Rand(), ring[0].NonceSize())
		if err != nil {
			return "", false, err
		}
		return base64.RawURLEncoding.EncodeToString(ring[0].Seal(nonce, nonce, plain, []byte(of))), false, nil
	}
	return "", true, nil
}
