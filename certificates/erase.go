package certificates

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// erasedVerb is the verb by which the record knows that a holder was erased.
const erasedVerb = "certificates.erased"

// noName stands where the holder's name stood.
const noName = "[erased]"

// Erase takes a person's name off their certificates, and what was signed, which
// holds it. The rest stays and can be checked for ever: by its number it is
// known as it was, without a name; by the code on the holder's own sheet, which
// brings what was signed along, with it. It returns their numbers' ids, also of
// those that were erased before.
//
// One that still waits for its signature is problem.Conflict: sign it first.
func Erase(tx store.Tx, k *Keys, person string) (ids []string, err error) {
	cs, err := For(tx.Rx, person)
	if err != nil {
		return nil, err
	}
	for _, c := range cs {
		ids = append(ids, c.ID)
		if c.Erased {
			continue
		}
		if c.Token == "" {
			return nil, problem.New(problem.Conflict, "certificates.not_signed_erase")
		}
		if err := eraseOne(tx, k, c); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func eraseOne(tx store.Tx, k *Keys, c Certificate) error {
	// What did not hold before must not seem to hold afterwards.
	held := k.checkOne(tx.Rx, c.ID) == nil
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{"INSERT INTO certificates_erased (certificate_id, token_hash, held, at) VALUES (?, ?, ?, ?)", []any{c.ID, hashOf(c.Token), flag(held), tx.Now}},
		{"UPDATE certificates_issued SET holder_name = ? WHERE id = ?", []any{noName, c.ID}},
		{"UPDATE certificates_signatures SET token = '' WHERE certificate_id = ?", []any{c.ID}},
	} {
		if err := tx.Exec(s.sql, s.args...).Error; err != nil {
			return err
		}
	}
	return recordOf(tx, erasedVerb, c.ID, stubRow, "", nil)
}

// hashOf is what is kept of what was signed. Names cannot be tried on it: what
// was signed ends in a signature, which only the private key makes.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// signed says whether a payload is the one that was signed for c.
func (c Certificate) signed(token string) bool {
	if c.Erased {
		return c.SignedHash == hashOf(token)
	}
	return c.Token == token
}

// brought checks what is left of an erased certificate against the record, and,
// where the sheet brought along what was signed, against that too: then c bears
// the name that stands there.
func (k *Keys) brought(rx store.Rx, c Certificate, said Claims) (Certificate, string, error) {
	lines, err := audit.About(rx, subject(c.ID))
	if err != nil {
		return c, "", err
	}
	for _, w := range witnesses {
		if w.verb != erasedVerb {
			continue
		}
		if err := w.ask(rx, c, lines); err != nil {
			return c, err.Error(), nil
		}
	}
	if !c.Held {
		return c, "it did not hold when its holder was erased", nil
	}
	if said.ID == "" {
		return c, "", nil
	}
	c.HolderName = said.Holder
	if strings.HasSuffix(said.Holder, "…") { // the digest is over the whole name, which nobody brought
		return c, "", nil
	}
	digest, err := c.digest()
	if err == nil && digest != said.Digest {
		return c, "a field was changed after it was signed", nil
	}
	return c, "", err
}

// Unsigned returns a person's certificates that wait for their signature.
func Unsigned(rx store.Rx, person string) (ids []string, err error) {
	cs, err := For(rx, person)
	for _, c := range cs {
		if c.Token == "" && !c.Erased {
			ids = append(ids, c.ID)
		}
	}
	return ids, err
}
