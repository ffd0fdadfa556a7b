package people

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"golau/internal/store"
)

// Recovery codes have 80 bits each, written with letters that are not taken for
// one another.
const (
	recoveryCodes   = 10
	recoveryBytes   = 10
	recoveryLength  = 16
	recoveryLetters = "abcdefghijkmnpqrstuvwxyz23456789"
)

var recoveryCoding = base32.NewEncoding(recoveryLetters).WithPadding(base32.NoPadding)

// recoveryHash is what is kept of a code; 80 bits need no slow hash. The person
// is in it, so that one's code is not another's.
func recoveryHash(person, code string) string {
	h := sha256.Sum256([]byte("golau recovery\n" + person + "\n" + code))
	return hex.EncodeToString(h[:])
}

// drawRecovery gives a person ten new codes, grouped for reading, and voids those
// they had.
func drawRecovery(tx store.Tx, person string) ([]string, error) {
	if err := dropRecovery(tx, person); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		b, err := random(tx.Rand(), recoveryBytes)
		if err != nil {
			return nil, err
		}
		code := recoveryCoding.EncodeToString(b)
		err = tx.Exec("INSERT INTO people_recovery_codes (code_hash, person_id, created_at) VALUES (?, ?, ?)",
			recoveryHash(person, code), person, tx.Now).Error
		if err != nil {
			return nil, err
		}
		codes[i] = strings.Join([]string{code[:4], code[4:8], code[8:12], code[12:]}, "-")
	}
	return codes, nil
}

// dropRecovery takes the codes of a person away.
func dropRecovery(tx store.Tx, person string) error {
	return tx.Exec("DELETE FROM people_recovery_codes WHERE person_id = ?", person).Error
}

// useRecovery returns Recovery when the code is the person's and unused, and ""
// when not.
func useRecovery(tx store.Tx, person, code string) (Factor, error) {
	res := tx.Exec("UPDATE people_recovery_codes SET used_at = ? WHERE code_hash = ? AND person_id = ? AND used_at IS NULL",
		tx.Now, recoveryHash(person, code), person)
	if res.Error != nil || res.RowsAffected != 1 {
		return "", res.Error
	}
	return Recovery, nil
}
