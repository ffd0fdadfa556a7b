package people

import (
	"time"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// Wrong codes of the app in a day after which it opens nothing for an hour: the
// throttle alone would leave whoever holds the password three thousand guesses a
// day at six digits. Only they get as far, so a stranger closes nothing.
const (
	dayTries  = 20
	triesDay  = 24 * time.Hour
	closedFor = time.Hour
)

// totpOpen returns problem.TooMany while the person's app is closed. Recovery
// codes and passkeys, which nobody guesses, go on opening.
func totpOpen(rx store.Rx, person string) error {
	n, last, err := totpTries(rx, person)
	if err != nil || n < dayTries {
		return err
	}
	now := rx.Now()
	if until := last.Add(closedFor); now.Before(until) {
		key, err := closedKey(rx, person)
		if err != nil {
			return err
		}
		return problem.New(problem.TooMany, key).After(until.Sub(now.Time))
	}
	return nil
}

// closedKey is what is said to whoever meets a closed app: somebody without a
// password has none to change, and whoever got so far reads their e-mail.
func closedKey(rx store.Rx, person string) (string, error) {
	var n int
	err := rx.Raw("SELECT count(*) FROM people_persons WHERE id = ? AND password_hash <> ''", person).Scan(&n).Error
	if err == nil && n == 0 {
		return "people.factor.closed_codes", nil
	}
	return "people.factor.closed", store.Explain(err)
}

func totpTries(rx store.Rx, person string) (n int, last store.Time, err error) {
	var row struct {
		N    int
		Last store.Time
	}
	err = rx.Raw("SELECT count(*) AS n, max(at) AS last FROM people_totp_tries WHERE person_id = ? AND at > ?",
		person, store.At(rx.Now().Add(-triesDay))).Scan(&row).Error
	return row.N, row.Last, store.Explain(err)
}

// noteTOTPTry keeps a wrong code, and tells the owner when it was one too many:
// whoever typed it has come in by the first door.
func noteTOTPTry(tx store.Tx, person string) error {
	err := tx.Exec("DELETE FROM people_totp_tries WHERE person_id = ? AND at <= ?", person, store.At(tx.Now.Add(-triesDay))).Error
	if err != nil {
		return err
	}
	if err := tx.Exec("INSERT INTO people_totp_tries (person_id, at) VALUES (?, ?)", person, tx.Now).Error; err != nil {
		return err
	}
	n, _, err := totpTries(tx.Rx, person)
	if err != nil || n != dayTries {
		return err
	}
	if err := tellOwner(tx, person, "closed"); err != nil {
		return err
	}
	return audit.Record(tx, "people.factor_closed", "person:"+person, map[string]any{"wrong_codes": n})
}

// forgetTOTPTries opens the app again: its owner has shown a recovery code.
func forgetTOTPTries(tx store.Tx, person string) error {
	return tx.Exec("DELETE FROM people_totp_tries WHERE person_id = ?", person).Error
}
