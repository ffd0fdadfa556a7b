package people

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// tokenBytes is the length of a session's or a setup link's secret: 256 bits,
// 43 characters of base64url.
const tokenBytes = 32

// keepEnded is how long an ended session is remembered, so that an answer that
// was typed in it can still be given to the same person.
const keepEnded = 30 * 24 * time.Hour

// newToken draws a secret and the hash that is stored in its place.
func newToken(tx store.Tx) (token, hash string, err error) {
	b, err := random(tx.Rand(), tokenBytes)
	if err != nil {
		return "", "", err
	}
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, hashToken(token), nil
}

func hashToken(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}

// isToken says whether s has the shape of a token; nothing else is looked up.
func isToken(s string) bool {
	return len(s) == base64.RawURLEncoding.EncodedLen(tokenBytes)
}

// sessionName is the part of a session's hash by which it may be named.
func sessionName(hash string) string { return hash[:16] }

// startSession makes a session: always a new one, so that a token planted
// before signing in is worth nothing. passwordHash is what the password was
// compared with; if it or the person's standing has changed since, the answer
// is that of a wrong password. Whoever signs in through their agency alone is
// problem.Forbidden by any other door. Whoever has a second factor, or must have
// one, is half signed in for a short while: see Half.
func (d *Directory) startSession(tx store.Tx, person, via, passwordHash string) (string, error) {
	half, err := d.owesSecond(tx.Rx, person, via)
	if err != nil {
		return "", err
	}
	return d.startAs(tx, person, via, passwordHash, half)
}

// startAs is startSession where it is known whether a second factor is owed.
func (d *Directory) startAs(tx store.Tx, person, via, passwordHash string, half bool) (string, error) {
	if err := onlyThere(tx.Rx, person, via); err != nil {
		return "", err
	}
	token, hash, err := newToken(tx)
	if err != nil {
		return "", err
	}
	life := d.o.SessionLife
	if half {
		life = halfLife
	}
	res := tx.Exec(`INSERT INTO people_sessions (token_hash, person_id, created_at, expires_at, via, half)
		SELECT ?, id, ?, ?, ?, ? FROM people_persons WHERE id = ? AND password_hash = ? AND suspended_at IS NULL`,
		hash, tx.Now, store.At(tx.Now.Add(life)), via, half, person, passwordHash)
	if res.Error != nil {
		return "", res.Error
	}
	if res.RowsAffected != 1 {
		return "", problem.InvalidField("password", "people.signin.wrong")
	}
	err = tx.Exec("DELETE FROM people_sessions WHERE person_id = ? AND expires_at < ?",
		person, store.At(tx.Now.Add(-keepEnded))).Error
	if err != nil {
		return "", err
	}
	detail := map[string]any{"via": via, "session": sessionName(hash)}
	if half {
		return token, audit.Record(tx, "people.half_signed_in", "person:"+person, detail)
	}
	if err := seen(tx, person); err != nil {
		return "", err
	}
	return token, audit.Record(tx, "people.signed_in", "person:"+person, detail)
}

// seen notes that somebody has come in now, which ends any warning.
func seen(tx store.Tx, person string) error {
	if err := unwarn(tx, person); err != nil {
		return err
	}
	return tx.Exec("UPDATE people_persons SET seen_at = ? WHERE id = ?", tx.Now, person).Error
}

// selectViewer reads a person and what they belong to at this moment in one
// statement: it runs on every page.
const selectViewer = `SELECT p.id, p.name, p.email, p.language, p.nation,
		m.id, m.role, ` + jobRole + `, m.started_at, coalesce(m.unconfirmed, 0), ` + ledPart + `, q.suspended_at IS NOT NULL, ` + manages + `, o.id, o.key, o.name_en, o.name_cy, o.kind, coalesce(o.council_key, ''), o.retired_at IS NOT NULL,
		b.id, b.key, b.name_en, b.name_cy, b.kind
	FROM people_sessions s
	JOIN people_persons p ON p.id = s.person_id
	LEFT JOIN people_memberships m ON m.person_id = p.id AND m.started_at <= ? AND (m.ended_at IS NULL OR m.ended_at > ?)
	LEFT JOIN people_organisations o ON o.id = m.organisation_id
	LEFT JOIN people_boards b ON b.id = m.board_id` + joinPosition + `
	WHERE s.token_hash = ? AND s.half = 0 AND s.ended_at IS NULL AND s.expires_at > ? AND p.suspended_at IS NULL
	ORDER BY m.started_at, m.rowid`

