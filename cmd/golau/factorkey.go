package main

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"golau/internal/people"
)

// factorKeyPath is the key that closes the secrets of authenticator apps.
func factorKeyPath(data string) string { return filepath.Join(data, "keys", "second-factor.key") }

// origin is what passkeys are bound to: the site's address, or this machine's
// name, since browsers bind none to a bare number.
func (f siteFlags) origin() string {
	if f.BaseURL != "" {
		return f.BaseURL
	}
	_, port, err := net.SplitHostPort(f.Addr)
	if err != nil {
		return ""
	}
	return "http://localhost:" + port
}

// openPeople opens the directory with its secrets, and makes them at first. A new key
// beside apps that were closed with another is no reason not to start: recovery
// codes still work, and the log says what to do.
func (p *program) openPeople(ctx context.Context, w wiring) error {
	path := factorKeyPath(w.data)
	_, missing := os.Stat(path)
	key, _, err := closing(path).open()
	if err != nil {
		return err
	}
	secret, err := letterSecret(w.data)
	if err != nil {
		return err
	}
	if w.hasher == nil {
		w.hasher = aside{people.Argon2id{}}
	}
	with := people.Options{Demo: w.demo, Log: w.log, Secret: secret, FactorKey: key, Origin: w.site.origin(),
		Hasher: w.hasher, HashSlots: hashSlots, SourceLetters: w.sourceLetters}
	if err := agencySignIns(p.db, w, &with); err != nil {
		return err
	}
	if with.Bearer, err = openBearer(w.data, w.site.base()); err != nil {
		return err
	}
	p.people = people.New(p.db, with)
	if err := p.reseal(ctx, w.data, w.log); err != nil {
		return err
	}
	if errors.Is(missing, fs.ErrNotExist) {
		if n, err := people.Apps(p.db.Read(ctx)); err == nil && n > 0 {
			w.log.Warn("keys/second-factor.key was not there and is new: put it back from a copy, or people must use recovery codes and set up their apps again", "apps", n)
		}
	}
	return p.people.EnsureReference(ctx)
}
