package people

import (
	"strings"

	"golau/internal/problem"
	"golau/internal/store"
)

// factorAccount names the second factor of a person in the throttle. It is not
// the account's: a right password must not give the guesses at codes back.
func factorAccount(person string) string { return accountKey("second factor\n" + person) }

// guessed is what became of a code.
type guessed struct {
	Factor  Factor // whose it is
	right   bool
	sprayed int
}

// told warns the log where needed and says a wrong code to its field, after the
// commit.
func (d *Directory) told(g guessed, field string) error {
	d.warnOfSpray(g.sprayed)
	if !g.right {
		return problem.InvalidField(field, "people.factor.wrong")
	}
	return nil
}

// cleanFactorCode returns a code of the app, or a recovery code, however it is
// grouped and cased. What can be neither is Invalid and is no guess.
func cleanFactorCode(field, typed string) (string, error) {
	code := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(typed)))
	digits := len(code) == codeDigits && strings.Trim(code, "0123456789") == ""
	recovery := len(code) == recoveryLength && strings.Trim(code, recoveryLetters) == ""
	switch {
	case code == "":
		return "", problem.InvalidField(field, "people.factor.required_code")
	case !digits && !recovery:
		return "", problem.InvalidField(field, "people.factor.shape")
	}
	return code, nil
}

// useCode lets one guess at a person's codes reach the comparison and uses a
// right one up. Every page that takes such a code goes through it, so that the
// limits, of minutes and of a day, count across them; beyond them
// problem.TooMany.
func (d *Directory) useCode(tx store.Tx, person, code string) (g guessed, err error) {
	account, app := factorAccount(person), len(code) == codeDigits
	if app {
		if err := totpOpen(tx.Rx, person); err != nil {
			return g, err
		}
	}
	guess, err := d.reserve(tx, account)
	if err != nil {
		return g, err
	}
	if app {
		g.Factor, err = d.useTOTP(tx, person, code)
	} else {
		g.Factor, err = useRecovery(tx, person, code)
	}
	if err != nil {
		return guessed{}, err
	}
	if g.right = g.Factor != ""; g.right {
		return g, codeRight(tx, account, person, g.Factor)
	}
	if app {
		if err := noteTOTPTry(tx, person); err != nil {
			return guessed{}, err
		}
	}
	g.sprayed, err = d.failed(tx, guess, account, person)
	return g, err
}

// codeRight gives the guesses of a few minutes back. Those of a day only a
// recovery code gives: the owner's own sign-ins must not make room for somebody
// else's guesses.
func codeRight(tx store.Tx, account, person string, f Factor) error {
	if f == Recovery {
		if err := forgetTOTPTries(tx, person); err != nil {
			return err
		}
	}
	return clearGuesses(tx, account)
}
