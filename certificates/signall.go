package certificates

import (
	"context"

	"golau/internal/outbox"
	"golau/internal/store"
)

// SignIn signs a certificate within a transaction that somebody has opened
// already, so that it is recorded and signed at one moment, and settles the job
// that asked for it. It is for work in bulk, where a Write for each signature
// would be a flush of the disk for each. Signing again changes nothing. Returns
// problem.NotFound for an unknown id.
func SignIn(tx store.Tx, k *Keys, id string) error {
	c, found, err := byID(tx.Rx, id)
	switch {
	case err != nil:
		return err
	case !found:
		return notFound()
	case c.Token == "" && !c.Erased:
		token, err := k.sign(c)
		if err != nil {
			return err
		}
		if _, err := insertSignature(tx, id, k.kid, token); err != nil {
			return err
		}
		if err := recordOf(tx, "certificates.signed", id, signatureRow, "", map[string]any{"kid": k.kid}); err != nil {
			return err
		}
	}
	return outbox.Settle(tx, SignJob, id)
}

// signBatch is how many certificates SignAll signs in one Write: about 30 ms.
const signBatch = 100

// SignAll signs every certificate that still waits for its signature, and
// returns how many did. Each batch is whole or not at all, so that after a crash
// it goes on where it stopped.
func SignAll(ctx context.Context, db *store.DB, k *Keys) (n int, err error) {
	for {
		ids, err := unsigned(db.Read(ctx), signBatch)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		err = db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
			for _, id := range ids {
				if err := SignIn(tx, k, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
		n += len(ids)
	}
}

// unsigned returns the oldest certificates that wait for their signature.
func unsigned(rx store.Rx, n int) ([]string, error) {
	var ids []string
	err := rx.Raw(`SELECT c.id FROM certificates_issued c
		WHERE NOT EXISTS (SELECT 1 FROM certificates_signatures g WHERE g.certificate_id = c.id)
		ORDER BY c.issued_at, c.id LIMIT ?`, n).Scan(&ids).Error
	return ids, store.Explain(err)
}
