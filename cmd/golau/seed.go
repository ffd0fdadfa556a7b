package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/seed"
	"golau/internal/store"
)

type seedCmd struct {
	dataFlags
	Learners int `help:"How many people to make up." default:"1000"`
	Agencies int `help:"How many agencies share them. By default one for every 60 people, at most 80."`
}

// Validate refuses a number that makes up nobody.
func (c *seedCmd) Validate() error {
	if c.Learners < 1 {
		return fmt.Errorf("--learners %d makes up nobody: give a number from 1", c.Learners)
	}
	if c.Agencies < 0 {
		return fmt.Errorf("--agencies %d: give a number from 1, or leave it out", c.Agencies)
	}
	return nil
}

// Run adds a synthetic crowd and names its boards, one a line. Their certificates
// are stamped DEMONSTRATION, and their letters are never sent.
func (c *seedCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("cannot make the data folder: %w", err)
	}
	log := slog.New(slog.NewTextHandler(s.err, nil))
	stage := seed.NewStage(time.Now())
	// Without the log: on a clock that is moved along, every write looks slow.
	var upgrading inUse
	defer func() { upgrading.release() }()
	db, err := store.Open(ctx, store.Options{Path: path, Now: stage.Now, Rand: stage,
		BeforeMigration: alone("seed", c.Data, path, &upgrading, backupBefore(path, log))})
	if err != nil {
		return err
	}
	defer db.Close()
	// The stage's chance can be foretold: a key must never come from it.
	keys, err := certificates.OpenKeys(filepath.Join(c.Data, "keys"), rand.Reader)
	if err != nil {
		return err
	}
	school, err := openSchool(db, keys, wiring{demo: true, log: log})
	if err != nil {
		return err
	}
	boards, err := seed.Crowd(ctx, db, school, seed.CrowdOptions{Learners: c.Learners, Agencies: c.Agencies, Keys: keys, Stage: stage, Progress: progress(s.err, "making people up")})
	switch {
	case ctx.Err() != nil:
		return errors.New("stopped before the end: what was made stays, and the next call makes another crowd")
	case err != nil:
		return err
	}
	for _, b := range boards {
		fmt.Fprintf(s.out, "board=%s\n", b)
	}
	return nil
}
