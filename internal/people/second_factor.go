package people

import (
	"slices"

	"golau/internal/problem"
	"golau/internal/store"
)

// Factor is a way to prove, beside the first door, who one is.
type Factor string

// The factors. A recovery code stands in for the one that was lost.
const (
	TOTP     Factor = "totp" // an authenticator app
	Recovery Factor = "recovery"
	Passkey  Factor = "passkey"
)

// mustHaveSecond are the roles that see or change what is others': one stolen
// password must not be enough.
var mustHaveSecond = []Role{Lead, Officer, Admin}

// Factors is what a person has beside the first door.
type Factors struct {
	Required bool // by one of their roles: the last factor cannot be removed
	TOTP     bool
	Added    store.Time // the app; zero when there is none
	Used     store.Time // the app, last
	Passkeys int        // how many
	Codes    int        // recovery codes left
	CodeUsed store.Time // last recovery code
	Password bool       // whether the account has one
}

// Any says whether the person has a second factor; codes alone are none.
func (f Factors) Any() bool { return f.TOTP || f.Passkeys > 0 }

// FactorsOf returns what a person has now.
func (d *Directory) FactorsOf(rx store.Rx, person string) (Factors, error) {
	var row struct {
		Required, Password, Codes, Passkeys int
		Added, Used, CodeUsed               store.Time
	}
	now := rx.Now()
	err := rx.Raw(`SELECT p.password_hash <> '' AS password,
			EXISTS (SELECT 1 FROM people_memberships m WHERE m.person_id = p.id AND m.role IN ?
				AND m.started_at <= ? AND (m.ended_at IS NULL OR m.ended_at > ?)) AS required,
			t.created_at AS added, t.last_used_at AS used,
			(SELECT count(*) FROM people_passkeys k WHERE k.person_id = p.id) AS passkeys,
			(SELECT count(*) FROM people_recovery_codes r WHERE r.person_id = p.id AND r.used_at IS NULL) AS codes,
			(SELECT max(used_at) FROM people_recovery_codes r WHERE r.person_id = p.id) AS code_used
		FROM people_persons p LEFT JOIN people_totp t ON t.person_id = p.id
		WHERE p.id = ?`, mustHaveSecond, now, now, person).Scan(&row).Error
	return Factors{Required: row.Required == 1 && !d.o.Demo, TOTP: !row.Added.IsZero(), Added: row.Added, Used: row.Used,
		Passkeys: row.Passkeys, Codes: row.Codes, CodeUsed: row.CodeUsed, Password: row.Password == 1}, store.Explain(err)
}

// Apps counts the authenticator apps of all people.
func Apps(rx store.Rx) (n int, err error) {
	err = rx.Raw("SELECT count(*) FROM people_totp").Scan(&n).Error
	return n, store.Explain(err)
}

// owesSecond says whether a person who came in by a door must give a second
// factor: because they have one, or because their role asks for one. The
// demonstration's cast has none and needs none.
func (d *Directory) owesSecond(rx store.Rx, person, via string) (bool, error) {
	if slices.Contains(wholeDoors, via) {
		return false, nil
	}
	f, err := d.FactorsOf(rx, person)
	return f.Any() || f.Required, err
}

// endWithoutSecond ends a person's sessions that one door made whole: they were
// begun by a learner, and must not do what a lead, an officer or an administrator
// may. Whoever came from their agency signs in there again, at no cost. They are
// ended and not halved, since whoever is half in may set up a factor without
// another proof, and the door may have been passed hours ago.
func endWithoutSecond(tx store.Tx, person string) (int64, error) {
	return endSessions(tx, "person_id = ? AND half = 0 AND factor = '' AND via NOT IN ?", person, wholeDoors)
}

// wholeDoors prove as much as two factors do, or nothing at all.
var wholeDoors = []string{"demo", "passkey"}

// noFactors refuses to set up or change anything in the demonstration, whose
// people are everybody's.
func (d *Directory) noFactors() error {
	if d.o.Demo {
		return problem.New(problem.Conflict, "people.factor.demo")
	}
	return nil
}
