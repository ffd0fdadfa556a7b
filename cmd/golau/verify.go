package main

import (
	"context"
	"fmt"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
)

type verifyCmd struct {
	dataFlags
	Text string `arg:"" help:"Number of the certificate, or the address of its check." placeholder:"NUMBER"`
}

// Validate refuses what can be no certificate: it is not unknown, it was not
// asked for.
func (c *verifyCmd) Validate() error {
	if _, ok := certificates.ParseNumber(c.Text); !ok {
		return fmt.Errorf("%q is neither a number nor the address of a check: give GL-…, or the whole address from the code on the sheet", c.Text)
	}
	return nil
}

// Run answers whether a certificate is genuine and in force, from the record of
// this installation. It ends with 0 only if so, and changes nothing.
func (c *verifyCmd) Run(ctx context.Context, s *streams) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	db, keys, err := openWithKeys(ctx, path, c.Data)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := certificates.Verify(db.Read(ctx), keys, c.Text)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "status: %s\n", v.Status)
	if x := v.Certificate; x.ID != "" {
		if x.Erased && x.HolderName == "" {
			x.HolderName = "(erased)"
		}
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
