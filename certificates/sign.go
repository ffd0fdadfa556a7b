package certificates

import (
	"context"

	"github.com/golang-jwt/jwt/v5"

	"golau/internal/store"
)

// Sign signs a certificate that has been recorded. Signing again changes
// nothing. Returns problem.NotFound for an unknown id.
func Sign(ctx context.Context, db *store.DB, k *Keys, id string) error {
	c, found, err := byID(db.Read(ctx), id)
	switch {
	case err != nil:
		return err
	case !found:
		return notFound()
	case c.Token != "" || c.Erased:
		return nil
	}
	token, err := k.sign(c)
	if err != nil {
		return err
	}
	return db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		written, err := insertSignature(tx, id, k.kid, token)
		if err != nil || !written {
			return err
		}
		return recordOf(tx, "certificates.signed", id, signatureRow, "", map[string]any{"kid": k.kid})
	})
}

func (k *Keys) sign(c Certificate) (string, error) {
	digest, err := c.digest()
	if err != nil {
		return "", err
	}
	claims := &tokenClaims{Issuer: issuer, Audience: audience, ID: c.ID, Holder: shortened(c.HolderName),
		Completed: day(c.Completed), Digest: digest}
	if !c.ValidUntil.IsZero() {
		claims.Expires = c.ValidUntil.Unix()
	}
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	t.Header = map[string]any{"alg": jwt.SigningMethodEdDSA.Alg(), "kid": k.kid}
	return t.SignedString(k.private)
}
