package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golau/certificates"
)

// keysCmd are the commands about keys.
type keysCmd struct {
	List   keysListCmd   `cmd:"" help:"List the keys by name: which signs, which only verify."`
	Rotate keysRotateCmd `cmd:"" help:"Make a new signing key; what the old one signed stays genuine."`
}

type keysListCmd struct{ dataFlags }

// Run lists names and dates, and nothing secret.
func (c *keysListCmd) Run(s *streams) error {
	folder, err := c.keyFolder()
	if err != nil {
		return err
	}
	keys, err := certificates.ReadKeys(folder)
	if err != nil {
		return err
	}
	for i, kid := range keys.Names() {
		file, does := "retired-"+kid+".pem", "verifies"
		if i == 0 {
			file, does = "signing-key.pem", "signs"
		}
		fmt.Fprintf(s.out, "%s %s since=%s\n", kid, does, changed(filepath.Join(folder, file)))
	}
	for _, key := range []struct{ name, path string }{{"seal", sealPath(c.Data)}, {"second-factor", factorKeyPath(c.Data)}, {"sso", ssoKeyPath(c.Data)}, {"api", apiKeyPath(c.Data)}} {
		fmt.Fprintf(s.out, "%s since=%s\n", key.name, changed(key.path))
		if next := closing(key.path).next(); changed(next) != "unknown" {
			fmt.Fprintf(s.out, "%s next=%s from the next start\n", key.name, changed(next))
		}
	}
	return nil
}

// keyFolder is where the keys are; an error where there are none, since looking
// must not make any.
func (d dataFlags) keyFolder() (string, error) {
	folder := filepath.Join(d.Data, "keys")
	if _, err := os.Stat(filepath.Join(folder, "signing-key.pem")); err != nil {
		return "", fmt.Errorf("there are no keys at %s: say where they are with --data", folder)
	}
	return folder, nil
}

func changed(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "unknown"
	}
	return info.ModTime().UTC().Format(time.DateOnly)
}

type keysRotateCmd struct {
	dataFlags
	Seal         bool `xor:"key" help:"Rotate the seal of waiting answers, codes and links instead; the old one opens answers for a day."`
	SecondFactor bool `xor:"key" help:"Rotate the key of authenticator apps instead; everybody's app goes on."`
	SSO          bool `xor:"key" name:"sso" help:"Rotate the key of agencies' own sign-ins instead; they go on."`
	API          bool `xor:"key" name:"api" help:"Rotate the key of other systems' tokens instead; tokens made before count for a week."`
}

// Run makes a new key. The site uses it from its next start.
func (c *keysRotateCmd) Run(s *streams) error {
	folder, err := c.keyFolder()
	if err != nil {
		return err
	}
	if c.Seal {
		if err := rotateSeal(c.Data); err != nil {
			return err
		}
		fmt.Fprintln(s.out, "seal: new; the old one opens for a day\nStart golau serve again, so that it seals with the new one.")
		return nil
	}
	if c.API {
		if err := rotateAPIKey(c.Data); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "api: new; tokens made before count for a week, or until %s is removed\nStart golau serve again, so that it signs with the new one.\n", oldAPIKeyPath(c.Data))
		return nil
	}
	if c.SecondFactor || c.SSO {
		return c.prepare(s)
	}
	old, fresh, err := certificates.Rotate(folder, rand.Reader)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s verifies, and signs no more\n%s signs\nStart golau serve again, so that it signs with the new one, and copy %s to where you keep keys.\n", old, fresh, folder)
	return nil
}

// prepare puts the next key of closed secrets beside the one in force.
func (c *keysRotateCmd) prepare(s *streams) error {
	name, key := "second-factor", closing(factorKeyPath(c.Data))
	if c.SSO {
		name, key = "sso", closing(ssoKeyPath(c.Data))
	}
	fresh, err := key.prepare()
	if err != nil {
		return err
	}
	if !fresh {
		fmt.Fprintf(s.out, "%s: a next key waits already\n", name)
	} else {
		fmt.Fprintf(s.out, "%s: a next key is there\n", name)
	}
	fmt.Fprintf(s.out, "Start golau serve again: it closes everything with the next key and puts it in place. Then copy %s to where you keep keys.\n", filepath.Dir(string(key)))
	return nil
}
