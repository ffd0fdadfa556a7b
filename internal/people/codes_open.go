package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// SignInByCode returns the token of a new session for whoever read the letter
// and types its code into the browser that asked. Refusals are those of tryCode;
// problem.Forbidden tells the owner of a suspended account so.
func (d *Directory) SignInByCode(ctx context.Context, nonce, code string) (token string, err error) {
	err = d.tryCode(ctx, ToSignIn, nonce, code, d.enterBy(&token))
	return token, err
}

// SignInByLink is SignInByCode by the letter's link, in any browser. One that no
// longer works is problem.NotFound.
func (d *Directory) SignInByLink(ctx context.Context, link string) (token string, err error) {
	err = d.tryLink(ctx, ToSignIn, link, d.enterBy(&token))
	return token, err
}

func (d *Directory) enterBy(token *string) opening {
	return func(tx store.Tx, c codeRow) (refused, err error) {
		if err := endCode(tx, c.ID); err != nil {
			return nil, err
		}
		*token, err = d.enter(tx, c.PersonID, "code")
		return nil, err
	}
}

// enter starts a session for somebody who has proven who they are by something
// else than the password.
func (d *Directory) enter(tx store.Tx, person, via string) (token string, err error) {
	half, err := d.owesSecond(tx.Rx, person, via)
	if err != nil {
		return "", err
	}
	return d.enterAs(tx, person, via, half)
}

// enterAs is enter where it is known whether a second factor is owed.
func (d *Directory) enterAs(tx store.Tx, person, via string, half bool) (token string, err error) {
	var c credentials
	if err := tx.Raw(selectCredentials+"id = ?", person).Scan(&c).Error; err != nil {
		return "", err
	}
	return d.startAs(tx, person, via, c.PasswordHash, half)
}

// ProveByCode takes the code of a letter to reset or to join and returns the
// proof with which the same browser fills in what follows. It replaces the
// nonce: whoever asked in another's name holds nothing.
func (d *Directory) ProveByCode(ctx context.Context, p Purpose, nonce, code string) (proof string, err error) {
	err = d.tryCode(ctx, p, nonce, code, proveBy(&proof))
	return proof, err
}

// ProveByLink is ProveByCode by the letter's link, in any browser.
func (d *Directory) ProveByLink(ctx context.Context, p Purpose, link string) (proof string, err error) {
	err = d.tryLink(ctx, p, link, proveBy(&proof))
	return proof, err
}

func proveBy(proof *string) opening {
	return func(tx store.Tx, c codeRow) (refused, err error) {
		token, hash, err := newToken(tx)
		if err != nil {
			return nil, err
		}
		err = tx.Exec("UPDATE people_codes SET proven_at = ?, nonce_hash = ?, expires_at = ? WHERE id = ? AND proven_at IS NULL",
			tx.Now, hash, store.At(tx.Now.Add(proofLife)), c.ID).Error
		*proof = token
		return nil, err
	}
}

func proofGone() error { return problem.New(problem.NotFound, "people.proof.gone") }

// proven returns the row of a proof, or problem.NotFound.
func proven(rx store.Rx, p Purpose, proof string) (codeRow, error) {
	if !isToken(proof) {
		return codeRow{}, proofGone()
	}
	c, err := codeBy(rx, "nonce_hash", hashToken(proof))
	if err != nil {
		return c, err
	}
	if c.over(rx.Now()) || c.Purpose != p || c.ProvenAt.IsZero() {
		return c, proofGone()
	}
	return c, nil
}

// MayReset returns whose password the proof may change, or problem.NotFound.
func (d *Directory) MayReset(ctx context.Context, proof string) (email string, err error) {
	c, err := proven(d.db.Read(ctx), ToReset, proof)
	return c.Email, err
}

// PasswordChanged is the job of the letter that tells its owner.
const PasswordChanged = "people.password_changed"

// PasswordFact names whose password was changed.
type PasswordFact struct {
	Person string
	At     store.Time
}

// ResetPassword gives the person of the proof a new password, ends all their
// sessions and letters under way, has a letter tell them so and returns a new
// session. A proof that is used or old is problem.NotFound; a password that the
// policy refuses is problem.Invalid with the field "new", and the proof lives on.
func (d *Directory) ResetPassword(ctx context.Context, proof, password string) (token string, err error) {
	rx := d.db.Read(ctx)
	c, err := proven(rx, ToReset, proof)
	if err != nil {
		return "", err
	}
	p, err := PersonByID(rx, c.PersonID)
	if err != nil {
		return "", err
	}
	ms, err := MembershipsOf(rx, p.ID)
	if err != nil {
		return "", err
	}
	password, err = checkPassword("new", password, knownOf(p.Name, c.EmailKey, Viewer{Memberships: ms})...)
	if err != nil {
		return "", err
	}
	hash, err := d.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = d.db.Write(ctx, web(p.ID), func(_ context.Context, tx store.Tx) error {
		if _, err := proven(tx.Rx, ToReset, proof); err != nil {
			return err
		}
		if token, err = d.replacePassword(tx, p.ID, c.Account, hash, "reset"); err != nil {
			return err
		}
		return nil
	})
	return token, err
}

// replacePassword is the change itself.
func (d *Directory) replacePassword(tx store.Tx, person, account, hash, via string) (token string, err error) {
	if err := tx.Exec("UPDATE people_persons SET password_hash = ? WHERE id = ?", hash, person).Error; err != nil {
		return "", err
	}
	if err := tx.Exec("UPDATE people_codes SET ended_at = ? WHERE person_id = ? AND ended_at IS NULL", tx.Now, person).Error; err != nil {
		return "", err
	}
	if err := clearGuesses(tx, account); err != nil {
		return "", err
	}
	n, err := endSessions(tx, "person_id = ?", person)
	if err != nil {
		return "", err
	}
	if err := audit.Record(tx, "people.password_reset", "person:"+person, map[string]any{"ended_sessions": n}); err != nil {
		return "", err
	}
	if err := outbox.Put(tx, PasswordChanged, tx.NewID(), PasswordFact{person, tx.Now}); err != nil {
		return "", err
	}
	return d.enter(tx, person, via)
}
