package store

import (
	"encoding/base32"
	"io"
	"strings"
)

// crockford is base32 without I, L, O and U, so that an identifier can be read
// aloud and typed. Lower case, because it stands in addresses.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// idLen is the length of an identifier: 128 bits in base32.
const idLen = 26

// newID draws an unguessable identifier of 128 bits.
func newID(r io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return "", err
	}
	return crockford.EncodeToString(b[:]), nil
}

// IsID says whether s has the shape of an identifier.
func IsID(s string) bool {
	if len(s) != idLen || strings.ContainsAny(s, "\r\n") { // which the decoder would pass over
		return false
	}
	_, err := crockford.DecodeString(s)
	return err == nil
}
