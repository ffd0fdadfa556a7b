package people

import (
	"context"
	"log/slog"
	"slices"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// Caller is another system at the door: what its token gives, and the viewer in
// whose stead it asks, with the one membership that the token was made by and none
// of their other powers. The zero Caller is nobody.
type Caller struct {
	Viewer Viewer
	Token  AccessToken
}

// May says whether the token gives the scope; "" is any token.
func (c Caller) May(s TokenScope) bool {
	return c.Token.ID != "" && (s == "" || slices.Contains(c.Token.Scopes, s))
}

// Actor is the caller as the one who changes something.
func (c Caller) Actor() store.Actor { return c.Viewer.Actor("api") }

// Call returns who brings a token. Whatever is wrong with it, or with the account
// or the role behind it, is one problem.Unauthenticated, so that a stolen or forged
// token learns nothing. A database that cannot answer lets nobody in.
func (d *Directory) Call(ctx context.Context, token string) (Caller, error) {
	refused := problem.New(problem.Unauthenticated, "api.unauthenticated")
	rx := d.db.Read(ctx)
	now := rx.Now()
	jti, err := d.o.Bearer.Read(token, now.Time)
	if err != nil {
		return Caller{}, refused
	}
	all, err := d.tokens(rx, "t.jti_hash = ?", hashToken(jti))
	if err != nil {
		return Caller{}, err
	}
	if len(all) != 1 || all[0].State != TokenCounts {
		return Caller{}, refused
	}
	c := Caller{Token: all[0]}
	if c.Viewer, err = standIn(rx, c.Token); err != nil {
		if problem.KindOf(err) == problem.NotFound {
			err = refused
		}
		return Caller{}, err
	}
	d.noteUse(ctx, c)
	return c, nil
}

// standIn returns the maker of a token with the membership it was made by, both as
// they are now, or problem.NotFound.
func standIn(rx store.Rx, t AccessToken) (Viewer, error) {
	p, err := PersonByID(rx, t.Person)
	if err != nil {
		return Viewer{}, err
	}
	ms, err := MembershipsOf(rx, t.Person)
	if err != nil {
		return Viewer{}, err
	}
	i := slices.IndexFunc(ms, func(m Membership) bool { return m.ID == t.Membership && m.Role == t.Role })
	if i < 0 || p.Suspended() || len(TokenScopes(t.Role)) == 0 {
		return Viewer{}, notFound()
	}
	return Viewer{Person: p.ID, Name: p.Name, Email: p.Email, Language: p.Language, Memberships: ms[i : i+1]}, nil
}

// noteUse notes on which day a token was used, once a day and no finer, and that it
// was for the first time. A database that cannot write now is no reason to refuse
// whoever only looks.
func (d *Directory) noteUse(ctx context.Context, c Caller) {
	day := Today(d.db.Read(ctx))
	if c.Token.UsedOn == day {
		return
	}
	err := d.db.Write(ctx, c.Actor(), func(_ context.Context, tx store.Tx) error {
		first := tx.Exec("UPDATE people_tokens SET used_on = ? WHERE id = ? AND used_on = ''", day, c.Token.ID)
		if first.Error != nil {
			return first.Error
		}
		if first.RowsAffected == 1 {
			return audit.Record(tx, "people.token_used", "person:"+c.Token.Person, map[string]any{"token": c.Token.ID, "name": c.Token.Name})
		}
		return tx.Exec("UPDATE people_tokens SET used_on = ? WHERE id = ? AND used_on < ?", day, c.Token.ID, day).Error
	})
	if err != nil {
		d.o.Log.LogAttrs(ctx, slog.LevelWarn, "the use of a token was not noted", slog.String("err", err.Error()))
	}
}
