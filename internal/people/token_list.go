package people

import (
	"strings"

	"golau/internal/i18n"
	"golau/internal/store"
)

type tokenRow struct {
	ID, JtiHash, Kid, PersonID, MembershipID, Name, Scopes, UsedOn string
	CreatedAt, ExpiresAt, RevokedAt                                store.Time
	Role                                                           Role
	EndedAt                                                        store.Time // of the membership
	OID, OKey, ONameEN, ONameCY, BID, BKey, BNameEN, BNameCY       string
}

const selectToken = `SELECT t.id, t.jti_hash, t.kid, t.person_id, t.membership_id, t.name, t.scopes, t.used_on, t.created_at, t.expires_at, t.revoked_at,
		m.role, m.ended_at, o.id AS o_id, o.key AS o_key, o.name_en AS o_name_en, o.name_cy AS o_name_cy,
		b.id AS b_id, b.key AS b_key, b.name_en AS b_name_en, b.name_cy AS b_name_cy
	FROM people_tokens t JOIN people_memberships m ON m.id = t.membership_id
	JOIN people_organisations o ON o.id = m.organisation_id JOIN people_boards b ON b.id = m.board_id WHERE `

func (d *Directory) tokens(rx store.Rx, where string, args ...any) ([]AccessToken, error) {
	var rows []tokenRow
	err := rx.Raw(selectToken+where, args...).Scan(&rows).Error
	all := make([]AccessToken, len(rows))
	for i, r := range rows {
		all[i] = d.token(rx, r)
	}
	return all, store.Explain(err)
}

func (d *Directory) token(rx store.Rx, r tokenRow) AccessToken {
	t := AccessToken{ID: r.ID, Person: r.PersonID, Membership: r.MembershipID, Name: r.Name, Role: r.Role, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt,
		UsedOn: r.UsedOn, State: TokenCounts, kid: r.Kid,
		Place: Place{Organisation{ID: r.OID, Key: r.OKey, Name: i18n.Text{EN: r.ONameEN, CY: r.ONameCY}}, Board{ID: r.BID, Key: r.BKey, Name: i18n.Text{EN: r.BNameEN, CY: r.BNameCY}}}}
	for _, s := range strings.Fields(r.Scopes) {
		t.Scopes = append(t.Scopes, TokenScope(s))
	}
	now := rx.Now()
	switch {
	case !r.RevokedAt.IsZero():
		t.State = TokenRevoked
	case !now.Before(r.ExpiresAt.Time):
		t.State = TokenExpired
	case !r.EndedAt.IsZero() && !now.Before(r.EndedAt.Time):
		t.State = TokenOrphaned
	case !d.o.Bearer.Current(r.Kid, now.Time):
		t.State = TokenKeyGone
	}
	return t
}

// TokensOf returns the viewer's tokens, the newest first, also those that do not
// count any more and are still remembered.
func (d *Directory) TokensOf(rx store.Rx, v Viewer) ([]AccessToken, error) {
	if err := v.Require(ManageOwnAccount); err != nil {
		return nil, err
	}
	return d.tokens(rx, "t.person_id = ? ORDER BY t.created_at DESC, t.id", v.Person)
}

// tokenOf returns a token of a person, or problem.NotFound.
func (d *Directory) tokenOf(rx store.Rx, person, id string) (AccessToken, error) {
	all, err := d.tokens(rx, "t.person_id = ? AND t.id = ?", person, id)
	if err == nil && len(all) == 0 {
		err = notFound()
	}
	if err != nil {
		return AccessToken{}, err
	}
	return all[0], nil
}
