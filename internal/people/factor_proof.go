package people

import (
	"context"

	"golau/internal/problem"
	"golau/internal/store"
)

// Proof is what somebody signed in gives again before their factors change: a
// session that was left open, or stolen, must not be enough.
type Proof string

// The proofs.
const (
	NoProof       Proof = ""         // there is nothing to ask for
	ProofPassword Proof = "password" // no second factor yet
	ProofCode     Proof = "code"     // a code of the app, or a recovery code
)

// Proof says what is asked of somebody with these factors.
func (f Factors) Proof() Proof {
	switch {
	case f.Any():
		return ProofCode
	case f.Password:
		return ProofPassword
	}
	return NoProof
}

// proofGiven is a proof as far as it can be looked at outside a Write: a
// password has been compared already, a code has not.
type proofGiven struct {
	kind    Proof
	code    string
	account string // whose guesses a right password gives back
	hash    string // what it was compared with
}

// takeProof reads what was typed as a proof. Refusals have the field "proof".
func (d *Directory) takeProof(ctx context.Context, person string, half bool, typed string) (p proofGiven, err error) {
	if half { // the first door was passed a moment ago
		return p, nil
	}
	rx := d.db.Read(ctx)
	f, err := d.FactorsOf(rx, person)
	if err != nil {
		return p, err
	}
	switch p.kind = f.Proof(); p.kind {
	case ProofCode:
		p.code, err = cleanFactorCode("proof", typed)
		return p, err
	case NoProof:
		return p, nil
	}
	typed, err = cleanGuess("proof", typed)
	if err != nil {
		return p, err
	}
	var c credentials
	if err := rx.Raw(selectCredentials+"id = ?", person).Scan(&c).Error; err != nil {
		return p, store.Explain(err)
	}
	p.account, p.hash = accountKey(c.EmailKey), c.PasswordHash
	right, err := d.tryPassword(ctx, p.account, c.ID, c.PasswordHash, typed)
	if err == nil && !right {
		err = problem.InvalidField("proof", "people.password.old_wrong")
	}
	return p, err
}

// checkProof finishes in the Write what takeProof began. What is asked for may
// have changed meanwhile: problem.Conflict.
func (d *Directory) checkProof(tx store.Tx, person string, want Proof, p proofGiven) (guessed, error) {
	if p.kind != want {
		return guessed{}, beginAgain()
	}
	switch want {
	case ProofCode:
		return d.useCode(tx, person, p.code)
	case ProofPassword:
		var n int
		err := tx.Raw("SELECT count(*) FROM people_persons WHERE id = ? AND password_hash = ?", person, p.hash).Scan(&n).Error
		if err != nil {
			return guessed{}, err
		}
		if n != 1 {
			return guessed{}, beginAgain()
		}
		return guessed{right: true}, clearGuesses(tx, p.account)
	}
	return guessed{right: true}, nil
}

// ProofOf says what is asked of somebody before they do what cannot be undone.
func (d *Directory) ProofOf(rx store.Rx, person string) (Proof, error) {
	f, err := d.FactorsOf(rx, person)
	return f.Proof(), err
}

// GiveProof takes the viewer's proof before something that cannot be undone. A
// wrong one is problem.Invalid with the field "proof", and a guess; a right code
// is used up.
func (d *Directory) GiveProof(ctx context.Context, v Viewer, typed string) error {
	return d.withProof(ctx, v, typed, func(store.Tx, Factors) error { return nil })
}
