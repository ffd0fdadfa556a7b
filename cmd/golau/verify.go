package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"
)

type verifyCmd struct {
	dataFlags
	Text string `arg:"" help:"Number of the certificate, or the address of its check." placeholder:"NUMBER"`
}

// Run answers whether a certificate is genuine and in force, from the record of
// this installation. It ends with 0 only if so, and changes nothing.
func (c *verifyCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no database at %s: say where it is with --data", path)
	}
	db, err := store.Look(ctx, store.Options{Path: path})
	if err != nil {
		return err
	}
	defer db.Close()
	folder := filepath.Join(c.Data, "keys")
	if _, err := os.Stat(folder); err != nil {
		return fmt.Errorf("there are no keys at %s: they belong beside the database", folder)
	}
	keys, err := certificates.ReadKeys(folder)
	if err != nil {
		return err
	}
	v, err := certificates.Verify(db.Read(ctx), keys, c.Text)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "status: %s\n", v.Status)
	if x := v.Certificate; x.ID != "" {
		fmt.Fprintf(s.out, "number: %s\nname: %s\ncourse: %s\ncwrs: %s\nedition: %s (%s)\ncompleted: %s\nissuer: %s\n", x.Number(), x.HolderName,
			x.Course.Title.EN, x.Course.Title.CY, x.Course.Edition, x.EditionHash, x.Completed.In(i18n.London()).Format(time.DateOnly), x.Board.Name.EN)
		if !x.ValidUntil.IsZero() {
			fmt.Fprintf(s.out, "valid until: %s\n", x.ValidUntil.In(i18n.London()).Format(time.DateOnly))
		}
		if x.Demonstration {
			fmt.Fprintln(s.out, "DEMONSTRATION: the holder is fictional and this certifies nothing.")
		}
	}
	if v.Status != certificates.Valid {
		return errNo
	}
	return nil
}
