package people

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// TokenScope is what another system may do with its token, where the membership
// behind it may.
type TokenScope string

// The scopes. None leads to an answer or a mark.
const (
	ReadPeople      TokenScope = "people:read"      // who works there, in which team, and their status
	WritePeople     TokenScope = "people:write"     // change a position, invite
	ReadAssignments TokenScope = "assignments:read" // what is asked of whom, by when, and where they stand with it
	ReadCompletions TokenScope = "completions:read" // who finished what, with the certificate's number
)

// TokenScopes lists the scopes that a role can give.
func TokenScopes(r Role) []TokenScope {
	switch r {
	case Lead:
		return []TokenScope{ReadPeople, WritePeople, ReadAssignments, ReadCompletions}
	case Officer:
		return []TokenScope{ReadCompletions}
	}
	return nil
}

// TokenDays lists for how long a token can be made, in days.
var TokenDays = []int{30, 90, 365}

const (
	// maxTokens is how many tokens of one person may count at one time.
	maxTokens = 20
	// maxTokenName is how long its name may be, in characters.
	maxTokenName = 60
)

// AccessToken is what lets another system in, as its maker sees it: never the
// token itself.
type AccessToken struct {
	ID         string
	Person     string // who made it
	Membership string
	Name       string
	Scopes     []TokenScope
	Place      Place
	Role       Role
	CreatedAt  store.Time
	ExpiresAt  store.Time
	UsedOn     string // the last day (2026-11-21); "" = never
	State      TokenState

	kid string
}

// TokenState is whether a token counts, and else why not.
type TokenState string

// The states.
const (
	TokenCounts   TokenState = "counts"
	TokenExpired  TokenState = "expired"
	TokenRevoked  TokenState = "revoked"
	TokenOrphaned TokenState = "orphaned" // the membership it was made by has ended
	TokenKeyGone  TokenState = "key_gone" // the key that signed it was replaced
)

// TokenForm is what somebody says of a token to be made.
type TokenForm struct {
	Name       string
	Membership string // as which they make it
	Scopes     []TokenScope
	Days       int
	Proof      string // their own password or code
}

// TokenMemberships returns the viewer's memberships that can let another system in.
func (v Viewer) TokenMemberships() []Membership {
	return slices.DeleteFunc(slices.Clone(v.Memberships), func(m Membership) bool { return len(TokenScopes(m.Role)) == 0 })
}

// clean returns the form as it is stored. The problem is Invalid, with the fields
// name, membership, scopes, days.
func (f TokenForm) clean(v Viewer) (TokenForm, error) {
	all := faults{}
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	if f.Name == "" || utf8.RuneCountInString(f.Name) > maxTokenName || !utf8.ValidString(f.Name) || strings.ContainsFunc(f.Name, hidden) {
		all.at("name", "systems.name_wrong")
	}
	var m Membership
	ms := v.TokenMemberships()
	if f.Membership == "" && len(ms) == 1 {
		f.Membership = ms[0].ID
	}
	i := slices.IndexFunc(ms, func(m Membership) bool { return m.ID == f.Membership })
	if i < 0 {
		all.at("membership", "systems.membership_wrong")
	} else {
		m = ms[i]
	}
	var given []TokenScope
	for _, s := range TokenScopes(m.Role) { // in their order, each once
		if slices.Contains(f.Scopes, s) {
			given = append(given, s)
		}
	}
	foreign := slices.ContainsFunc(f.Scopes, func(s TokenScope) bool { return !slices.Contains(given, s) })
	if i >= 0 && (len(given) == 0 || foreign) {
		all.at("scopes", "systems.scopes_wrong")
	}
	f.Scopes = given
	if !slices.Contains(TokenDays, f.Days) {
		all.at("days", "systems.days_wrong")
	}
	return f, all.err()
}

// TokenMade is what the letter of FactorsChanged tells the maker of a token, who may
// not have been the one who made it.
const TokenMade = "token"

// MakeToken makes what lets another system in and returns the token, which is kept
// nowhere: it can be shown this once. It asks for the maker's proof, and
// they get a letter. Problems of
// the form are those of clean, and a wrong proof is Invalid with the field proof;
// who has more than enough tokens is Conflict, and who may make none Forbidden.
func (d *Directory) MakeToken(ctx context.Context, v Viewer, f TokenForm) (t AccessToken, token string, err error) {
	if err := v.Require(LetSystemsIn); err != nil {
		return t, "", err
	}
	proof := f.Proof
	if f, err = f.clean(v); err != nil { // no code is used up for that
		return t, "", err
	}
	err = d.withProof(ctx, v, proof, func(tx store.Tx, _ Factors) error {
		t, token, err = d.makeToken(tx, v, f)
		return err
	})
	return t, token, err
}

func (d *Directory) makeToken(tx store.Tx, v Viewer, f TokenForm) (t AccessToken, token string, err error) {
	var n int
	err = tx.Raw("SELECT count(*) FROM people_tokens WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ?", v.Person, tx.Now).Scan(&n).Error
	if err != nil {
		return t, "", err
	}
	if n >= maxTokens {
		return t, "", problem.New(problem.Conflict, "systems.too_many", "Max", maxTokens)
	}
	jti, hash, err := newToken(tx)
	if err != nil {
		return t, "", err
	}
	id, until := tx.NewID(), store.At(tx.Now.AddDate(0, 0, f.Days))
	if token, err = d.o.Bearer.Make(jti, tx.Now.Time, until.Time); err != nil {
		return t, "", err
	}
	err = tx.Exec(`INSERT INTO people_tokens (id, jti_hash, kid, person_id, membership_id, name, scopes, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, hash, d.o.Bearer.Signing.ID, v.Person, f.Membership, f.Name, scopesText(f.Scopes), tx.Now, until).Error
	if err != nil {
		return t, "", err
	}
	err = audit.Record(tx, "people.token_made", "person:"+v.Person, map[string]any{"token": id, "name": f.Name,
		"scopes": scopesText(f.Scopes), "membership": f.Membership, "days": f.Days})
	if err == nil {
		err = tellOwner(tx, v.Person, TokenMade)
	}
	if err != nil {
		return t, "", err
	}
	t, err = d.tokenOf(tx.Rx, v.Person, id)
	return t, token, err
}

func scopesText(all []TokenScope) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = string(s)
	}
	return strings.Join(words, " ")
}

// RevokeToken ends one of the viewer's tokens: the next request that it brings is
// refused. One that was revoked stays so; anybody else's is problem.NotFound.
func (d *Directory) RevokeToken(ctx context.Context, v Viewer, id string) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		t, err := d.tokenOf(tx.Rx, v.Person, id)
		if err != nil || t.State == TokenRevoked {
			return err
		}
		return revokeToken(tx, t, "")
	})
}
