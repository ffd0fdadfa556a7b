package people

import (
	"context"
	"encoding/json"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// AskPasskey returns, as JSON for the browser, what a passkey must sign, and the
// nonce that binds the answer to that browser. With a half session only its
// person's passkeys may answer; without, any of this site, once it has made sure
// of its owner.
func (d *Directory) AskPasskey(ctx context.Context, token string) (options []byte, nonce string, err error) {
	if err := d.passkeysOffered(); err != nil {
		return nil, "", err
	}
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		var hash string
		if nonce, hash, err = newToken(tx); err != nil {
			return err
		}
		asked, session, err := d.ask(tx.Rx, token)
		if err != nil {
			return err
		}
		if asked.Response.Challenge, err = challenge(tx, "use "+hash, session); err != nil {
			return err
		}
		options, err = json.Marshal(asked.Response)
		return err
	})
	return options, nonce, err
}

func (d *Directory) ask(rx store.Rx, token string) (*protocol.CredentialAssertion, *webauthn.SessionData, error) {
	s, err := halfBy(rx, token)
	if problem.KindOf(err) == problem.Unauthenticated && err != nil {
		return d.party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	}
	if err != nil {
		return nil, nil, err
	}
	who, err := holderOf(rx, s.PersonID)
	if err != nil {
		return nil, nil, err
	}
	if len(who.keys) == 0 {
		return nil, nil, problem.New(problem.Conflict, "people.factor.none")
	}
	return d.party.BeginLogin(who, webauthn.WithUserVerification(protocol.VerificationPreferred))
}

// SignInByPasskey returns the token of a new session for the owner of the passkey
// that answered, as a first and second factor in one. Whatever does not check is
// problem.Invalid without a field; the owner of a suspended account is told so by
// problem.Forbidden.
func (d *Directory) SignInByPasskey(ctx context.Context, nonce, answer string) (token string, err error) {
	err = d.answer(ctx, nonce, answer, func(tx store.Tx, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) error {
		if len(session.UserID) > 0 {
			return passkeyWrong() // asked of somebody half signed in
		}
		var who keyHolder
		key, err := d.party.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
			var err error
			who, err = holderOf(tx.Rx, string(handle))
			return who, err
		}, session, parsed)
		if err != nil || !key.Flags.UserVerified {
			return passkeyWrong()
		}
		if err := used(tx, who.id, key); err != nil {
			return err
		}
		p, err := PersonByID(tx.Rx, who.id)
		if err != nil {
			return err
		}
		if p.Suspended() {
			return problem.New(problem.Forbidden, "people.signin.suspended")
		}
		tx.By = web(who.id)
		token, err = d.enter(tx, who.id, "passkey")
		return err
	})
	return token, err
}

// GivePasskey is GiveCode by a passkey of the person half signed in.
func (d *Directory) GivePasskey(ctx context.Context, token, nonce, answer string) (session string, err error) {
	err = d.answer(ctx, nonce, answer, func(tx store.Tx, asked webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) error {
		s, err := halfBy(tx.Rx, token)
		if err != nil {
			return err
		}
		who, err := holderOf(tx.Rx, s.PersonID)
		if err != nil {
			return err
		}
		if string(asked.UserID) != s.PersonID {
			return passkeyWrong()
		}
		key, err := d.party.ValidateLogin(who, asked, parsed)
		if err != nil {
			return passkeyWrong()
		}
		if err := used(tx, s.PersonID, key); err != nil {
			return err
		}
		tx.By = web(s.PersonID)
		session, err = d.complete(tx, s, Passkey)
		return err
	})
	return session, err
}

// answer takes the nonce's challenge away and hands it on. A refusal is kept, so
// that no challenge is answered twice.
func (d *Directory) answer(ctx context.Context, nonce, answer string,
	check func(store.Tx, webauthn.SessionData, *protocol.ParsedCredentialAssertionData) error) error {
	if err := d.passkeysOffered(); err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil || !isToken(nonce) {
		return passkeyWrong()
	}
	var refused error
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		session, err := takeChallenge(tx, "use "+hashToken(nonce))
		if err != nil {
			refused = passkeyWrong()
			return nil
		}
		if refused = check(tx, session, parsed); refused != nil && problem.KindOf(refused) == problem.Internal {
			return refused
		}
		return nil
	})
	if err != nil {
		return err
	}
	return refused
}

// used keeps the counter of a passkey that answered. A counter that went back
// means a copy: the passkey opens nothing, and the record says so.
func used(tx store.Tx, person string, key *webauthn.Credential) error {
	if key.Authenticator.CloneWarning {
		if err := audit.Record(tx, "people.passkey_copied", "person:"+person, map[string]any{"passkey": keyID(key.ID)}); err != nil {
			return err
		}
		return passkeyWrong()
	}
	raw, err := json.Marshal(key)
	if err != nil {
		return err
	}
	res := tx.Exec("UPDATE people_passkeys SET credential = ?, last_used_at = ? WHERE key_id = ? AND person_id = ?",
		string(raw), tx.Now, keyID(key.ID), person)
	if res.Error == nil && res.RowsAffected != 1 {
		return passkeyWrong()
	}
	return res.Error
}
