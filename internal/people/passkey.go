package people

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"time"

	"golau/internal/problem"
	"golau/internal/store"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// challengeLife is how long a browser may take to answer.
const challengeLife = 5 * time.Minute

// newRelyingParty returns what passkeys are bound to: the site's own origin. nil
// when the site has none that a browser allows, such as a bare number.
func newRelyingParty(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return nil, nil
	}
	return webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "Golau", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation})
}

// HasPasskeys says whether this site can take passkeys at all.
func (d *Directory) HasPasskeys() bool { return d.party != nil && !d.o.Demo }

func (d *Directory) passkeysOffered() error {
	if !d.HasPasskeys() {
		return problem.New(problem.Conflict, "people.passkey.not_here")
	}
	return nil
}

// PasskeyOf is one passkey as its owner sees it.
type PasskeyOf struct {
	ID, Name  string
	CreatedAt store.Time
	UsedAt    store.Time // zero when it was never used
}

// PasskeysOf returns a person's passkeys, the oldest first.
func PasskeysOf(rx store.Rx, person string) ([]PasskeyOf, error) {
	var all []PasskeyOf
	err := rx.Raw(`SELECT id, name, created_at, last_used_at AS used_at FROM people_passkeys WHERE person_id = ?
		ORDER BY created_at, rowid`, person).Scan(&all).Error
	return all, store.Explain(err)
}

// keyHolder is a person as the library asks for one.
type keyHolder struct {
	id, email, name string
	keys            []webauthn.Credential
}

func (k keyHolder) WebAuthnID() []byte                         { return []byte(k.id) }
func (k keyHolder) WebAuthnName() string                       { return k.email }
func (k keyHolder) WebAuthnDisplayName() string                { return k.name }
func (k keyHolder) WebAuthnCredentials() []webauthn.Credential { return k.keys }

// holderOf reads a person and their passkeys.
func holderOf(rx store.Rx, person string) (keyHolder, error) {
	p, err := PersonByID(rx, person)
	if err != nil {
		return keyHolder{}, err
	}
	var rows []string
	if err := rx.Raw("SELECT credential FROM people_passkeys WHERE person_id = ? ORDER BY created_at, rowid", person).Scan(&rows).Error; err != nil {
		return keyHolder{}, store.Explain(err)
	}
	k := keyHolder{id: p.ID, email: p.Email, name: p.Name, keys: make([]webauthn.Credential, len(rows))}
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row), &k.keys[i]); err != nil {
			return keyHolder{}, err
		}
	}
	return k, nil
}

// keep remembers a challenge for its holder and draws its value: chance is given.
func challenge(tx store.Tx, holder string, s *webauthn.SessionData) (protocol.URLEncodedBase64, error) {
	b, err := random(tx.Rand(), tokenBytes)
	if err != nil {
		return nil, err
	}
	s.Challenge, s.Expires = base64.RawURLEncoding.EncodeToString(b), time.Time{} // the row says how long
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if err := tx.Exec("DELETE FROM people_passkey_challenges WHERE expires_at <= ?", tx.Now).Error; err != nil {
		return nil, err
	}
	return b, tx.Exec(`INSERT INTO people_passkey_challenges (holder, data, expires_at) VALUES (?, ?, ?)
		ON CONFLICT (holder) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
		holder, string(data), store.At(tx.Now.Add(challengeLife))).Error
}

// errAnswered is all that is said of a challenge that is not there.
var errAnswered = errors.New("people: no such challenge")

// takeChallenge takes the holder's challenge away. It is gone whatever becomes of
// the answer, so the caller commits a refusal too.
func takeChallenge(tx store.Tx, holder string) (s webauthn.SessionData, err error) {
	var row struct {
		Data      string
		ExpiresAt store.Time
	}
	err = tx.Raw("DELETE FROM people_passkey_challenges WHERE holder = ? RETURNING data, expires_at", holder).Scan(&row).Error
	if err != nil {
		return s, err
	}
	if row.Data == "" || !row.ExpiresAt.After(tx.Now.Time) {
		return s, errAnswered
	}
	return s, json.Unmarshal([]byte(row.Data), &s)
}

func passkeyWrong() error { return problem.New(problem.Invalid, "people.passkey.wrong") }
