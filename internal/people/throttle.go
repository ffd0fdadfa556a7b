package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// accountKey names an account in the throttle, whether or not it exists.
func accountKey(emailKey string) string {
	h := sha256.Sum256([]byte("golau account\n" + emailKey))
	return hex.EncodeToString(h[:16])
}

// tryPassword lets one guess reach the hash, if the account has any left. Every
// door that takes a password goes through it, so the limit counts across them.
// stored is "" for an account without a password or that does not exist; it
// costs the same.
//
// A right guess leaves its row for the caller's Write to clear with
// clearGuesses. Returns problem.TooMany when the account has used its guesses,
// problem.Unavailable when too many wait for the hash.
func (d *Directory) tryPassword(ctx context.Context, account, person, stored, password string) (right bool, err error) {
	// Asked before the queue, so that a throttled account cannot fill it.
	if err := d.mayGuess(d.db.Read(ctx), account); err != nil {
		return false, err
	}
	leave, err := d.gate.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	guess, err := d.reserveGuess(ctx, account)
	if err != nil {
		return false, err
	}
	if stored == "" {
		stored = d.o.Hasher.Decoy()
	}
	if right, err = d.o.Hasher.Matches(password, stored); err != nil || right {
		return right, err
	}
	return false, d.noteFailure(ctx, guess, account, person)
}

// mayGuess returns problem.TooMany when the account has no guess left.
func (d *Directory) mayGuess(rx store.Rx, account string) error {
	now := rx.Now()
	limit, err := d.guessLimit(rx, now)
	if err != nil {
		return err
	}
	// The limit-th newest guess is the one that must grow old before another
	// is allowed.
	var row struct{ At store.Time }
	err = rx.Raw(`SELECT at FROM people_signin_guesses WHERE account = ? AND at > ?
		ORDER BY at DESC LIMIT 1 OFFSET ?`, account, store.At(now.Add(-d.o.GuessWindow)), limit-1).Scan(&row).Error
	if err != nil {
		return store.Explain(err)
	}
	if row.At.IsZero() {
		return nil
	}
	return problem.New(problem.TooMany, "people.signin.throttled").After(row.At.Add(d.o.GuessWindow).Sub(now.Time))
}

// guessLimit is how many guesses each account has now: fewer while somebody
// tries a few passwords on very many accounts.
func (d *Directory) guessLimit(rx store.Rx, now store.Time) (int, error) {
	var n int
	err := rx.Raw("SELECT count(*) FROM people_signin_windows WHERE started_at > ? AND announced_at IS NOT NULL",
		store.At(now.Add(-2*d.o.GuessWindow))).Scan(&n).Error
	if err != nil || n == 0 {
		return d.o.Guesses, store.Explain(err)
	}
	return min(d.o.SprayGuesses, d.o.Guesses), nil
}

// reserveGuess counts a guess before it is made and returns its row: of two
// hundred at one moment, ten are counted and the others refused.
func (d *Directory) reserveGuess(ctx context.Context, account string) (id int64, err error) {
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		id, err = d.reserve(tx, account)
		return err
	})
	return id, err
}

// reserve is reserveGuess within a Write, for doors that compare nothing slow.
func (d *Directory) reserve(tx store.Tx, account string) (id int64, err error) {
	// What is too old to count is forgotten a little at a time.
	err = tx.Exec(`DELETE FROM people_signin_guesses WHERE id IN (
		SELECT id FROM people_signin_guesses WHERE at <= ? ORDER BY at LIMIT 20)`,
		store.At(tx.Now.Add(-2*d.o.GuessWindow))).Error
	if err != nil {
		return 0, err
	}
	if err := d.mayGuess(tx.Rx, account); err != nil {
		return 0, err
	}
	err = tx.Raw("INSERT INTO people_signin_guesses (account, at) VALUES (?, ?) RETURNING id", account, tx.Now).
		Scan(&id).Error
	return id, err
}

// clearGuesses gives an account all its guesses back.
func clearGuesses(tx store.Tx, account string) error {
	return tx.Exec("DELETE FROM people_signin_guesses WHERE account = ?", account).Error
}

// noteFailure records a wrong guess, and says so once when the wrong guesses of
// a window are spread over too many accounts to be forgetfulness.
func (d *Directory) noteFailure(ctx context.Context, guess int64, account, person string) error {
	sprayed := 0
	err := d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) (err error) {
		sprayed, err = d.failed(tx, guess, account, person)
		return err
	})
	if err == nil {
		d.warnOfSpray(sprayed)
	}
	return err
}

// warnOfSpray tells the log of an attack on so many accounts; 0 is none.
func (d *Directory) warnOfSpray(accounts int) {
	if accounts > 0 {
		d.o.Log.Warn("wrong passwords or codes on many accounts; fewer guesses each for now", "accounts", accounts,
			"window", d.o.GuessWindow.String(), "guesses", d.o.SprayGuesses)
	}
}

// failed is noteFailure within a Write. sprayed is for warnOfSpray, after the
// commit.
func (d *Directory) failed(tx store.Tx, guess int64, account, person string) (sprayed int, err error) {
	started := store.At(tx.Now.Truncate(d.o.GuessWindow))
	first := 1
	var before int
	err = tx.Raw("SELECT count(*) FROM people_signin_guesses WHERE account = ? AND failed = 1 AND at >= ?",
		account, started).Scan(&before).Error
	if err != nil {
		return 0, err
	}
	if before > 0 {
		first = 0
	}
	if err := tx.Exec("UPDATE people_signin_guesses SET failed = 1 WHERE id = ?", guess).Error; err != nil {
		return 0, err
	}
	err = tx.Exec(`INSERT INTO people_signin_windows (started_at, accounts, failures) VALUES (?, ?, 1)
		ON CONFLICT (started_at) DO UPDATE SET accounts = accounts + excluded.accounts, failures = failures + 1`,
		started, first).Error
	if err != nil {
		return 0, err
	}
	if sprayed, err = d.announceSpray(tx, started); err != nil {
		return 0, err
	}
	subject := "account:unknown"
	if person != "" {
		subject = "person:" + person
	}
	return sprayed, audit.Record(tx, "people.signin_failed", subject, map[string]any{"account": account})
}

// announceSpray marks the window as an attack when it is one and returns over
// how many accounts; 0 when it is none or is known already.
func (d *Directory) announceSpray(tx store.Tx, started store.Time) (accounts int, err error) {
	err = tx.Raw(`UPDATE people_signin_windows SET announced_at = ?
		WHERE started_at = ? AND announced_at IS NULL AND accounts >= ? RETURNING accounts`,
		tx.Now, started, d.o.SprayAccounts).Scan(&accounts).Error
	if err != nil || accounts == 0 {
		return 0, err
	}
	// A day of windows is enough to look back on; the record keeps the rest.
	err = tx.Exec("DELETE FROM people_signin_windows WHERE started_at < ?", store.At(tx.Now.Add(-24*time.Hour))).Error
	if err != nil {
		return 0, err
	}
	return accounts, audit.Record(tx, "people.spray", "window:"+strconv.FormatInt(started.Unix(), 10),
		map[string]any{"accounts": accounts})
}
