package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"time"

	"golau/internal/people"
	"golau/internal/sso"
	"golau/internal/store"
)

// lacks say what a half-set-up sign-in of an agency is without, and what to do.
var lacks = map[string]string{
	people.LacksClient:  "it has no client id: give it the one that the provider gave you",
	people.LacksDomains: "none of its domains is the agency's any more: name one",
	people.LacksProof:   "its secret or key opens with no key here: put keys/sso.key back, or type the secret anew",
	people.LacksTest:    "nobody has tried it: press Test",
	people.LacksFault:   "the last try failed: press Test, which says why",
}

// signIns lists agencies' own sign-ins, which stand in the database and not in the
// settings, and what each is without; nothing secret is among it. Where there is
// no database of this version yet there is nothing to list.
func (c *configCmd) signIns(ctx context.Context, path string) (lines, warnings []string) {
	if _, err := os.Stat(path); err != nil {
		return nil, nil
	}
	db, err := store.Look(ctx, store.Options{Path: path})
	if err != nil {
		return nil, nil // a start brings it up to date, or says what is wrong
	}
	defer db.Close()
	all, err := people.ProvidersWhole(db.Read(ctx), ssoKeys(c.Data)...)
	if err != nil {
		return nil, []string{fmt.Sprintf("agencies' own sign-ins cannot be read: %v", err)}
	}
	client := sso.New(sso.Options{Now: time.Now, Chance: rand.Reader, Loopback: loopbackURL(c.base())})
	for _, p := range all {
		var wrong []string
		if err := client.CheckIssuer(p.Issuer); err != nil {
			wrong = append(wrong, "its address is one that Golau does not ask")
		}
		for _, what := range p.Lacks {
			wrong = append(wrong, lacks[what])
		}
		state, whole := "not in use", "whole"
		if p.Enabled {
			state = "in use"
		}
		if p.OnlyWay {
			state += ", the only way for its people"
		}
		if len(wrong) > 0 {
			whole = "half"
			warnings = append(warnings, fmt.Sprintf("the sign-in %s is half set up (Administration, Sign-ins): %s", p.Key, strings.Join(wrong, "; ")))
		}
		lines = append(lines, fmt.Sprintf("sign-in %s=%s, %s, %s", p.Key, whole, state, mask(p.Issuer)))
	}
	return lines, warnings
}

// ssoKeys are the keys that may have closed something for agencies' own sign-ins,
// as far as they are there. It makes none.
func ssoKeys(data string) (keys [][]byte) {
	path := closing(ssoKeyPath(data))
	for _, name := range []string{string(path), path.next(), path.old()} {
		if _, err := os.Stat(name); err != nil {
			continue
		}
		if key, err := sealKey(name); err == nil {
			keys = append(keys, key)
		}
	}
	return keys
}
