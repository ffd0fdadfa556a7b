// Package certificates keeps what has been awarded and lets anybody check it.
// The row and its signature are the certificate; the PDF is a picture drawn
// from it. A row is recorded first, signed second and shown third, and nothing
// is ever changed: a correction is a new certificate that supersedes the old.
//
// It does not know what a course asks, who has met it, or what a mark was: the
// Award is told to it once, by the verb that saw the rule met. It does not know
// who may look; it only keeps one person's certificates from another.
package certificates

import (
	"errors"
	"strings"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Award is all that a certificate will ever say. Nothing in it is looked up
// again, so a later change of name, title or board leaves it as it was.
type Award struct {
	Person       string // whose it is
	HolderName   string // as it is printed
	Course       Course
	Objectives   []i18n.Text // what the course teaches and tests, a line each
	Completed    store.Time
	ValidUntil   store.Time // zero = no end
	Board        Board      // who issues it
	Organisation string     // agency at the time; never shown
	Enrolment    string
	Attempt      string
	Language     i18n.Lang // in which the assessment was taken
	EditionHash  string    // of exactly what was shown
	// Reviewed says whether a professional has signed off the edition. If not,
	// the certificate says so.
	Reviewed      bool
	Demonstration bool // stamped, certifies nothing
	// Unconfirmed says that the agency is the holder's own word so far: no
	// register takes it up before EnterRegister. It is not part of the
	// certificate.
	Unconfirmed bool
}

// Course is what was completed.
type Course struct {
	Slug    string
	Title   i18n.Text
	Edition string
	Minutes int // of learning
}

// Board is who stands behind the certificate. Without an id the installation
// itself issues it and no register takes it up.
type Board struct {
	ID   string
	Name i18n.Text
}

// Status says what a certificate is worth now.
type Status string

const (
	// Valid is genuine and in date.
	Valid Status = "valid"
	// Superseded was replaced by a corrected one.
	Superseded Status = "superseded"
	// Revoked was withdrawn.
	Revoked Status = "revoked"
	// Expired was valid until a day that has passed.
	Expired Status = "expired"
	// Pending is recorded; its signature follows within moments.
	Pending Status = "pending"
	// Unknown is no certificate of this installation.
	Unknown Status = "unknown"
	// Damaged is a record that no longer agrees with its signature.
	Damaged Status = "damaged"
)

// Certificate is an award that has been made.
type Certificate struct {
	ID       string
	Kind     string // "completion"
	Revision int    // 1, and one more for each correction
	Award
	Issued     store.Time
	Superseded bool
	Revoked    bool
	Token      string // signed payload; "" until it is signed, and once Erased
	// Erased says that the holder asked to be forgotten: there is no HolderName
	// any more, but for what a sheet of paper brings along (see Verify).
	Erased     bool
	SignedHash string // of what was signed, once Erased
	Held       bool   // all was in order when it was erased
}

// completion is the one kind of certificate so far.
const completion = "completion"

// Number is the id as people read and type it: GL-7K4M2-….
func (c Certificate) Number() string { return Number(c.ID) }

// StatusAt says what the record claims at a moment. Only Verify also checks
// the signature.
func (c Certificate) StatusAt(now store.Time) Status {
	switch {
	case c.Revoked:
		return Revoked
	case c.Superseded:
		return Superseded
	case c.Token == "" && !c.Erased:
		return Pending
	case day(c.ValidUntil) != "" && day(now) > day(c.ValidUntil):
		return Expired // the day that is printed is the last
	}
	return Valid
}

// check refuses an award that could not be printed. All but the name is told by
// the program itself, so these are its faults, not the person's.
func (a Award) check() error {
	faulty := func(what string) error { return errors.New("certificates: award without " + what) }
	switch {
	case a.Person == "" || a.Enrolment == "":
		return faulty("person or enrolment")
	case a.Course.Slug == "" || !a.Course.Title.Complete() || a.Course.Edition == "" || a.Course.Minutes <= 0:
		return faulty("a complete course")
	case !a.Board.Name.Complete():
		return faulty("an issuer in both languages")
	case a.Completed.IsZero():
		return faulty("a date")
	case !a.ValidUntil.IsZero() && !a.ValidUntil.After(a.Completed.Time):
		return faulty("a time in which it is valid")
	case a.Language != i18n.EN && a.Language != i18n.CY:
		return faulty("language")
	case len(a.Objectives) == 0:
		return faulty("objectives")
	}
	for _, o := range a.Objectives {
		if !o.Complete() || strings.TrimSpace(o.EN) == "" {
			return faulty("objectives in both languages")
		}
	}
	return nil
}
