package people

import (
	"context"
	"errors"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/sso"
	"golau/internal/store"
)

// BeginSSO returns where to send a browser that wants to sign in by the provider
// with the key, and what it must bring back. It changes nothing. A provider that
// is not in use is problem.NotFound, one that cannot be asked now
// problem.Unavailable with the fault's own words.
func (d *Directory) BeginSSO(ctx context.Context, key string, w Wish) (address, sealed string, err error) {
	p, err := provider(d.db.Read(ctx), " WHERE p.key = ? AND p.enabled = 1", key)
	if err != nil {
		return "", "", err
	}
	t := trip{Leg: outward, Provider: p.ID, Issuer: p.Issuer, Wish: w, Until: store.At(d.db.Now().Add(tripLife))}
	if t.Grant, err = d.o.SSO.NewGrant(); err != nil {
		return "", "", err
	}
	s, err := d.settings(p)
	if err == nil {
		address, err = d.o.SSO.Begin(ctx, s, t.Grant)
	}
	if err != nil {
		return "", "", d.faulty(ctx, p, err)
	}
	sealed, err = d.sealTrip(t)
	return address, sealed, err
}

// OnlyWayDown is the key of the problem that an agency's sign-in does not answer
// where its people have no other way in.
const OnlyWayDown = "people.sso.down_only"

// faulty makes of what is wrong with a provider what its people are told; the
// log has the rest, and administrators hear of it.
func (d *Directory) faulty(ctx context.Context, p Provider, err error) error {
	var f *sso.Fault
	if !errors.As(err, &f) {
		return err
	}
	if ctx.Err() == nil { // else it may be that the browser did not wait
		d.meets(p, f)
	}
	d.o.Log.Warn("an agency's sign-in failed", "provider", p.Key, "err", f.Error())
	switch f.Word {
	case sso.Forged:
		return problem.New(problem.Conflict, "people.sso.forged").Because(err)
	case sso.Stale:
		return tripOver().Because(err)
	case sso.Unreachable, sso.Status:
		if p.OnlyWay {
			return problem.New(problem.Unavailable, OnlyWayDown).Because(err)
		}
		return problem.New(problem.Unavailable, "people.sso.down").Because(err)
	}
	return problem.New(problem.Unavailable, "people.sso.broken").Because(err)
}

// Back is what the browser brings from a provider.
type Back struct {
	State, Code, Issuer string
	Error               string // the provider's own word for why nobody signed in
}

// Return is what became of somebody who came back: a session, or a trip that
// goes on with a form.
type Return struct {
	Wish
	Session string // the token of a new session
	Trip    string // sealed: what Arrival, or for a viewer Connecting, takes
}

// FinishSSO takes somebody in who comes back from a provider. Who they are here
// hangs on the provider and on its name for them, never on an address that it
// tells: only somebody whom nobody here knows may come in by one (Arrive), and an
// account that exists is connected by its owner alone (Connect).
//
// What is no true answer to this browser's question is problem.Conflict, and so
// is an answer that comes a second time; somebody whom the agency has sent back
// without signing in, or whom nobody knows and whose address is not proven, is
// problem.Forbidden, a suspended person too; problem.Unavailable says that the
// provider cannot be asked now.
func (d *Directory) FinishSSO(ctx context.Context, v Viewer, key, sealed string, b Back) (r Return, err error) {
	t, err := d.openTrip(outward, sealed)
	if err != nil {
		return r, err
	}
	r.Wish = t.Wish
	rx := d.db.Read(ctx)
	p, err := t.at(rx)
	if err != nil {
		return r, err
	}
	if used, err := t.used(rx); err != nil || used || p.Key != key || !t.is(b.State) {
		return r, errors.Join(err, tripOver())
	}
	if b.Error != "" {
		d.o.Log.Info("an agency's sign-in sent somebody back", "provider", p.Key)
		return r, problem.New(problem.Forbidden, "people.sso.sent_back")
	}
	s, err := d.settings(p)
	if err == nil {
		t.Claims, err = d.o.SSO.Finish(ctx, s, t.Grant, sso.Answer{Code: b.Code, Issuer: b.Issuer})
	}
	if err != nil {
		return r, d.faulty(ctx, p, err)
	}
	d.meets(p, nil)
	i, err := identityOf(rx, t.Claims)
	if err != nil {
		return r, err
	}
	if i.ID != "" {
		r.Session, err = d.comeBy(ctx, t, p, i)
		return r, err
	}
	r.Trip, err = d.goOn(rx, v, t, p)
	return r, err
}

// comeBy starts the session of somebody who is known by the identity.
func (d *Directory) comeBy(ctx context.Context, t trip, p Provider, i identity) (session string, err error) {
	person, err := PersonByID(d.db.Read(ctx), i.PersonID)
	if err != nil {
		return "", err
	}
	if person.Suspended() {
		return "", d.refuseSuspended(ctx, person.ID)
	}
	err = d.db.Write(ctx, web(person.ID), func(_ context.Context, tx store.Tx) error {
		if err := t.use(tx); err != nil {
			return err
		}
		res := tx.Exec("UPDATE people_identities SET last_used_at = ?, provider_id = ?, email = ? WHERE id = ?", tx.Now, p.ID, t.Claims.Email, i.ID)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 { // taken away meanwhile
			return tripOver()
		}
		session, err = d.enterFrom(tx, person.ID, p, t.Claims)
		return err
	})
	if err != nil {
		return "", err
	}
	return session, nil
}

// goOn decides what somebody is asked whom no identity names.
func (d *Directory) goOn(rx store.Rx, v Viewer, t trip, p Provider) (sealed string, err error) {
	t.Until = store.At(d.db.Now().Add(arrivalLife))
	switch {
	case v.SignedIn(): // they are at home, and may connect the two
		t.Leg = known
	case !p.speaksFor(t.Claims): // whether somebody has the address is not told
		return "", problem.New(problem.Forbidden, "people.sso.stranger")
	default:
		key, err := CleanEmail(t.Claims.Email)
		if err != nil {
			return "", err
		}
		owner, err := personOf(rx, key)
		if err != nil {
			return "", err
		}
		t.Leg = arrived
		if owner != "" {
			t.Leg = known
		}
	}
	return d.sealTrip(t)
}

// enterFrom starts a session by a provider. Where it has asked for a second factor
// the session owes none here.
func (d *Directory) enterFrom(tx store.Tx, person string, p Provider, c sso.Claims) (token string, err error) {
	whole := p.secondFactor(c)
	half := false
	if !whole {
		if half, err = d.owesSecond(tx.Rx, person, "oidc"); err != nil {
			return "", err
		}
	}
	if token, err = d.enterAs(tx, person, "oidc", half); err != nil {
		return "", err
	}
	return token, audit.Record(tx, "people.sso_entered", "person:"+person,
		map[string]any{"provider": p.ID, "second_factor": whole, "acr": c.ACR, "amr": c.AMR})
}
