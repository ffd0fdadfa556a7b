package people

import (
	"context"
	"strings"
	"time"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// begunLife is how long an app may take to be set up.
const begunLife = 30 * time.Minute

// Begun is an app that is being set up.
type Begun struct {
	Secret string // as typed into the app
	URI    string // as scanned by it
	Proof  Proof  // what must be given beside the first code
	Half   bool   // by somebody half signed in
}

func beginAgain() error { return problem.New(problem.Conflict, "people.factor.begin_again") }

// applicant returns the session in which a factor is set up. Somebody half
// signed in who has a factor must give that one, and cannot make another to
// come in by: problem.Forbidden.
func (d *Directory) applicant(rx store.Rx, token string) (sessionRow, Factors, error) {
	if err := d.noFactors(); err != nil {
		return sessionRow{}, Factors{}, err
	}
	s, err := sessionBy(rx, token)
	if err != nil {
		return s, Factors{}, err
	}
	f, err := d.FactorsOf(rx, s.PersonID)
	if err == nil && s.Half && f.Any() {
		err = problem.New(problem.Forbidden, "people.factor.give_first")
	}
	return s, f, err
}

// BeginTOTP draws the secret of an app for the session of the token, or keeps
// the one that the session has begun with. It changes nothing else until
// ConfirmTOTP. In the demonstration it is problem.Conflict.
func (d *Directory) BeginTOTP(ctx context.Context, token string) error {
	return d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		s, _, err := d.applicant(tx.Rx, token)
		if err != nil {
			return err
		}
		tx.By = web(s.PersonID)
		if err := tx.Exec("DELETE FROM people_totp_begun WHERE expires_at <= ?", tx.Now).Error; err != nil {
			return err
		}
		secret, err := newTOTP(tx)
		if err != nil {
			return err
		}
		sealed, err := d.sealSecret(tx, s.PersonID, secret)
		if err != nil {
			return err
		}
		res := tx.Exec(`INSERT INTO people_totp_begun (person_id, session, sealed, expires_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (person_id, session) DO NOTHING`, s.PersonID, sessionName(s.TokenHash), sealed, store.At(tx.Now.Add(begunLife)))
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return audit.Record(tx, "people.factor_begun", "person:"+s.PersonID, map[string]any{"factor": TOTP})
	})
}

// BegunTOTP returns what the session of the token has begun to set up, or
// problem.Conflict when that is nothing, or too old.
func (d *Directory) BegunTOTP(ctx context.Context, token string) (Begun, error) {
	rx := d.db.Read(ctx)
	s, f, err := d.applicant(rx, token)
	if err != nil {
		return Begun{}, err
	}
	return d.begun(rx, s, f)
}

func (d *Directory) begun(rx store.Rx, s sessionRow, f Factors) (b Begun, err error) {
	var sealed string
	err = rx.Raw("SELECT sealed FROM people_totp_begun WHERE person_id = ? AND session = ? AND expires_at > ?",
		s.PersonID, sessionName(s.TokenHash), rx.Now()).Scan(&sealed).Error
	if err != nil {
		return b, store.Explain(err)
	}
	if sealed == "" {
		return b, beginAgain()
	}
	if b.Secret, err = d.openSecret(s.PersonID, sealed); err != nil {
		return b, beginAgain()
	}
	if b.Half = s.Half; !b.Half {
		b.Proof = f.Proof()
	}
	b.URI, err = totpURI(s.Email, b.Secret)
	return b, err
}

// Added is what follows from a new factor.
type Added struct {
	Session string   // a new whole session for whoever was half signed in; "" keeps the old one
	Codes   []string // recovery codes, to be shown this once; none when the person has some
}

// ConfirmTOTP takes the first code of the app that the session has begun to set
// up, and beside it the proof that Begun asks for. The app is a factor from then
// on; whoever was half signed in is in; all other sessions of the person end.
//
// A wrong code is problem.Invalid with the field "code", a wrong proof with the
// field "proof" (which counts as a guess, problem.TooMany beyond the limit). What
// has not been begun, or too long ago, is problem.Conflict.
func (d *Directory) ConfirmTOTP(ctx context.Context, token, typed, proof string) (a Added, err error) {
	code, err := cleanFactorCode("code", typed)
	switch { // there may be no recovery code yet: nothing speaks of one
	case strings.TrimSpace(typed) == "":
		return a, problem.InvalidField("code", "people.factor.required_first")
	case err != nil || len(code) != codeDigits:
		return a, problem.InvalidField("code", "people.factor.wrong_first")
	}
	s, err := sessionBy(d.db.Read(ctx), token)
	if err != nil {
		return a, err
	}
	given, err := d.takeProof(ctx, s.PersonID, s.Half, proof)
	if err != nil {
		return a, err
	}
	var g guessed
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		s, f, err := d.applicant(tx.Rx, token)
		if err != nil {
			return err
		}
		tx.By = web(s.PersonID)
		b, err := d.begun(tx.Rx, s, f)
		if err != nil {
			return err
		}
		step, ok, err := totpStep(b.Secret, code, tx.Now, 0)
		if err != nil {
			return err
		}
		if !ok { // whoever types it has the secret before their eyes: no guess
			return problem.InvalidField("code", "people.factor.wrong_first")
		}
		if g, err = d.checkProof(tx, s.PersonID, b.Proof, given); err != nil || !g.right {
			return err
		}
		a, err = d.addTOTP(tx, s, f, b.Secret, step)
		return err
	})
	if err != nil {
		return Added{}, err
	}
	return a, d.told(g, "proof")
}

// addTOTP is the change itself.
func (d *Directory) addTOTP(tx store.Tx, s sessionRow, f Factors, secret string, step int64) (a Added, err error) {
	sealed, err := d.sealSecret(tx, s.PersonID, secret)
	if err != nil {
		return a, err
	}
	err = tx.Exec(`INSERT INTO people_totp (person_id, sealed, last_step, created_at, last_used_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, last_step = excluded.last_step,
			created_at = excluded.created_at, last_used_at = excluded.last_used_at`, s.PersonID, sealed, step, tx.Now, tx.Now).Error
	if err != nil {
		return a, err
	}
	if err := tx.Exec("DELETE FROM people_totp_begun WHERE person_id = ?", s.PersonID).Error; err != nil {
		return a, err
	}
	return d.added(tx, s, f, TOTP)
}
