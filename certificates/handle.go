package certificates

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Reason is why a certificate is withdrawn. The words that somebody adds to it
// may tell of the holder, so they stand in the record's detail, which erasure
// empties, and never in the evidence.
type Reason string

// The reasons.
const (
	InError     Reason = "in_error"     // it should not have been issued
	NotTheirOwn Reason = "not_own_work" // somebody else sat the assessment
	WrongPerson Reason = "wrong_person" // it is about somebody else
	AskedFor    Reason = "asked_for"    // the holder wants it withdrawn
	OtherReason Reason = "other"
)

// Reasons lists every reason, in the order in which a form offers them.
var Reasons = []Reason{InError, NotTheirOwn, WrongPerson, AskedFor, OtherReason}

// The facts about a certificate that was issued before. Their key is its id.
const (
	Withdrawn = "certificates.withdrawn" // payload: Fact
	Corrected = "certificates.corrected" // payload: Fact, of the new one
)

// Fact says what was done to which certificate, and whose it is.
type Fact struct{ Person, Certificate string }

// Handled is a certificate as whoever may withdraw or correct it sees it.
type Handled struct {
	Certificate
	Successor string // id of the one that took its place, "" for none
}

// mayHandle says whether the viewer may withdraw or correct c: an officer one of
// their board's, an administrator one whose number they hold. To the others it
// is problem.NotFound, as if there were none; without either role it is
// problem.Forbidden.
func mayHandle(v people.Viewer, c Certificate) error {
	if err := v.Require(people.RevokeCertificates); err != nil {
		return err
	}
	ofBoard := func(m people.Membership) bool {
		return m.Role == people.Officer && m.Board.ID == c.Board.ID && c.Board.ID != ""
	}
	if v.Is(people.Admin) || slices.ContainsFunc(v.Memberships, ofBoard) {
		return nil
	}
	return notFound()
}

// Handle returns the certificate with a number, for whoever may withdraw or
// correct it. What is no number is problem.Invalid with the field "number";
// one that is not there, or another board's, is problem.NotFound.
func Handle(rx store.Rx, v people.Viewer, number string) (Handled, error) {
	if err := v.Require(people.RevokeCertificates); err != nil {
		return Handled{}, err
	}
	id, ok := ParseNumber(number)
	if !ok {
		return Handled{}, problem.InvalidField("number", "verify.not_a_number")
	}
	c, found, err := byID(rx, id)
	if err == nil && !found {
		err = notFound()
	}
	if err == nil {
		err = mayHandle(v, c)
	}
	if err != nil {
		return Handled{}, err
	}
	h := Handled{Certificate: c}
	err = rx.Raw("SELECT successor_id FROM certificates_status WHERE certificate_id = ? AND status = 'superseded'", id).Scan(&h.Successor).Error
	return h, store.Explain(err)
}

// maxWords is how much may be said besides, in characters.
const maxWords = 500

func cleanWords(field, s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxWords || !utf8.ValidString(s) {
		return "", problem.InvalidField(field, "certificates.words_long", "Most", maxWords)
	}
	return s, nil
}

// MayWithdraw returns the certificate that would be withdrawn, when all that was
// said of it will do; it changes nothing. Refusals are those of Withdraw.
func MayWithdraw(rx store.Rx, v people.Viewer, id string, reason Reason, words string) (Handled, error) {
	c, err := Handle(rx, v, id)
	if err != nil {
		return c, err
	}
	if c.Revoked || c.Superseded {
		return c, problem.New(problem.Conflict, "certificates.already_replaced")
	}
	_, err = cleanWithdrawal(reason, words)
	return c, err
}

// cleanWithdrawal returns the words as they are kept.
func cleanWithdrawal(reason Reason, words string) (string, error) {
	if !slices.Contains(Reasons, reason) {
		return "", problem.InvalidField("reason", "certificates.reason_unknown")
	}
	words, err := cleanWords("words", words)
	if err == nil && reason == OtherReason && words == "" {
		err = problem.InvalidField("words", "certificates.words_missing")
	}
	return words, err
}

// Withdraw revokes a certificate for a reason and has a letter tell its holder.
// An unknown reason, another reason without words, and words that are too long
// are problem.Invalid with the fields reason and words; one that is no longer in
// force is problem.Conflict; the rest as Handle.
func Withdraw(ctx context.Context, db *store.DB, v people.Viewer, id string, reason Reason, words string) error {
	words, err := cleanWithdrawal(reason, words)
	if err != nil {
		return err
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		c, err := Handle(tx.Rx, v, id)
		if err != nil {
			return err
		}
		if err := revoke(tx, c.ID, string(reason), map[string]any{"reason": string(reason), "words": words}); err != nil {
			return err
		}
		if c.Erased { // there is nobody to tell
			return nil
		}
		return outbox.Put(tx, Withdrawn, c.ID, Fact{c.Person, c.ID})
	})
}

// Correct issues a certificate anew in a corrected name, or, with "", in the
// name that its holder has now; the old one says that it was superseded. A
// letter tells the holder. A name that cannot be one, or is no correction, is
// problem.Invalid with the field "name", no reason one with the field "why"; the
// rest as Withdraw.
func Correct(ctx context.Context, db *store.DB, k *Keys, v people.Viewer, id, name, why string) (Certificate, error) {
	why, err := cleanWords("why", why)
	if err != nil {
		return Certificate{}, err
	}
	if why == "" {
		return Certificate{}, problem.InvalidField("why", "certificates.words_missing")
	}
	var c Certificate
	err = db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		old, err := Handle(tx.Rx, v, id)
		if err != nil {
			return err
		}
		if old.Erased {
			return problem.New(problem.Conflict, "certificates.holder_erased")
		}
		a := old.Award
		if a.HolderName, err = correctedName(tx.Rx, old.Certificate, name); err != nil {
			return err
		}
		if c, err = reissue(tx, old.ID, a, map[string]any{"words": why}); err != nil {
			return err
		}
		return outbox.Put(tx, Corrected, c.ID, Fact{c.Person, c.ID})
	})
	if err != nil {
		return Certificate{}, err
	}
	// Should this fail, the worker signs from the job that was put down.
	_ = Sign(context.WithoutCancel(ctx), db, k, c.ID)
	return c, nil
}

// correctedName is the name that was given, or else the one the holder has now.
func correctedName(rx store.Rx, old Certificate, name string) (string, error) {
	if strings.TrimSpace(name) == "" {
		p, err := people.PersonByID(rx, old.Person)
		if err != nil {
			return "", err
		}
		name = p.Name
	}
	name, err := people.CleanName(name)
	if err == nil && name == old.HolderName {
		err = problem.InvalidField("name", "certificates.same_name")
	}
	return name, err
}
