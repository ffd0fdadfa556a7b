package people

import (
	"context"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// halfLife is how long somebody may look for their telephone.
const halfLife = 15 * time.Minute

// Half is somebody who has come in by one door and owes the second factor. They
// may give it, set one up when they have none, get help and go: nothing else.
// The zero Half is nobody.
type Half struct {
	Person   string
	Email    string
	Language i18n.Lang
	Factors  Factors
	Expires  store.Time
}

// Owes says whether somebody stands between the doors.
func (h Half) Owes() bool { return h.Person != "" }

// sessionRow is a session as it stands, whole or half.
type sessionRow struct {
	TokenHash, PersonID, Email, Via, Factor string
	Half                                    bool
	ExpiresAt                               store.Time
	Language                                i18n.Lang
}

// sessionBy returns the running session of the token; one that is over, or
// whose person is suspended, is problem.Unauthenticated.
func sessionBy(rx store.Rx, token string) (sessionRow, error) {
	ended := problem.New(problem.Unauthenticated, "people.session.ended")
	if !isToken(token) {
		return sessionRow{}, ended
	}
	var s sessionRow
	err := rx.Raw(`SELECT s.token_hash, s.person_id, p.email, s.via, s.factor, s.half, s.expires_at, p.language
		FROM people_sessions s JOIN people_persons p ON p.id = s.person_id
		WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > ? AND p.suspended_at IS NULL`,
		hashToken(token), rx.Now()).Scan(&s).Error
	if err != nil {
		return sessionRow{}, store.Explain(err)
	}
	if s.PersonID == "" {
		return sessionRow{}, ended
	}
	return s, nil
}

// halfBy is sessionBy for a session that owes the second factor.
func halfBy(rx store.Rx, token string) (sessionRow, error) {
	s, err := sessionBy(rx, token)
	if err == nil && !s.Half {
		err = problem.New(problem.Unauthenticated, "people.session.ended")
	}
	return s, err
}

// ResolveHalf returns who stands between the doors with the token; the zero
// Half when nobody does.
func (d *Directory) ResolveHalf(ctx context.Context, token string) (Half, error) {
	rx := d.db.Read(ctx)
	s, err := halfBy(rx, token)
	if err != nil {
		if problem.KindOf(err) == problem.Unauthenticated {
			err = nil
		}
		return Half{}, err
	}
	f, err := d.FactorsOf(rx, s.PersonID)
	if err != nil {
		return Half{}, err
	}
	return Half{Person: s.PersonID, Email: s.Email, Language: s.Language, Factors: f, Expires: s.ExpiresAt}, nil
}

// GiveCode takes a code of the app, or a recovery code, from somebody half
// signed in, and returns the token of the whole session. The half one ends, so
// that whoever planted or shares it holds nothing.
//
// A wrong code is problem.Invalid with the field "code" and counts as a guess;
// beyond the limit problem.TooMany, at whatever page it is typed. A half session
// that is over is problem.Unauthenticated.
func (d *Directory) GiveCode(ctx context.Context, token, typed string) (session string, err error) {
	code, err := cleanFactorCode("code", typed)
	if err != nil {
		return "", err
	}
	var g guessed
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		s, err := halfBy(tx.Rx, token)
		if err != nil {
			return err
		}
		tx.By = web(s.PersonID)
		if g, err = d.useCode(tx, s.PersonID, code); err != nil || !g.right {
			return err
		}
		session, err = d.complete(tx, s, g.Factor)
		return err
	})
	if err != nil {
		return "", err
	}
	return session, d.told(g, "code")
}

// complete turns a half session into a new whole one.
func (d *Directory) complete(tx store.Tx, s sessionRow, f Factor) (string, error) {
	if n, err := endSessions(tx, "token_hash = ?", s.TokenHash); err != nil || n != 1 {
		if err == nil {
			err = problem.New(problem.Unauthenticated, "people.session.ended")
		}
		return "", err
	}
	token, hash, err := newToken(tx)
	if err != nil {
		return "", err
	}
	err = tx.Exec(`INSERT INTO people_sessions (token_hash, person_id, created_at, expires_at, via, factor)
		VALUES (?, ?, ?, ?, ?, ?)`, hash, s.PersonID, tx.Now, store.At(tx.Now.Add(d.o.SessionLife)), s.Via, f).Error
	if err != nil {
		return "", err
	}
	if err := seen(tx, s.PersonID); err != nil {
		return "", err
	}
	return token, audit.Record(tx, "people.signed_in", "person:"+s.PersonID,
		map[string]any{"via": s.Via, "factor": f, "session": sessionName(hash)})
}
