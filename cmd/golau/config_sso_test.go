package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// golau config says of each agency's sign-in whether it is whole, while the site
// serves, and what is missing from one that is not; it tells no
// secret.
func TestConfigTellsOfSignIns(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	alun := people.Viewer{Person: h.id["alun"], Memberships: []people.Membership{{Role: people.Admin}}}
	if _, err := h.people.AddProvider(t.Context(), alun, "school-b", people.ProviderForm{Name: i18n.Text{EN: "Second", CY: "Ail"},
		Issuer: "https://idp.example", ClientID: "golau", Proof: people.BySecret, Secret: planted, Domains: "shared.example"}); err != nil {
		t.Fatal(err)
	}
	says := func(warned ...string) {
		t.Helper()
		code, faults := configured(t, "--data", h.dir)
		if code != exitDone || len(faults) != len(warned) {
			t.Fatalf("%d %q, want %q", code, faults, warned)
		}
		for i, part := range warned {
			if !strings.Contains(faults[i], "warning: ") || !strings.Contains(faults[i], part) {
				t.Errorf("%q does not say %q", faults[i], part)
			}
		}
	}
	says("the sign-in school-b is half set up (Administration, Sign-ins): nobody has tried it")
	_, out, errs := golau(t, "config", "--data", h.dir)
	for _, line := range []string{"sign-in school-a=whole, in use, " + idp.URL + "\n", "sign-in school-b=half, not in use, https://idp.example\n"} {
		if !strings.Contains(out, line) {
			t.Errorf("no line %q in %s", line, out)
		}
	}
	if all := out + errs; strings.Contains(all, planted) || strings.Contains(all, idp.Secret) {
		t.Error("it tells a secret")
	}

	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_providers SET fault = 'unknown', tested_at = ? WHERE key = 'school-b'", tx.Now).Error
	})
	says("school-b is half set up (Administration, Sign-ins): the last try failed")
	h.write(func(tx store.Tx) error { return tx.Exec("DELETE FROM people_provider_domains").Error })
	says("school-a is half set up (Administration, Sign-ins): none of its domains", "the last try failed")
	if err := os.WriteFile(filepath.Join(h.dir, "keys", "sso.key"), []byte(strings.Repeat("x", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	says("opens with no key here", "opens with no key here")
	_, faults := configured(t, "--data", h.dir, "--base-url", "https://"+site)
	if !slices.ContainsFunc(faults, func(f string) bool {
		return strings.Contains(f, "school-a") && strings.Contains(f, "its address is one that Golau does not ask")
	}) {
		t.Errorf("a provider on this machine, and a site that others reach: %q", faults)
	}
}
