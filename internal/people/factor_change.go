package people

import (
	"context"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// FactorsChanged is the job of the letter that tells somebody that a second
// factor of theirs, or their agency's sign-in, is new, gone or was used up.
const FactorsChanged = "people.factors_changed"

// FactorsFact says whose factors changed and how: "added", "removed", "renewed"
// (the recovery codes), "reset" (by an administrator), "closed" (for an hour), or of
// their agency's sign-in "connected" and "disconnected"; TokenMade and TokenTaken are of a token.
type FactorsFact struct {
	Person string
	What   string
	By     string `json:",omitempty"` // the administrator who reset them
	At     store.Time
}

// tellOwner puts the letter into the outbox.
func tellOwner(tx store.Tx, person, what string) error {
	return outbox.Put(tx, FactorsChanged, tx.NewID(), FactorsFact{Person: person, What: what, At: tx.Now})
}

// added records a new factor, gives recovery codes to whoever has none, ends all
// other sessions and lets in whoever was half signed in.
func (d *Directory) added(tx store.Tx, s sessionRow, f Factors, factor Factor) (a Added, err error) {
	if !f.Any() || f.Codes == 0 {
		if a.Codes, err = drawRecovery(tx, s.PersonID); err != nil {
			return a, err
		}
	}
	n, err := endSessions(tx, "person_id = ? AND token_hash <> ?", s.PersonID, s.TokenHash)
	if err != nil {
		return a, err
	}
	if s.Half {
		a.Session, err = d.complete(tx, s, factor)
	} else {
		err = tx.Exec("UPDATE people_sessions SET factor = ? WHERE token_hash = ?", factor, s.TokenHash).Error
	}
	if err != nil {
		return a, err
	}
	if err := tellOwner(tx, s.PersonID, "added"); err != nil {
		return a, err
	}
	return a, audit.Record(tx, "people.factor_added", "person:"+s.PersonID, map[string]any{"factor": factor, "ended_sessions": n})
}

// RemoveTOTP takes the viewer's app away, and the recovery codes when no factor
// is left; their other sessions end. proof is a code, as ConfirmTOTP takes it.
//
// The last factor of somebody whose role asks for one is problem.Conflict, and
// so is an app that is not there.
func (d *Directory) RemoveTOTP(ctx context.Context, v Viewer, proof string) error {
	return d.change(ctx, v, proof, func(tx store.Tx, f Factors) error {
		if !f.TOTP {
			return problem.New(problem.Conflict, "people.factor.none")
		}
		return d.removed(tx, v, f, TOTP, "DELETE FROM people_totp WHERE person_id = ?", v.Person)
	})
}

// removed runs the statement that takes a factor away, and what follows from it.
func (d *Directory) removed(tx store.Tx, v Viewer, f Factors, factor Factor, sql string, args ...any) error {
	res := tx.Exec(sql, args...)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return notFound()
	}
	left, err := d.FactorsOf(tx.Rx, v.Person)
	if err != nil {
		return err
	}
	if !left.Any() {
		if f.Required {
			return problem.New(problem.Conflict, "people.factor.required")
		}
		if err := dropRecovery(tx, v.Person); err != nil {
			return err
		}
	}
	n, err := endSessions(tx, "person_id = ? AND substr(token_hash, 1, 16) <> ?", v.Person, v.Session)
	if err != nil {
		return err
	}
	if err := tellOwner(tx, v.Person, "removed"); err != nil {
		return err
	}
	return audit.Record(tx, "people.factor_removed", "person:"+v.Person, map[string]any{"factor": factor, "ended_sessions": n})
}

// RenewRecovery gives the viewer ten new recovery codes, to be shown this once,
// and voids those before. Without a factor it is problem.Conflict.
func (d *Directory) RenewRecovery(ctx context.Context, v Viewer, proof string) (codes []string, err error) {
	err = d.change(ctx, v, proof, func(tx store.Tx, f Factors) (err error) {
		if !f.Any() {
			return problem.New(problem.Conflict, "people.factor.none")
		}
		if codes, err = drawRecovery(tx, v.Person); err != nil {
			return err
		}
		if err := tellOwner(tx, v.Person, "renewed"); err != nil {
			return err
		}
		return audit.Record(tx, "people.recovery_renewed", "person:"+v.Person, map[string]any{"codes": len(codes)})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// change is withProof for what the demonstration refuses.
func (d *Directory) change(ctx context.Context, v Viewer, proof string, do func(tx store.Tx, f Factors) error) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	if err := d.noFactors(); err != nil {
		return err
	}
	return d.withProof(ctx, v, proof, do)
}

// withProof lets the viewer change how they sign in once the proof is right.
// A wrong proof is problem.Invalid with the field "proof", and a guess; after too
// many of those every one is problem.TooMany.
func (d *Directory) withProof(ctx context.Context, v Viewer, proof string, do func(tx store.Tx, f Factors) error) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	given, err := d.takeProof(ctx, v.Person, false, proof)
	if err != nil {
		return d.proofRefused(err)
	}
	var g guessed
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		f, err := d.FactorsOf(tx.Rx, v.Person)
		if err != nil {
			return err
		}
		if g, err = d.checkProof(tx, v.Person, f.Proof(), given); err != nil || !g.right {
			return err
		}
		return do(tx, f)
	})
	if err != nil {
		return d.proofRefused(err)
	}
	return d.told(g, "proof")
}

// proofRefused says beside the proof that there were too many wrong ones, and from
// when on another counts: at the door the words are about an address that was
// typed.
func (d *Directory) proofRefused(err error) error {
	p, ok := problem.As(err)
	if !ok || p.Kind != problem.TooMany {
		return err
	}
	key := p.Key
	if key == "people.signin.throttled" {
		key = "people.factor.proofs"
	}
	from := d.db.Now().Add(p.RetryAfter + time.Minute - time.Nanosecond).Truncate(time.Minute)
	refused := problem.New(problem.TooMany, key, "Time", i18n.Clock(i18n.EN, from)).After(p.RetryAfter)
	refused.Fields = map[string]string{"proof": key}
	return refused
}
