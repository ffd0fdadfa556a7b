package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// closing is a key that closes secrets in the database. It changes in two steps,
// of which each can be killed and done again: a command puts the next key beside
// it; the next start closes everything anew with that, in one transaction, and
// only then puts it in the place of the one before. That one stays as the old
// key, since backups of its time hold what it closed.
type closing string

func (c closing) beside(what string) string {
	return strings.TrimSuffix(string(c), ".key") + what + ".key"
}
func (c closing) next() string { return c.beside("-next") }
func (c closing) old() string  { return c.beside("-old") }

// open returns the key in force and the others that may have closed something.
func (c closing) open() (key []byte, others [][]byte, err error) {
	if key, err = sealKey(string(c)); err != nil {
		return nil, nil, err
	}
	switch _, err := os.Stat(c.next()); {
	case err == nil:
		others = append(others, key)
		if key, err = sealKey(c.next()); err != nil {
			return nil, nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	if _, err := os.Stat(c.old()); err == nil {
		old, err := sealKey(c.old())
		if err != nil {
			return nil, nil, err
		}
		others = append(others, old)
	}
	return key, others, nil
}

// prepare puts a next key beside the one in force; one that is there already is
// left, since it may have closed something.
func (c closing) prepare() (fresh bool, err error) {
	if _, err := os.Stat(c.next()); err == nil {
		return false, nil
	}
	if _, err := sealKey(string(c)); err != nil {
		return false, err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return false, err
	}
	return true, writeWhole(c.next(), key)
}

// settle puts the next key, with which everything is closed by now, in its place.
func (c closing) settle() error {
	if _, err := os.Stat(c.next()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	before, err := sealKey(string(c))
	if err != nil {
		return err
	}
	next, err := sealKey(c.next())
	if err != nil {
		return err
	}
	// A kill between the last two leaves the same key twice.
	if string(before) != string(next) {
		if err := writeWhole(c.old(), before); err != nil {
			return err
		}
		if err := writeWhole(string(c), next); err != nil {
			return err
		}
	}
	return os.Remove(c.next())
}

// reseal has the people's secrets closed with the keys in force, and settles
// these.
func (p *program) reseal(ctx context.Context, data string, log *slog.Logger) error {
	factor, agency := closing(factorKeyPath(data)), closing(ssoKeyPath(data))
	_, apps, err := factor.open()
	if err != nil {
		return err
	}
	_, providers, err := agency.open()
	if err != nil {
		return err
	}
	if len(apps)+len(providers) == 0 {
		return nil
	}
	r, err := p.people.Reseal(ctx, apps, providers)
	if err != nil {
		return fmt.Errorf("the secrets could not be closed with the new key; the old one goes on: %w", err)
	}
	if r.Apps+r.Providers+r.Lost > 0 {
		log.Info("secrets closed with a new key", "apps", r.Apps, "sign_ins", r.Providers, "lost", r.Lost)
	}
	return errors.Join(factor.settle(), agency.settle())
}

// keyFiles are the files that hold a secret, in the folder of keys.
func keyFiles() (names []string) {
	for _, c := range []closing{"second-factor.key", "sso.key"} {
		names = append(names, string(c), c.next(), c.old())
	}
	for i, name := range names {
		names[i] = filepath.Join("keys", name)
	}
	return append(names, "keys/seal.key", "keys/seal-old.key", "keys/api.key", "keys/api-old.key")
}