// Resolve returns who holds the token. A session that has ended or expired, a
// suspended person and a token that never was are all problem.Unauthenticated.
// A change of role or membership shows at once. A session that still owes the
// second factor is nobody's yet.
func (d *Directory) Resolve(ctx context.Context, token string) (Viewer, error) {
	ended := problem.New(problem.Unauthenticated, "people.session.ended")
	if !isToken(token) {
		return Viewer{}, ended
	}
	hash := hashToken(token)
	rx := d.db.Read(ctx)
	now := rx.Now()
	rows, err := rx.Query(selectViewer, now, now, hash, now)
	if err != nil {
		return Viewer{}, store.Explain(err)
	}
	defer rows.Close()
	v := Viewer{Session: sessionName(hash)}
	for rows.Next() {
		var (
			m                            Membership
			mid, role, job               *string
			oid, okey, oen, ocy, ok, oco *string
			bid, bkey, ben, bcy, bk      *string
			leads                        *string
			retired, suspended           bool
		)
		err := rows.Scan(&v.Person, &v.Name, &v.Email, &v.Language, &v.Nation, &mid, &role, &job, &m.Started, &m.Unconfirmed,
			&leads, &suspended, &v.Manages, &oid, &okey, &oen, &ocy, &ok, &oco, &retired, &bid, &bkey, &ben, &bcy, &bk)
		if err != nil {
			return Viewer{}, store.Explain(err)
		}
		if mid == nil {
			continue
		}
		m.ID, m.PersonID, m.Role, m.JobRole, m.Leads = *mid, v.Person, Role(*role), JobRole(*job), Part(*leads)
		m.Organisation = Organisation{ID: *oid, Key: *okey, Name: i18n.Text{EN: *oen, CY: *ocy}, Kind: *ok, CouncilKey: *oco, Retired: retired}
		m.Board = Board{ID: *bid, Key: *bkey, Name: i18n.Text{EN: *ben, CY: *bcy}, Kind: *bk}
		if suspended {
			v.Suspended = append(v.Suspended, m.place())
			continue
		}
		v.Memberships = append(v.Memberships, m)
	}
	if err := rows.Err(); err != nil {
		return Viewer{}, store.Explain(err)
	}
	if v.Person == "" {
		return Viewer{}, ended
	}
	return v, nil
}

// ResolveExpired returns whose session the token once was, so that an answer
// typed in it can be sealed for that person alone. It opens no door. ok is
// false for a token that never was, that has been forgotten, or whose session
// still runs, and for a suspended person.
func (d *Directory) ResolveExpired(ctx context.Context, token string) (person string, ok bool) {
	if !isToken(token) {
		return "", false
	}
	rx := d.db.Read(ctx)
	err := rx.Raw(`SELECT s.person_id FROM people_sessions s JOIN people_persons p ON p.id = s.person_id
		WHERE s.token_hash = ? AND (s.ended_at IS NOT NULL OR s.expires_at <= ?) AND p.suspended_at IS NULL`,
		hashToken(token), rx.Now()).Scan(&person).Error
	return person, err == nil && person != ""
}

// SignOut ends the session of the token. A session that has ended already, or
// never was, is no problem.
func (d *Directory) SignOut(ctx context.Context, token string) error {
	if !isToken(token) {
		return nil
	}
	hash := hashToken(token)
	var person string
	err := d.db.Read(ctx).Raw("SELECT person_id FROM people_sessions WHERE token_hash = ? AND ended_at IS NULL", hash).
		Scan(&person).Error
	if err != nil || person == "" {
		return store.Explain(err)
	}
	return d.db.Write(ctx, web(person), func(_ context.Context, tx store.Tx) error {
		n, err := endSessions(tx, "token_hash = ?", hash)
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(tx, "people.signed_out", "person:"+person, map[string]any{"session": sessionName(hash)})
	})
}

// SignOutEverywhere ends every session of the viewer, this one among them.
func (d *Directory) SignOutEverywhere(ctx context.Context, v Viewer) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		n, err := endSessions(tx, "person_id = ?", v.Person)
		if err != nil {
			return err
		}
		return audit.Record(tx, "people.signed_out_everywhere", "person:"+v.Person, map[string]any{"sessions": n})
	})
}

// endSessions ends the running sessions that where (a constant of this package)
// selects and returns how many there were.
func endSessions(tx store.Tx, where string, args ...any) (int64, error) {
	res := tx.Exec("UPDATE people_sessions SET ended_at = ? WHERE ended_at IS NULL AND expires_at > ? AND "+where,
		append([]any{tx.Now, tx.Now}, args...)...)
	return res.RowsAffected, res.Error
}

// OpenSessions says how many sessions can be used now. It names nobody.
func OpenSessions(rx store.Rx) (n int, err error) {
	err = rx.Raw("SELECT count(*) FROM people_sessions WHERE ended_at IS NULL AND half = 0 AND expires_at > ?", rx.Now()).Scan(&n).Error
	return n, store.Explain(err)
}
