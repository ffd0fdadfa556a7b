package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/store"
)

// TokenTaken is what the letter of FactorsChanged tells the maker of a token that an
// administrator has revoked.
const TokenTaken = "token_revoked"

// GivenToken is a token as whoever administers the site sees it.
type GivenToken struct {
	AccessToken
	Maker string // name
}

// AllTokens returns everybody's tokens, the newest first: those that count, or also
// those that do not any more and are still remembered. It asks for ManagePeople.
func (d *Directory) AllTokens(rx store.Rx, v Viewer, ended bool) ([]GivenToken, error) {
	if err := v.Require(ManagePeople); err != nil {
		return nil, err
	}
	all, err := d.tokens(rx, "(? OR t.revoked_at IS NULL AND t.expires_at > ? AND m.ended_at IS NULL) ORDER BY t.created_at DESC, t.id", ended, rx.Now())
	if err != nil {
		return nil, err
	}
	makers := make([]string, len(all))
	for i, t := range all {
		makers[i] = t.Person
	}
	names, err := Names(rx, makers)
	given := []GivenToken{}
	for _, t := range all {
		if ended || t.State == TokenCounts {
			given = append(given, GivenToken{t, names[t.Person]})
		}
	}
	return given, err
}

// GivenTokenByID returns anybody's token. It asks for ManagePeople; one that is not
// there is problem.NotFound.
func (d *Directory) GivenTokenByID(rx store.Rx, v Viewer, id string) (GivenToken, error) {
	if err := v.Require(ManagePeople); err != nil {
		return GivenToken{}, err
	}
	all, err := d.tokens(rx, "t.id = ?", id)
	if err == nil && len(all) == 0 {
		err = notFound()
	}
	if err != nil {
		return GivenToken{}, err
	}
	names, err := Names(rx, []string{all[0].Person})
	return GivenToken{all[0], names[all[0].Person]}, err
}

// RevokeTokenOf ends anybody's token, with the reason: the next request that it brings
// is refused, and whoever made it gets a letter. One that was revoked stays so. A
// reason that is none is Invalid with the field "reason"; refusals are those of
// GivenTokenByID.
func (d *Directory) RevokeTokenOf(ctx context.Context, v Viewer, id, reason string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		t, err := d.GivenTokenByID(tx.Rx, v, id)
		if err != nil || t.State == TokenRevoked {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		if err := revokeToken(tx, t.AccessToken, reason); err != nil || t.Person == v.Person {
			return err
		}
		return outbox.Put(tx, FactorsChanged, tx.NewID(), FactorsFact{Person: t.Person, What: TokenTaken, By: v.Person, At: tx.Now})
	})
}

// revokeToken ends a token, and records why where somebody says so.
func revokeToken(tx store.Tx, t AccessToken, reason string) error {
	if err := tx.Exec("UPDATE people_tokens SET revoked_at = ? WHERE id = ?", tx.Now, t.ID).Error; err != nil {
		return err
	}
	detail := map[string]any{"token": t.ID, "name": t.Name}
	if reason != "" {
		detail["reason"] = reason
	}
	return audit.Record(tx, "people.token_revoked", "person:"+t.Person, detail)
}
