package people

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/problem"
	"golau/internal/store"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// maxPasskeyName is how long the name of a passkey may be, in characters;
// maxPasskeys how many one person may have.
const (
	maxPasskeyName = 60
	maxPasskeys    = 10
)

func cleanPasskeyName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case s == "":
		return "", problem.InvalidField("name", "people.passkey.name")
	case utf8.RuneCountInString(s) > maxPasskeyName || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		return "", problem.InvalidField("name", "people.passkey.name_long", "MaxName", maxPasskeyName)
	}
	return s, nil
}

// BeginPasskey returns, as JSON for the browser, what a new passkey is made of.
// Whoever may set up an app may make a passkey.
func (d *Directory) BeginPasskey(ctx context.Context, token string) (options []byte, err error) {
	if err := d.passkeysOffered(); err != nil {
		return nil, err
	}
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		s, _, err := d.applicant(tx.Rx, token)
		if err != nil {
			return err
		}
		who, err := holderOf(tx.Rx, s.PersonID)
		if err != nil {
			return err
		}
		made, session, err := d.party.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.keys).CredentialDescriptors()),
			webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
				UserVerification: protocol.VerificationRequired}))
		if err != nil {
			return err
		}
		if made.Response.Challenge, err = challenge(tx, "add "+s.TokenHash, session); err != nil {
			return err
		}
		options, err = json.Marshal(made.Response)
		return err
	})
	return options, err
}

// AddPasskey takes the browser's answer, a name and the proof that ConfirmTOTP
// takes; what follows is the same. An answer to no challenge of this session, or
// one that does not check, is problem.Invalid without a field.
func (d *Directory) AddPasskey(ctx context.Context, token, name, answer, proof string) (a Added, err error) {
	if name, err = cleanPasskeyName(name); err != nil {
		return a, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return a, passkeyWrong()
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
	var refused error
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		s, f, err := d.applicant(tx.Rx, token)
		if err != nil {
			return err
		}
		tx.By = web(s.PersonID)
		var key *webauthn.Credential
		key, refused = d.checkNew(tx, s, parsed)
		if refused != nil {
			return nil
		}
		want := f.Proof()
		if s.Half {
			want = NoProof
		}
		if g, err = d.checkProof(tx, s.PersonID, want, given); err != nil || !g.right {
			return err
		}
		if err := insertPasskey(tx, s.PersonID, name, key); err != nil {
			return err
		}
		a, err = d.added(tx, s, f, Passkey)
		return err
	})
	switch {
	case err != nil:
		return Added{}, err
	case refused != nil:
		return Added{}, refused
	}
	return a, d.told(g, "proof")
}

// checkNew compares an answer with the session's challenge.
func (d *Directory) checkNew(tx store.Tx, s sessionRow, parsed *protocol.ParsedCredentialCreationData) (*webauthn.Credential, error) {
	session, err := takeChallenge(tx, "add "+s.TokenHash)
	if err != nil || d.party == nil {
		return nil, passkeyWrong()
	}
	who, err := holderOf(tx.Rx, s.PersonID)
	if err != nil {
		return nil, err
	}
	if len(who.keys) >= maxPasskeys {
		return nil, problem.New(problem.Conflict, "people.passkey.many", "Max", maxPasskeys)
	}
	key, err := d.party.CreateCredential(who, session, parsed)
	if err != nil {
		return nil, passkeyWrong()
	}
	var n int
	err = tx.Raw("SELECT count(*) FROM people_passkeys WHERE key_id = ?", keyID(key.ID)).Scan(&n).Error
	if err != nil || n > 0 {
		return nil, passkeyWrong() // somebody's already
	}
	return key, nil
}

func keyID(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

func insertPasskey(tx store.Tx, person, name string, key *webauthn.Credential) error {
	key.Attestation = webauthn.CredentialAttestation{} // not asked for, not kept
	raw, err := json.Marshal(key)
	if err != nil {
		return err
	}
	return tx.Exec("INSERT INTO people_passkeys (id, person_id, key_id, name, credential, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		tx.NewID(), person, keyID(key.ID), name, string(raw), tx.Now).Error
}

// RemovePasskey takes one of the viewer's passkeys away, as RemoveTOTP does the
// app. One that is somebody else's is problem.NotFound.
func (d *Directory) RemovePasskey(ctx context.Context, v Viewer, id, proof string) error {
	return d.change(ctx, v, proof, func(tx store.Tx, f Factors) error {
		return d.removed(tx, v, f, Passkey, "DELETE FROM people_passkeys WHERE id = ? AND person_id = ?", id, v.Person)
	})
}
