package people

import (
	"strings"
	"testing"

	"golau/internal/store"
)

// With new keys everything that the old ones closed opens, once, and what is
// damaged is in nobody's way.
func TestReseal(t *testing.T) {
	a := newAgency(t)
	ctx := t.Context()
	a.setUp(a.signIn("rhian@demo.example", rhianPassword), rhianPassword)
	secret := a.secret
	if a.recovery == nil {
		a.recovery = map[string][]string{}
	}
	tom := a.signIn("tom@demo.example", tomPassword) // sets one up on the way
	if err := a.BeginTOTP(ctx, tom); err != nil {    // and begins another
		t.Fatal(err)
	}
	if a.count("people_totp_begun") != 1 {
		t.Fatal("none is begun")
	}
	apps := a.count("people_totp") + a.count("people_totp_begun")
	with := a.o
	with.FactorKey, with.SSOKey = []byte(strings.Repeat("f", 32)), []byte(strings.Repeat("p", 32))
	d := New(a.db, with)
	opens := func(want bool) {
		t.Helper()
		var sealed string
		if err := a.rx().Raw("SELECT sealed FROM people_totp WHERE person_id = ?", a.rhian).Scan(&sealed).Error; err != nil {
			t.Fatal(err)
		}
		got, err := d.openSecret(a.rhian, sealed)
		if (err == nil && got == secret) != want {
			t.Errorf("the app: %v", err)
		}
		p, err := ProviderByKey(a.rx(), a.alex, "school")
		if err != nil {
			t.Fatal(err)
		}
		s, err := d.settings(p)
		if (err == nil && s.Secret == a.idp.Secret) != want {
			t.Errorf("the agency's sign-in: %v", err)
		}
	}
	opens(false)
	others, wrong := [][]byte{a.o.FactorKey}, []byte(strings.Repeat("x", 32))
	if r, err := d.Reseal(ctx, [][]byte{wrong}, [][]byte{wrong}); err != nil || r != (Resealed{Lost: apps + 1}) {
		t.Fatalf("%+v %v", r, err)
	}
	opens(false)
	a.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_totp SET sealed = 'damaged' WHERE person_id = ?", a.tom).Error
	})
	if r, err := d.Reseal(ctx, others, [][]byte{wrong, a.o.SSOKey}); err != nil || r != (Resealed{Apps: apps - 1, Providers: 1, Lost: 1}) {
		t.Fatalf("%+v %v", r, err)
	}
	opens(true)
	lines := a.count("audit_events WHERE verb = 'people.keys_changed'")
	if r, err := d.Reseal(ctx, others, [][]byte{a.o.SSOKey}); err != nil || r != (Resealed{Lost: 1}) || lines != 1 || a.count("audit_events WHERE verb = 'people.keys_changed'") != 1 {
		t.Fatalf("again: %+v %v, %d lines", r, err, lines)
	}
	opens(true)
}
