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
	fmt.Fprintf(s.out, "seal since=%s\n", changed(sealPath(c.Data)))
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
	Seal bool `help:"Rotate the seal of waiting answers instead; the old one opens for a day."`
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
	old, fresh, err := certificates.Rotate(folder, rand.Reader)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s verifies, and signs no more\n%s signs\nStart golau serve again, so that it signs with the new one, and copy %s to where you keep keys.\n", old, fresh, folder)
	return nil
}
