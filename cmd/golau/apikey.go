package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golau/internal/bearer"
)

// apiKeyLife is how long tokens of other systems count after their key was
// replaced: long enough to give each system a new one.
const apiKeyLife = 7 * 24 * time.Hour

// apiKeyPath is the secret that signs the tokens of other systems.
func apiKeyPath(data string) string    { return filepath.Join(data, "keys", "api.key") }
func oldAPIKeyPath(data string) string { return filepath.Join(data, "keys", "api-old.key") }

// openBearer reads the secret that signs the tokens of other systems, and makes it
// at first. The one before it still counts for a while.
func openBearer(data, issuer string) (k bearer.Keys, err error) {
	secret, err := sealKey(apiKeyPath(data))
	if err != nil {
		return k, err
	}
	k.Issuer = issuer
	if k.Signing, err = bearer.NewKey(secret); err != nil {
		return k, err
	}
	info, err := os.Stat(oldAPIKeyPath(data))
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return k, err
	}
	if secret, err = os.ReadFile(oldAPIKeyPath(data)); err != nil {
		return k, err
	}
	old, err := bearer.NewKey(secret)
	if err != nil {
		return k, fmt.Errorf("the key %s is too short: remove it, and what it signed counts no more", oldAPIKeyPath(data))
	}
	k.Former = []bearer.Former{{Key: old, Until: info.ModTime().Add(apiKeyLife)}}
	return k, nil
}

// rotateAPIKey puts a new secret in the place of the old one, which still counts
// for a week.
func rotateAPIKey(data string) error {
	old, err := sealKey(apiKeyPath(data))
	if err != nil {
		return err
	}
	fresh := make([]byte, bearer.MinSecret)
	if _, err := rand.Read(fresh); err != nil {
		return err
	}
	if err := writeWhole(oldAPIKeyPath(data), old); err != nil {
		return fmt.Errorf("cannot keep the old key: %w", err)
	}
	if err := writeWhole(apiKeyPath(data), fresh); err != nil {
		return fmt.Errorf("cannot put the new key in its place: %w", err)
	}
	return nil
}
