package people

import (
	"context"
	"crypto/subtle"
	"strings"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// maxCodeGuesses is how often one code may be typed wrongly.
const maxCodeGuesses = 5

// cleanCode returns the digits of a code, however they are grouped.
func cleanCode(s string) (string, error) {
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if s == "" {
		return "", problem.InvalidField("code", "people.code.required")
	}
	if len(s) != codeDigits || strings.Trim(s, "0123456789") != "" {
		return "", problem.InvalidField("code", "people.code.shape")
	}
	return s, nil
}

func codeGone() error { return problem.InvalidField("code", "people.code.gone") }

func linkGone() error { return problem.New(problem.NotFound, "people.link.gone") }

// opening is what a proven row leads to. It runs in the Write that proves it; a
// refusal that must be kept, like that of a suspended account, is returned as
// refused.
type opening func(tx store.Tx, c codeRow) (refused, err error)

// tryCode lets one guess at a code reach its comparison, if the code, the
// browser and the account have any left, and opens what it proves.
//
// A guess counts like one at a password, by the same account and toward the same
// alarm. A code that is used, old, of another browser or guessed at too often is
// problem.Invalid (people.code.gone), a wrong one people.code.wrong: for an
// address that nobody has, every one is wrong.
func (d *Directory) tryCode(ctx context.Context, p Purpose, nonce, typed string, open opening) error {
	typed, err := cleanCode(typed)
	if err != nil {
		return err
	}
	if !isToken(nonce) {
		return codeGone()
	}
	var refused error
	var used string
	sprayed := 0
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		c, err := codeBy(tx.Rx, "nonce_hash", hashToken(nonce))
		if err != nil {
			return err
		}
		if c.over(tx.Now) || c.Purpose != p || !c.ProvenAt.IsZero() || c.Guesses >= maxCodeGuesses {
			return codeGone()
		}
		guess, err := d.reserve(tx, c.Account)
		if err != nil {
			return err
		}
		if err := tx.Exec("UPDATE people_codes SET guesses = guesses + 1 WHERE id = ?", c.ID).Error; err != nil {
			return err
		}
		right := subtle.ConstantTimeCompare([]byte(d.hashCode(c.ID, typed)), []byte(c.CodeHash)) == 1
		if !right || !c.opens() {
			refused = problem.InvalidField("code", "people.code.wrong")
			if c.Guesses+1 >= maxCodeGuesses {
				refused = codeGone()
			}
			sprayed, err = d.failed(tx, guess, c.Account, c.PersonID)
			return err
		}
		if err := clearGuesses(tx, c.Account); err != nil {
			return err
		}
		used = c.ID
		refused, err = d.prove(tx, c, open)
		return err
	})
	if err != nil {
		return err
	}
	if refused == nil {
		d.sources.used(used)
	}
	d.warnOfSpray(sprayed)
	return refused
}

// tryLink opens what a letter's link proves, in whatever browser. 256 bits need
// no throttle, so that whoever is guessed at still comes in by the letter.
func (d *Directory) tryLink(ctx context.Context, p Purpose, link string, open opening) error {
	if !isToken(link) {
		return linkGone()
	}
	var refused error
	var used string
	err := d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		c, err := codeBy(tx.Rx, "link_hash", hashToken(link))
		if err != nil {
			return err
		}
		if c.over(tx.Now) || c.Purpose != p || !c.ProvenAt.IsZero() || !c.opens() {
			return linkGone()
		}
		if err := clearGuesses(tx, c.Account); err != nil {
			return err
		}
		used = c.ID
		refused, err = d.prove(tx, c, open)
		return err
	})
	if err != nil {
		return err
	}
	if refused == nil {
		d.sources.used(used)
	}
	return refused
}

// prove hands a row whose letter was read to what it opens, in the name of its
// person. A suspended account is told so and opens nothing.
func (d *Directory) prove(tx store.Tx, c codeRow, open opening) (refused, err error) {
	if c.PersonID == "" {
		return open(tx, c)
	}
	tx.By = web(c.PersonID)
	p, err := PersonByID(tx.Rx, c.PersonID)
	if err != nil {
		return nil, err
	}
	if !p.Suspended() {
		return open(tx, c)
	}
	if err := endCode(tx, c.ID); err != nil {
		return nil, err
	}
	return problem.New(problem.Forbidden, "people.signin.suspended"),
		audit.Record(tx, "people.signin_refused", "person:"+p.ID, map[string]any{"reason": "suspended"})
}

// LinkOpen returns to whom a letter's link was sent, and uses up nothing: mail
// programs open links before their readers do. A link that no longer works is
// problem.NotFound.
func (d *Directory) LinkOpen(ctx context.Context, p Purpose, link string) (email string, err error) {
	if !isToken(link) {
		return "", linkGone()
	}
	rx := d.db.Read(ctx)
	c, err := codeBy(rx, "link_hash", hashToken(link))
	if err != nil {
		return "", err
	}
	if c.over(rx.Now()) || c.Purpose != p || !c.ProvenAt.IsZero() || !c.opens() {
		return "", linkGone()
	}
	return c.Email, nil
}
