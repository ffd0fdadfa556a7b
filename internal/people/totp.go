package people

import (
	"crypto/subtle"
	"encoding/base32"

	"golau/internal/problem"
	"golau/internal/store"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// What RFC 6238 leaves open, as every authenticator app takes it to be.
const (
	totpPeriod = 30 // seconds
	totpSkew   = 1  // steps that a clock may be wrong, either way
	totpBytes  = 20
)

// totpIssuer names the site in the app.
const totpIssuer = "Golau"

// newTOTP draws a secret.
func newTOTP(tx store.Tx) (string, error) {
	b, err := random(tx.Rand(), totpBytes)
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b), err
}

// totpURI is what the square on the page holds.
func totpURI(email, secret string) (string, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return "", err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: totpIssuer, AccountName: email, Secret: raw,
		Period: totpPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return "", err
	}
	return key.URL(), nil
}

// totpStep returns the step whose code it is, if that is later than after: a
// code that was read over a shoulder, or kept, is worth nothing. Every step is
// compared, whichever matches.
func totpStep(secret, code string, now store.Time, after int64) (step int64, ok bool, err error) {
	at := now.Unix() / totpPeriod
	for s := at - totpSkew; s <= at+totpSkew; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > after && !ok {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// useTOTP returns TOTP when the code is the app's and new, and "" when not. A
// secret that this server's key does not open is problem.Unavailable: recovery
// codes still work.
func (d *Directory) useTOTP(tx store.Tx, person, code string) (Factor, error) {
	var t struct {
		Sealed   string
		LastStep int64
	}
	if err := tx.Raw("SELECT sealed, last_step FROM people_totp WHERE person_id = ?", person).Scan(&t).Error; err != nil || t.Sealed == "" {
		return "", store.Explain(err)
	}
	secret, err := d.openSecret(person, t.Sealed)
	if err != nil {
		return "", problem.New(problem.Unavailable, "people.factor.unreadable").Because(err)
	}
	step, ok, err := totpStep(secret, code, tx.Now, t.LastStep)
	if err != nil || !ok {
		return "", err
	}
	res := tx.Exec("UPDATE people_totp SET last_step = ?, last_used_at = ? WHERE person_id = ? AND last_step < ?",
		step, tx.Now, person, step)
	if res.Error != nil || res.RowsAffected != 1 {
		return "", res.Error
	}
	return TOTP, nil
}
