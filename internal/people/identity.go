package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sso"
	"golau/internal/store"
)

// identity is who somebody is at a provider.
type identity struct{ ID, PersonID string }

func identityOf(rx store.Rx, c sso.Claims) (i identity, err error) {
	err = rx.Raw("SELECT id, person_id FROM people_identities WHERE issuer = ? AND subject = ?", c.Issuer, c.Subject).Scan(&i).Error
	return i, store.Explain(err)
}

func addIdentity(tx store.Tx, person string, p Provider, c sso.Claims) error {
	id := tx.NewID()
	err := tx.Exec(`INSERT INTO people_identities (id, issuer, subject, person_id, provider_id, email, created_at, last_used_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, c.Issuer, c.Subject, person, p.ID, c.Email, tx.Now, tx.Now).Error
	if err != nil {
		return taken(err, "people.sso.connected_already")
	}
	return audit.Record(tx, "people.identity_added", "person:"+person, map[string]any{"identity": id, "provider": p.ID,
		"issuer": c.Issuer, "subject": c.Subject})
}

// Connection is a sign-in elsewhere by which a person comes in here.
type Connection struct {
	ID       string
	Name     i18n.Text // of the provider
	Email    string    // as the provider last told it; it decides nothing
	Since    store.Time
	LastUsed store.Time
	Enabled  bool
}

// Connections returns the viewer's own connections.
func (d *Directory) Connections(ctx context.Context, v Viewer) ([]Connection, error) {
	if err := v.Require(ManageOwnAccount); err != nil {
		return nil, err
	}
	var rows []struct {
		ID, NameEN, NameCY, Email string
		CreatedAt, LastUsedAt     store.Time
		Enabled                   bool
	}
	err := d.db.Read(ctx).Raw(`SELECT i.id, p.name_en, p.name_cy, i.email, i.created_at, i.last_used_at, p.enabled FROM people_identities i
		JOIN people_providers p ON p.id = i.provider_id WHERE i.person_id = ? ORDER BY i.created_at, i.id`, v.Person).Scan(&rows).Error
	cs := make([]Connection, len(rows))
	for i, r := range rows {
		cs[i] = Connection{r.ID, i18n.Text{EN: r.NameEN, CY: r.NameCY}, r.Email, r.CreatedAt, r.LastUsedAt, r.Enabled}
	}
	return cs, store.Explain(err)
}

// Disconnect takes a connection away; codes by e-mail remain. Somebody else's is
// problem.NotFound, and one that the agency says is the only way is
// problem.Conflict: its people do not leave it by themselves. proof is what
// RemoveTOTP takes, and a letter tells the owner.
func (d *Directory) Disconnect(ctx context.Context, v Viewer, id, proof string) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	var n int
	err := d.db.Read(ctx).Raw("SELECT count(*) FROM people_identities WHERE id = ? AND person_id = ?", id, v.Person).Scan(&n).Error
	if err != nil {
		return store.Explain(err)
	}
	if n == 0 { // nothing is guessed at what is not there
		return notFound()
	}
	return d.withProof(ctx, v, proof, func(tx store.Tx, _ Factors) error {
		if bound, err := boundBy(tx.Rx, v.Person, id); err != nil {
			return err
		} else if bound {
			return problem.New(problem.Conflict, "people.sso.only_stays")
		}
		res := tx.Exec("DELETE FROM people_identities WHERE id = ? AND person_id = ?", id, v.Person)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return notFound()
		}
		if err := tellOwner(tx, v.Person, "disconnected"); err != nil {
			return err
		}
		return audit.Record(tx, "people.identity_removed", "person:"+v.Person, map[string]any{"identity": id})
	})
}

// Connecting is what a viewer is asked who came from their agency's sign-in and
// has an account.
type Connecting struct {
	Provider i18n.Text
	Email    string // as the provider tells it
	Name     string
	Wish
}

// MayConnect returns what the trip asks its holder, signed in or not, or
// problem.Conflict.
func (d *Directory) MayConnect(ctx context.Context, sealed string) (c Connecting, err error) {
	t, p, err := d.back(ctx, known, sealed)
	return Connecting{p.Name, t.Claims.Email, t.Claims.Name, t.Wish}, err
}

// back opens a trip whose holder has come back, and has not used it.
func (d *Directory) back(ctx context.Context, l leg, sealed string) (t trip, p Provider, err error) {
	if t, err = d.openTrip(l, sealed); err != nil {
		return t, p, err
	}
	rx := d.db.Read(ctx)
	if p, err = t.at(rx); err != nil {
		return t, p, err
	}
	used, err := t.used(rx)
	if err == nil && used {
		err = tripOver()
	}
	return t, p, err
}

// Connect adds the sign-in that the trip came from to the viewer's account. Both
// are proven: the one by the trip, the other by what RemoveTOTP takes as a proof,
// since a session that was left open must not be enough to leave a door behind. A
// letter tells the owner. What is connected already is problem.Conflict.
func (d *Directory) Connect(ctx context.Context, v Viewer, sealed, proof string) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	t, p, err := d.back(ctx, known, sealed)
	if err != nil {
		return err
	}
	return d.withProof(ctx, v, proof, func(tx store.Tx, _ Factors) error {
		if err := t.use(tx); err != nil {
			return err
		}
		if i, err := identityOf(tx.Rx, t.Claims); err != nil || i.PersonID == v.Person {
			return err // a second time changes nothing
		} else if i.ID != "" {
			return problem.New(problem.Conflict, "people.sso.connected_already")
		}
		if err := tellOwner(tx, v.Person, "connected"); err != nil {
			return err
		}
		return addIdentity(tx, v.Person, p, t.Claims)
	})
}

// SignOutFrom is SignOut, and returns the key of the provider whose own session
// goes on elsewhere, "" when there is none.
func (d *Directory) SignOutFrom(ctx context.Context, token string) (key string, err error) {
	if isToken(token) {
		err = d.db.Read(ctx).Raw(`SELECT p.key FROM people_sessions s JOIN people_identities i ON i.person_id = s.person_id
			JOIN people_providers p ON p.id = i.provider_id AND p.end_session_url <> '' AND p.enabled = 1
			WHERE s.token_hash = ? AND s.via = 'oidc' AND s.ended_at IS NULL ORDER BY i.last_used_at DESC LIMIT 1`,
			hashToken(token)).Scan(&key).Error
		if err != nil {
			return "", store.Explain(err)
		}
	}
	return key, d.SignOut(ctx, token)
}

// EndElsewhere returns a provider's name and the address at which its own session
// ends, or problem.NotFound.
func (d *Directory) EndElsewhere(ctx context.Context, key string) (name i18n.Text, address string, err error) {
	p, err := provider(d.db.Read(ctx), " WHERE p.key = ? AND p.enabled = 1 AND p.end_session_url <> ''", key)
	if err != nil {
		return name, "", err
	}
	return p.Name, sso.EndAddress(p.EndSession, p.ClientID), nil
}
