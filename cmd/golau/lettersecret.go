package main

import (
	"crypto/hmac"
	"crypto/sha256"
)

// letterSecret is what codes and links in letters are derived from: the same
// after a restart, and no help to whoever holds only the database. When the seal
// is replaced, codes under way (ten minutes) end with it; links of invitations
// are known by their hash and go on.
func letterSecret(data string) ([]byte, error) {
	key, err := sealKey(sealPath(data))
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte("golau letters"))
	return m.Sum(nil), nil
}
