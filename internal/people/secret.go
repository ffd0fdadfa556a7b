package people

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// What a letter carries is derived from the row it speaks of and a secret of the
// server, so that neither the table nor the job of the letter holds it: whoever
// reads the database, or a copy of it, can open nothing.

// derive is 256 bits that only this installation can name.
func (d *Directory) derive(what, id string) []byte {
	m := hmac.New(sha256.New, d.o.Secret)
	fmt.Fprintf(m, "golau %s\n%s", what, id)
	return m.Sum(nil)
}

// linkOf is the token in a letter's link; it has the shape of every token.
func (d *Directory) linkOf(what, id string) string {
	return base64.RawURLEncoding.EncodeToString(d.derive(what, id))
}

// codeDigits is how many digits somebody has to type.
const codeDigits = 6

// codeOf is the code in a letter.
func (d *Directory) codeOf(id string) string {
	return fmt.Sprintf("%0*d", codeDigits, binary.BigEndian.Uint64(d.derive("code", id))%1_000_000)
}

// hashCode is what is stored of a code. A plain hash of six digits would be
// undone in a moment; this one needs the secret.
func (d *Directory) hashCode(id, code string) string {
	return hex.EncodeToString(d.derive("typed", id+"\n"+code))
}
