package people

import (
	"testing"

	"golau/internal/problem"
	"golau/internal/sso"
)

// Only administrators keep providers; a form says where it is wrong.
func TestProviderForms(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	tom := a.viewer(a.signIn("tom@demo.example", tomPassword))
	for _, err := range []error{
		second(a.AddProvider(ctx, tom, "school", a.form)), a.ChangeProvider(ctx, tom, "school", a.form),
		a.EnableProvider(ctx, tom, "school"), a.DisableProvider(ctx, tom, "school"), second(a.TestProvider(ctx, tom, "school")),
		second(Providers(a.rx(), tom)), second(ProviderByKey(a.rx(), tom, "school")),
	} {
		wants(t, err, problem.Forbidden, "")
	}
	wants(t, second(a.AddProvider(ctx, a.alex, "nowhere", a.form)), problem.NotFound, "")
	wants(t, a.EnableProvider(ctx, a.alex, "nowhere"), problem.NotFound, "")
	e := wants(t, second(a.AddProvider(ctx, a.alex, "school", ProviderForm{})), problem.Invalid, "")
	for _, field := range []string{"name_en", "name_cy", "issuer", "client_id", "proof", "domains"} {
		if e.Fields[field] == "" {
			t.Errorf("%s is not said to be missing: %v", field, e.Fields)
		}
	}
	for field, spoil := range map[string]func(*ProviderForm){
		"issuer":    func(f *ProviderForm) { f.Issuer = "https://user@idp.example" },
		"client_id": func(f *ProviderForm) { f.ClientID = "a\nb" },
		"secret":    func(f *ProviderForm) { f.Secret = "" },
		"scopes":    func(f *ProviderForm) { f.Scopes = "openid ŵ" },
		"domains":   func(f *ProviderForm) { f.Domains = "hill.example other.example" },
	} {
		f := a.form
		spoil(&f)
		if e := wants(t, second(a.AddProvider(ctx, a.alex, "school", f)), problem.Invalid, ""); len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, e.Fields)
		}
	}
}

// What is changed so that it is another provider is out of use until it works,
// and the secret of one is never sent to another.
func TestChangingAProvider(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	now := func() Provider {
		t.Helper()
		p, err := ProviderByKey(a.rx(), a.alex, "school")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := now(); !p.Enabled || p.Tested.IsZero() || p.Fault != "" || len(p.Domains) != 3 || p.EndSession != a.idp.URL+"/end" {
		t.Fatalf("%+v", p)
	}
	f := a.form
	f.Secret, f.Name.EN = "", "Hill"
	if err := a.ChangeProvider(ctx, a.alex, "school", f); err != nil || now().Name.EN != "Hill" || !now().Enabled {
		t.Fatal(now(), err)
	}
	f.Issuer = "https://idp.evil.example"
	wants(t, a.ChangeProvider(ctx, a.alex, "school", f), problem.Invalid, "")
	f.Issuer, f.Secret = a.idp.URL, "a wrong one"
	if err := a.ChangeProvider(ctx, a.alex, "school", f); err != nil || !now().Enabled {
		t.Fatal(err)
	}
	p, err := a.TestProvider(ctx, a.alex, "school")
	if err != nil || p.Fault != sso.Unknown || !p.Enabled {
		t.Errorf("%+v, %v: a test takes nothing out of use", p, err)
	}
	f.ClientID = "another"
	if err := a.ChangeProvider(ctx, a.alex, "school", f); err != nil || now().Enabled {
		t.Error("another client is in use untested", err)
	}
	wants(t, a.EnableProvider(ctx, a.alex, "school"), problem.Conflict, "sso.fault.unknown")
	if p := now(); p.Enabled || p.Fault != sso.Unknown {
		t.Errorf("%+v", p)
	}
	f.Proof = ByKey
	if err := a.ChangeProvider(ctx, a.alex, "school", f); err != nil {
		t.Fatal(err)
	}
	k, err := a.PublicKey(ctx, "school")
	if err != nil || k == nil {
		t.Fatal(k, err)
	}
	id := k.ID()
	if err := a.ChangeProvider(ctx, a.alex, "school", f); err != nil {
		t.Fatal(err)
	}
	if k, err = a.PublicKey(ctx, "school"); err != nil || k.ID() != id {
		t.Error("the key changed unasked", err)
	}
	if k, _ := a.PublicKey(ctx, "nowhere"); k != nil {
		t.Error("a key of nobody")
	}
	// The data folder came back without its keys: said plainly, and put right by
	// typing the secret again.
	a.o.SSOKey = []byte("another secret of thirty-two bytes")
	if p, err := a.TestProvider(ctx, a.alex, "school"); err != nil || p.Fault != sso.Half {
		t.Errorf("%+v, %v", p, err)
	}
	if err := a.ChangeProvider(ctx, a.alex, "school", a.form); err != nil {
		t.Fatal(err)
	}
	if err := a.EnableProvider(ctx, a.alex, "school"); err != nil {
		t.Error(err)
	}
}
