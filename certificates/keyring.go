package certificates

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"

	"golau/internal/audit"
	"golau/internal/store"
)

// keyAdded is the verb by which the record knows a key.
const keyAdded = "certificates.key_added"

// RememberKeys writes the public halves of the keys into the database, so that a
// backup alone can tell whether a certificate is genuine. Nothing is written
// when they are there. Call it at start.
func RememberKeys(ctx context.Context, db *store.DB, k *Keys) error {
	known, err := rememberedKeys(db.Read(ctx))
	if err != nil {
		return err
	}
	missing := map[string]string{}
	for kid, public := range k.public {
		if known[kid] == nil {
			missing[kid] = base64.RawURLEncoding.EncodeToString(public)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		for kid, public := range missing {
			err := tx.Exec("INSERT INTO certificates_keys (kid, public, added_at) VALUES (?, ?, ?)", kid, public, tx.Now).Error
			if err != nil {
				return err
			}
			p, err := printOf(tx.Rx, keyRow, kid, "")
			if err != nil {
				return err
			}
			if err := audit.RecordOf(tx, keyAdded, "key:"+kid, p, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// rememberedKeys are the public keys that the database knows.
func rememberedKeys(rx store.Rx) (map[string]ed25519.PublicKey, error) {
	var rows []struct{ Kid, Public string }
	if err := rx.Raw("SELECT kid, public FROM certificates_keys ORDER BY kid").Scan(&rows).Error; err != nil {
		return nil, store.Explain(err)
	}
	keys := map[string]ed25519.PublicKey{}
	for _, r := range rows {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(r.Public)
		if err != nil || len(raw) != ed25519.PublicKeySize || thumbprint(raw) != r.Kid {
			return nil, fmt.Errorf("the key %s in the database is not the key of that name", r.Kid)
		}
		keys[r.Kid] = raw
	}
	return keys, nil
}

// checkKeyRows holds the rows of keys to the record.
func checkKeyRows(rx store.Rx) error {
	keys, err := rememberedKeys(rx)
	if err != nil {
		return err
	}
	for kid := range keys {
		now, err := printOf(rx, keyRow, kid, "")
		if err != nil {
			return err
		}
		lines, err := audit.About(rx, "key:"+kid)
		if err != nil {
			return err
		}
		if len(lines) != 1 || lines[0].Print != now {
			return fmt.Errorf("the row of the key %s was changed, or the record knows nothing of it", kid)
		}
	}
	n, err := audit.Count(rx, keyAdded)
	if err == nil && n != len(keys) {
		err = fmt.Errorf("the database has %d keys, and the record knows of %d", len(keys), n)
	}
	return err
}

// Recall adds to a key folder, as retired, the keys that a restored database
// remembers and the folder lacks, and returns their names. It trusts the
// database: only who restores it from a copy of their own may say so.
func Recall(rx store.Rx, dir string, k *Keys) (added []string, err error) {
	known, err := rememberedKeys(rx)
	if err != nil {
		return nil, err
	}
	for kid, public := range known {
		if k.public[kid] != nil {
			continue
		}
		if err := writeRetired(dir, public); err != nil {
			return added, err
		}
		k.public[kid] = public
		added = append(added, kid)
	}
	return added, nil
}

// KeySince returns since when the present key signs here; zero where it has not
// been remembered yet.
func KeySince(rx store.Rx, k *Keys) (at store.Time, err error) {
	var row struct{ AddedAt store.Time }
	err = rx.Raw("SELECT added_at FROM certificates_keys WHERE kid = ?", k.kid).Scan(&row).Error
	return row.AddedAt, store.Explain(err)
}
