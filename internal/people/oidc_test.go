package people

import (
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sso"
	"golau/internal/sso/ssotest"
	"golau/internal/store"
)

// agency is a house of which the school has a sign-in of its own.
type agency struct {
	*house
	idp  *ssotest.IdP
	alex Viewer
	form ProviderForm
}

func newAgency(t *testing.T) *agency {
	var h *house
	now := func() time.Time { return h.clock.Now() }
	a := &agency{}
	h = newHouse(t, Options{SSOKey: []byte(strings.Repeat("s", 32)), Base: "https://golau.example",
		SSO: sso.New(sso.Options{Now: now, Chance: &counter{}, Loopback: true})})
	a.house, a.idp = h, ssotest.New(t, now)
	a.alex = Viewer{Person: h.boss, Memberships: []Membership{{Role: Admin}}}
	for _, domain := range []string{"hill.example", "shared.example", "demo.example"} {
		if err := h.AddAgencyDomain(t.Context(), a.alex, "school", domain); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.AddAgencyDomain(t.Context(), a.alex, "twin", "shared.example"); err != nil {
		t.Fatal(err)
	}
	a.form = ProviderForm{Name: i18n.Text{EN: "Hill School account", CY: "Cyfrif Ysgol y Bryn"}, Issuer: a.idp.URL, ClientID: a.idp.ClientID,
		Proof: BySecret, Secret: a.idp.Secret, Domains: "@hill.example, shared.example demo.example"}
	key, err := h.AddProvider(t.Context(), a.alex, "school", a.form)
	if err != nil || key != "school" {
		t.Fatal(key, err)
	}
	if err := h.EnableProvider(t.Context(), a.alex, key); err != nil {
		t.Fatal(err)
	}
	a.says("subject-1", "mari@hill.example", true)
	return a
}

type counter struct{ n uint64 }

func (c *counter) Read(b []byte) (int, error) {
	for i := range b {
		c.n = c.n*6364136223846793005 + 1442695040888963407
		b[i] = byte(c.n >> 33)
	}
	return len(b), nil
}

// says is who signs in at the agency's next.
func (a *agency) says(subject, email string, verified bool) {
	a.idp.Person = map[string]any{"sub": subject, "email": email, "email_verified": verified, "name": "Mari Wyn"}
}

// away begins, and signs in there: what the browser holds and brings back.
func (a *agency) away() (sealed string, b Back) {
	a.t.Helper()
	address, sealed, err := a.BeginSSO(a.t.Context(), "school", Wish{Next: "/cy/learn", Language: i18n.CY})
	if err != nil {
		a.t.Fatal(err)
	}
	q := a.idp.Authorize(address)
	return sealed, Back{State: q.Get("state"), Code: q.Get("code")}
}

func (a *agency) come(v Viewer) (Return, error) {
	a.t.Helper()
	sealed, b := a.away()
	return a.FinishSSO(a.t.Context(), v, "school", sealed, b)
}

// join is a first arrival.
func (a *agency) join() Viewer {
	a.t.Helper()
	r, err := a.come(Viewer{})
	if err != nil || r.Session != "" || r.Trip == "" {
		a.t.Fatalf("%+v, %v", r, err)
	}
	session, _, err := a.Arrive(a.t.Context(), r.Trip, NewArrival{Name: "Mari Wyn", JobRole: Education, Language: i18n.CY})
	if err != nil {
		a.t.Fatal(err)
	}
	return a.viewer(session)
}

func TestAFirstArrival(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	people := a.count("people_persons")
	r, err := a.come(Viewer{})
	if err != nil || r.Session != "" || r.Next != "/cy/learn" || a.count("people_persons") != people || a.count("people_sso_used") != 0 {
		t.Fatalf("%+v, %v: nothing is made before the form", r, err)
	}
	got, err := a.MayArrive(ctx, r.Trip)
	if err != nil || got.Email != "mari@hill.example" || got.Name != "Mari Wyn" || len(got.Places) != 1 || got.Waits {
		t.Fatalf("%+v, %v", got, err)
	}
	wants(t, second(a.MayConnect(ctx, r.Trip)), problem.Conflict, "people.sso.over") // it is for the other form
	e := wants(t, third(a.Arrive(ctx, r.Trip, NewArrival{Language: i18n.EN})), problem.Invalid, "")
	if len(e.Fields) != 2 {
		t.Errorf("fields %v", e.Fields)
	}
	session, w, err := a.Arrive(ctx, r.Trip, NewArrival{Name: "Mari Wyn", JobRole: Health, Language: i18n.CY})
	if err != nil || w.Next != "/cy/learn" {
		t.Fatal(w, err)
	}
	v := a.viewer(session)
	m := v.Home()
	if len(v.Memberships) != 1 || m.Role != Learner || m.JobRole != Health || m.Organisation.ID != a.school || m.Unconfirmed {
		t.Errorf("%+v", v)
	}
	wants(t, third(a.Arrive(ctx, r.Trip, NewArrival{Name: "Mari Wyn", JobRole: Health, Language: i18n.CY})), problem.Conflict, "people.sso.over")

	// From now on they come straight in, whatever the address says by then.
	a.says("subject-1", "tom@demo.example", true)
	if r, err = a.come(Viewer{}); err != nil || a.viewer(r.Session).Person != v.Person {
		t.Errorf("a second time: %+v, %v", r, err)
	}
	cs, err := a.Connections(t.Context(), v)
	if err != nil || len(cs) != 1 || cs[0].Name.CY != "Cyfrif Ysgol y Bryn" {
		t.Errorf("%+v, %v", cs, err)
	}
	if a.count("audit_events WHERE verb IN ('people.identity_added', 'people.sso_entered', 'people.membership_added') AND actor = ?", v.Person) != 4 {
		t.Error("not all of it is on record")
	}
}

func third[T, U any](_ T, _ U, err error) error { return err }

// Where several agencies have the domain, a lead confirms.
func TestASharedDomainWaits(t *testing.T) {
	a := newAgency(t)
	a.says("subject-9", "mari@shared.example", true)
	if v := a.join(); !v.Home().Unconfirmed || v.Home().Organisation.ID != a.school {
		t.Errorf("%+v", v.Home())
	}
	if a.count("outbox_jobs WHERE kind = ?", Joined) != 1 {
		t.Error("the lead is not told")
	}
}

// Entra's nOAuth, and every other way of taking over an account by an address
// that a provider tells: nobody comes into an account by it, proven or not.
func TestNobodyComesInByAnAddress(t *testing.T) {
	a := newAgency(t)
	for _, verified := range []bool{true, false} {
		for _, email := range []string{"tom@demo.example", "TOM@demo.example", " tom@demo.example ", "alex@demo.example", "megan@demo.example"} {
			a.says("evil", email, verified)
			a.idp.Person["roles"] = []string{"admin"}
			r, err := a.come(Viewer{})
			if r.Session != "" {
				t.Fatalf("%q came in", email)
			}
			if !verified {
				wants(t, err, problem.Forbidden, "people.sso.stranger")
				continue
			}
			if err != nil {
				t.Fatal(email, err)
			}
			// They hold a trip that makes nobody, and that only the account's owner
			// can use.
			wants(t, third(a.Arrive(t.Context(), r.Trip, NewArrival{Name: "X Y", JobRole: Health, Language: i18n.EN})), problem.Conflict, "people.sso.over")
			wants(t, a.Connect(t.Context(), Viewer{}, r.Trip, ""), problem.Unauthenticated, "")
		}
	}
	for _, email := range []string{"", "x", "mari@other.example", "mari@sub.hill.example", "mari@hill.example.evil.example", "mari@hіll.example",
		"mari@hill.example@evil.example"} {
		a.says("evil", email, true)
		_, err := a.come(Viewer{})
		wants(t, err, problem.Forbidden, "people.sso.stranger")
	}
	if n := a.count("people_identities"); n != 0 {
		t.Errorf("%d identities", n)
	}
}

// An account that exists is connected after its owner has signed in as before.
func TestConnecting(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	a.says("tom-there", "tom@demo.example", true)
	r, err := a.come(Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := a.MayConnect(ctx, r.Trip); err != nil || c.Email != "tom@demo.example" || c.Provider.EN != "Hill School account" {
		t.Fatalf("%+v, %v", c, err)
	}
	tom := a.viewer(a.signIn("tom@demo.example", tomPassword))
	if err := a.Connect(ctx, tom, r.Trip, a.proves(tom, tomPassword)); err != nil {
		t.Fatal(err)
	}
	wants(t, a.Connect(ctx, tom, r.Trip, ""), problem.Conflict, "people.sso.over")
	if r, err = a.come(Viewer{}); err != nil || a.viewer(r.Session).Person != a.tom {
		t.Fatalf("%+v, %v", r, err)
	}
	// The same identity is nobody else's; and another person's is not taken away.
	rhian := a.viewer(a.signIn("rhian@demo.example", rhianPassword))
	if r, err = a.come(rhian); err != nil || a.viewer(r.Session).Person != a.tom {
		t.Errorf("%+v, %v", r, err)
	}
	cs, _ := a.Connections(t.Context(), tom)
	wants(t, a.Disconnect(ctx, rhian, cs[0].ID, rhianPassword), problem.NotFound, "")
	if err := a.Disconnect(ctx, tom, cs[0].ID, a.proves(tom, tomPassword)); err != nil {
		t.Fatal(err)
	}
	if r, err = a.come(Viewer{}); err != nil || r.Session != "" {
		t.Errorf("a connection that was taken away: %+v, %v", r, err)
	}
	if err := a.Connect(ctx, tom, r.Trip, a.proves(tom, tomPassword)); err != nil {
		t.Fatal(err)
	}
	err = a.try(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_identities SET person_id = ?", a.rhian).Error
	})
	if err == nil {
		t.Error("an identity was given to somebody else")
	}
}

// A state opens once, only with the browser's own half, at its own provider, in
// time.
func TestOnlyThisBrowserOnce(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	v := a.join()
	finish := func(key, sealed string, b Back) error {
		_, err := a.FinishSSO(ctx, Viewer{}, key, sealed, b)
		return err
	}
	sealed, b := a.away()
	other, ob := a.away()
	for name, err := range map[string]error{
		"another browser":  finish("school", other, b),
		"no browser":       finish("school", "", b),
		"a broken seal":    finish("school", strings.ToUpper(sealed), b),
		"no state":         finish("school", sealed, Back{Code: b.Code}),
		"another provider": finish("twin", sealed, b),
		"forged iss":       finish("school", other, Back{State: ob.State, Code: ob.Code, Issuer: "https://evil.example"}),
	} {
		if e := wants(t, err, problem.Conflict, ""); e.Key != "people.sso.over" && e.Key != "people.sso.forged" {
			t.Errorf("%s: %v", name, err)
		}
	}
	wants(t, finish("school", sealed, Back{State: b.State, Error: "access_denied"}), problem.Forbidden, "people.sso.sent_back")
	if err := finish("school", sealed, b); err != nil {
		t.Fatal(err)
	}
	wants(t, finish("school", sealed, b), problem.Conflict, "people.sso.over")

	// Fifty copies at once, at a provider that redeems codes twice: one session.
	a.idp.Twice = true
	sealed, b = a.away()
	before := a.count("people_sessions WHERE person_id = ?", v.Person)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { _ = finish("school", sealed, b) })
	}
	all.Wait()
	if n := a.count("people_sessions WHERE person_id = ?", v.Person) - before; n != 1 {
		t.Errorf("%d sessions", n)
	}

	sealed, b = a.away()
	a.clock.Advance(10*time.Minute + time.Second)
	wants(t, finish("school", sealed, b), problem.Conflict, "people.sso.over")
	sealed, b = a.away()
	if err := a.DisableProvider(ctx, a.alex, "school"); err != nil {
		t.Fatal(err)
	}
	wants(t, finish("school", sealed, b), problem.Conflict, "people.sso.over")
	_, _, err := a.BeginSSO(ctx, "school", Wish{})
	wants(t, err, problem.NotFound, "")
}

