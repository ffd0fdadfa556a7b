package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// credentials is what signing in needs to know of a person. Zero when there is
// no such account.
type credentials struct {
	ID           string
	EmailKey     string
	Name         string
	PasswordHash string
	SuspendedAt  store.Time
}

const selectCredentials = "SELECT id, email_key, name, password_hash, suspended_at FROM people_persons WHERE "

// SignIn returns the token of a new session for the person with the address and
// password.
//
// A wrong password and an unknown address are one answer and cost the same:
// problem.Invalid with the field "password". problem.TooMany says that the
// account has used its guesses, problem.Unavailable that too many sign in at
// this moment, problem.Forbidden that the password was right and the account
// is suspended. An address or password that cannot be one is Invalid too, and
// is no guess.
func (d *Directory) SignIn(ctx context.Context, email, password string) (token string, err error) {
	key, err := CleanEmail(email)
	if err != nil {
		return "", err
	}
	if password, err = cleanGuess("password", password); err != nil {
		return "", err
	}
	var c credentials
	if err := d.db.Read(ctx).Raw(selectCredentials+"email_key = ?", key).Scan(&c).Error; err != nil {
		return "", store.Explain(err)
	}
	account := accountKey(key)
	right, err := d.tryPassword(ctx, account, c.ID, c.PasswordHash, password)
	switch {
	case err != nil:
		return "", err
	case !right:
		return "", problem.InvalidField("password", "people.signin.wrong")
	case !c.SuspendedAt.IsZero():
		return "", d.refuseSuspended(ctx, c.ID)
	}
	err = d.db.Write(ctx, web(c.ID), func(_ context.Context, tx store.Tx) error {
		if err := clearGuesses(tx, account); err != nil {
			return err
		}
		token, err = d.startSession(tx, c.ID, "password", c.PasswordHash)
		return err
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// refuseSuspended tells the owner of a suspended account, who knows its
// password, what is the matter.
func (d *Directory) refuseSuspended(ctx context.Context, person string) error {
	err := d.db.Write(ctx, web(person), func(_ context.Context, tx store.Tx) error {
		return audit.Record(tx, "people.signin_refused", "person:"+person, map[string]any{"reason": "suspended"})
	})
	if err != nil {
		return err
	}
	return problem.New(problem.Forbidden, "people.signin.suspended")
}

// SignInAs returns the token of a new session for one of the demonstration's
// people. Outside a demonstration, and for any other key: problem.NotFound.
func (d *Directory) SignInAs(ctx context.Context, demoKey string) (token string, err error) {
	if !d.o.Demo || demoKey == "" {
		return "", notFound()
	}
	var c credentials
	if err := d.db.Read(ctx).Raw(selectCredentials+"demo_key = ?", demoKey).Scan(&c).Error; err != nil {
		return "", store.Explain(err)
	}
	if c.ID == "" || !c.SuspendedAt.IsZero() {
		return "", notFound()
	}
	err = d.db.Write(ctx, web(c.ID), func(_ context.Context, tx store.Tx) error {
		token, err = d.startSession(tx, c.ID, "demo", c.PasswordHash)
		return err
	})
	if err != nil {
		return "", err
	}
	return token, nil
}
