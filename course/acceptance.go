package course

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Acceptance is what an administrator put in writing: that certificates of an
// edition are issued though nobody has reviewed it professionally.
type Acceptance struct {
	ID          string
	Course      string
	Edition     string
	EditionHash string // of what was shown on that day
	Lang        i18n.Lang
	Statement   string // as they read it
	Print       string // of the statement
	Office      string
	Reason      string
	By          string // the id of the person
	At          store.Time
}

// AcceptanceForm is an acceptance as somebody writes it. Statement is what stands
// above the form now, Print that of the statement that they had before them.
type AcceptanceForm struct {
	Lang             i18n.Lang
	Statement, Print string
	Office, Reason   string
	Agreed           bool
}

// PrintOfStatement is the SHA-256 of a statement, by which what was read is known.
func PrintOfStatement(statement string) string {
	sum := sha256.Sum256([]byte(statement))
	return hex.EncodeToString(sum[:])
}

// How long what is written may be, in characters.
const maxOffice, maxWhy = 200, 1000

// clean returns the form as it is kept. The problem is Invalid, with the fields
// office, reason and agreed.
func (f AcceptanceForm) clean() (AcceptanceForm, error) {
	all := problem.New(problem.Invalid, "people.invalid", "MaxOffice", maxOffice, "MaxReason", maxWhy)
	all.Fields = map[string]string{}
	for _, w := range []struct {
		field, missing, long string
		of                   *string
		most                 int
	}{
		{"office", "course.acceptance.office_missing", "course.acceptance.office_long", &f.Office, maxOffice},
		{"reason", "course.acceptance.reason_missing", "course.acceptance.reason_long", &f.Reason, maxWhy},
	} {
		sound := utf8.ValidString(*w.of)
		*w.of = strings.Join(strings.Fields(*w.of), " ")
		switch {
		case *w.of == "":
			all.Fields[w.field] = w.missing
		case utf8.RuneCountInString(*w.of) > w.most:
			all.Fields[w.field] = w.long
		case !sound || strings.ContainsFunc(*w.of, unseen):
			all.Fields[w.field] = "course.acceptance.characters"
		}
	}
	if !f.Agreed {
		all.Fields["agreed"] = "course.acceptance.not_agreed"
	}
	if len(all.Fields) > 0 {
		return f, all
	}
	return f, nil
}

// unseen finds what is not seen or turns the direction of a text.
func unseen(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Co, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Reviewed says whether professionals have reviewed the course's edition.
func (s *School) Reviewed(c *Course) bool { return s.review.Of(c.Edition) }

// unaccepted says whether the certificates of a course wait until an administrator
// has accepted that nobody has reviewed its edition. The demonstration's do not:
// they say themselves that they are none.
func (s *School) unaccepted(rx store.Rx, c *Course) (bool, error) {
	if s.demo || s.Reviewed(c) {
		return false, nil
	}
	a, err := acceptanceOf(rx, c.Slug, c.Edition)
	return a.ID == "", err
}

// Accept keeps the administrator's acceptance for the present edition of a course.
// Only an administrator may: the others are Forbidden. It returns Invalid with the
// fields office, reason and agreed, and Conflict where the statement is no longer
// the one that was read, or where there is nothing to accept any more.
func (s *School) Accept(ctx context.Context, v people.Viewer, course string, f AcceptanceForm) error {
	if err := v.Require(people.SeeInstallation); err != nil {
		return err
	}
	c, err := s.Course(course)
	if err != nil {
		return err
	}
	if err := s.mayAccept(s.db.Read(ctx), c); err != nil {
		return err
	}
	if f, err = f.clean(); err != nil {
		return err
	}
	waiting, err := readyForFinal(s.db.Read(ctx), c)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if err := s.mayAccept(tx.Rx, c); err != nil {
			return err
		}
		if f.Print != PrintOfStatement(f.Statement) {
			return problem.New(problem.Conflict, "course.acceptance.changed")
		}
		a := Acceptance{ID: tx.NewID(), Course: c.Slug, Edition: c.Edition, EditionHash: s.editions[c.Slug], Lang: f.Lang,
			Statement: f.Statement, Print: f.Print, Office: f.Office, Reason: f.Reason, By: v.Person, At: tx.Now}
		print, err := insertAcceptance(tx, a)
		if err != nil {
			return err
		}
		err = audit.RecordOf(tx, acceptedVerb, acceptanceSubject(a.ID), print,
			map[string]any{"course": a.Course, "edition": a.Edition, "lang": a.Lang, "office": a.Office, "reason": a.Reason})
		if err != nil {
			return err
		}
		if len(waiting) == 0 {
			return nil
		}
		return outbox.Put(tx, Accepted, a.ID, AcceptedFact{c.Slug})
	})
}

// mayAccept refuses where nothing waits for an acceptance.
func (s *School) mayAccept(rx store.Rx, c *Course) error {
	waits, err := s.unaccepted(rx, c)
	if err == nil && !waits {
		err = problem.New(problem.Conflict, "course.acceptance.over")
	}
	return err
}

// ReviewStanding is how a course stands that nobody may have reviewed.
type ReviewStanding struct {
	Course   *Course
	Reviewed bool
	InDemo   bool
	Waits    bool         // certificates wait for an acceptance
	Waiting  int          // how many people have done every module meanwhile
	All      []Acceptance // of every edition, the newest first
}

// ReviewOf says how the course stands: whether its edition was reviewed, who accepted
// that it was not, and how many wait.
func (s *School) ReviewOf(rx store.Rx, course string) (ReviewStanding, error) {
	c, err := s.Course(course)
	if err != nil {
		return ReviewStanding{}, err
	}
	r := ReviewStanding{Course: c, Reviewed: s.Reviewed(c), InDemo: s.demo}
	if r.All, err = acceptances(rx, c.Slug); err != nil {
		return r, err
	}
	if r.Waits, err = s.unaccepted(rx, c); err != nil || !r.Waits {
		return r, err
	}
	ids, err := readyForFinal(rx, c)
	if err != nil {
		return r, err
	}
	here, err := people.Names(rx, ids)
	r.Waiting = len(here)
	return r, err
}