// A seal of one kind opens no other, nor does a row's secret open another's row.
func TestSealsAreApart(t *testing.T) {
	a := newAgency(t)
	s, err := a.sealFor("provider", "p1", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.unseal("provider", "p2", s); err == nil {
		t.Error("it opens for another row")
	}
	if _, err := a.unseal("trip", "p1", s); err == nil {
		t.Error("it opens for another purpose")
	}
	if n := a.count("people_providers WHERE sealed LIKE '%' || ? || '%'", a.idp.Secret); n != 0 {
		t.Error("the secret lies open")
	}
	if n := a.count("audit_details WHERE detail LIKE '%' || ? || '%'", a.idp.Secret); n != 0 {
		t.Error("the secret is on record")
	}
}

// Providers are down, and their people still come in; unless the agency wants
// it so, and then administrators do.
func TestNobodyIsLockedOut(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	a.says("tom-there", "tom@demo.example", true)
	r, _ := a.come(Viewer{})
	a.connects("tom@demo.example", tomPassword, r.Trip)
	a.clock.Advance(11 * time.Minute)
	a.idp.Down = true
	_, _, err := a.BeginSSO(ctx, "school", Wish{})
	wants(t, err, problem.Unavailable, "people.sso.down")
	a.signIn("tom@demo.example", tomPassword)

	only := a.form
	only.OnlyWay, only.Secret = true, ""
	if err := a.ChangeProvider(ctx, a.alex, "school", only); err != nil {
		t.Fatal(err)
	}
	_, err = a.SignIn(ctx, "tom@demo.example", tomPassword)
	wants(t, err, problem.Forbidden, "people.sso.only_there")
	_, err = a.SignIn(ctx, "tom@demo.example", "not the password at all")
	wants(t, err, problem.Invalid, "people.signin.wrong")
	a.signIn("rhian@demo.example", rhianPassword) // she has never come by it
	for _, via := range []string{"code", "reset", "passkey"} {
		wants(t, onlyThere(a.rx(), a.tom, via), problem.Forbidden, "people.sso.only_there")
	}
	if err := a.DisableProvider(ctx, a.alex, "school"); err != nil {
		t.Fatal(err)
	}
	a.signIn("tom@demo.example", tomPassword)
}

func TestSecondFactorOfTheirOwn(t *testing.T) {
	for name, c := range map[string]struct {
		p    Provider
		c    sso.Claims
		want bool
	}{
		"not marked":      {Provider{}, sso.Claims{AMR: []string{"mfa"}}, false},
		"marked":          {Provider{SecondFactor: true}, sso.Claims{}, true},
		"says mfa":        {Provider{SecondFactor: true}, sso.Claims{AMR: []string{"pwd", "mfa"}}, true},
		"a password only": {Provider{SecondFactor: true}, sso.Claims{AMR: []string{"pwd"}}, false},
		"the level":       {Provider{SecondFactor: true, ACR: "AAL2 AAL3"}, sso.Claims{ACR: "AAL3"}, true},
		"a lower level":   {Provider{SecondFactor: true, ACR: "AAL2 AAL3"}, sso.Claims{ACR: "AAL1", AMR: []string{"mfa"}}, false},
		"no level":        {Provider{SecondFactor: true, ACR: "AAL2"}, sso.Claims{}, false},
	} {
		if got := c.p.secondFactor(c.c); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWaysInAndOut(t *testing.T) {
	a := newAgency(t)
	for email, want := range map[string]int{"nobody@hill.example": 1, "tom@DEMO.example": 1, "x@other.example": 0, "x": 0, "": 0} {
		if ways, err := a.WaysIn(t.Context(), email); err != nil || len(ways) != want {
			t.Errorf("%q: %v, %v", email, ways, err)
		}
	}
	v := a.join()
	r, err := a.come(v)
	if err != nil {
		t.Fatal(err)
	}
	key, err := a.SignOutFrom(t.Context(), r.Session)
	if err != nil || key != "school" {
		t.Errorf("%q, %v", key, err)
	}
	if _, err := a.Resolve(t.Context(), r.Session); err == nil {
		t.Error("the session goes on")
	}
	_, address, err := a.EndElsewhere(t.Context(), key)
	u, _ := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, a.idp.URL+"/end?") || u.Query().Get("client_id") != a.idp.ClientID {
		t.Error(address, err)
	}
	if key, err = a.SignOutFrom(t.Context(), a.signIn("tom@demo.example", tomPassword)); key != "" || err != nil {
		t.Error(key, err)
	}
	if err := a.RemoveAgencyDomain(t.Context(), a.alex, "school", "hill.example"); err != nil {
		t.Fatal(err)
	}
	if ways, _ := a.WaysIn(t.Context(), "nobody@hill.example"); len(ways) != 0 {
		t.Error("a domain that was taken away")
	}
}
