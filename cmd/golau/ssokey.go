package main

import (
	"fmt"
	"os"
	"path/filepath"

	"golau/internal/people"
	"golau/internal/sso"
	"golau/internal/store"
)

// ssoKeyPath is the key that closes what the site proves itself with to
// agencies' own sign-ins.
func ssoKeyPath(data string) string { return filepath.Join(data, "keys", "sso.key") }

// agencySignIns says how agencies' own sign-ins are spoken with. Ones on this
// machine are, where nobody else reaches the site: in the demonstration, and
// while it is tried out.
func agencySignIns(db *store.DB, w wiring, o *people.Options) error {
	path := ssoKeyPath(w.data)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("cannot make the folder of keys: %w", err)
	}
	var err error
	if o.SSOKey, _, err = closing(path).open(); err != nil {
		return err
	}
	o.Base, o.SSO = w.site.base(), w.sso
	if o.SSO == nil {
		o.SSO = sso.New(sso.Options{Now: w.now, Chance: db.Chance(), Loopback: loopbackURL(w.site.base())})
	}
	return nil
}
