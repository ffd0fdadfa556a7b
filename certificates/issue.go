package certificates

import (
	"strings"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// SignJob is the kind of the job that asks for a signature; its payload is ToSign.
const SignJob = "certificates.sign"

// ToSign names the certificate that waits for its signature.
type ToSign struct {
	Certificate string `json:"certificate"`
}

// Issue records an award as a certificate, enters it in the board's register
// and asks for its signature. Told again of the same enrolment, it returns the
// certificate there is, whatever has become of it, and changes nothing. Returns
// problem.Invalid about the name.
func Issue(tx store.Tx, a Award) (Certificate, error) {
	return record(tx, a, 1)
}

// Reissue corrects a certificate: a new one with the award as it should have
// been takes its place, and the old one says that it was superseded. It is in the
// board's register if the old one is. Returns
// problem.NotFound, problem.Conflict when it is no longer in force, or
// problem.Invalid about the name.
func Reissue(tx store.Tx, id string, a Award) (Certificate, error) { return reissue(tx, id, a, nil) }

// reissue is Reissue with more for the record.
func reissue(tx store.Tx, id string, a Award, detail map[string]any) (Certificate, error) {
	old, err := inForce(tx, id)
	if err == nil && old.Erased {
		err = problem.New(problem.Conflict, "certificates.holder_erased")
	}
	if err != nil {
		return Certificate{}, err
	}
	// A correction is of the same completion by the same person.
	a.Person, a.Enrolment, a.Course.Slug = old.Person, old.Enrolment, old.Course.Slug
	if old.Board.ID != "" { // what nobody agreed to is not agreed to by a correction
		in, err := inRegister(tx.Rx, old.ID)
		if err != nil {
			return Certificate{}, err
		}
		a.Unconfirmed = !in
	}
	c, err := record(tx, a, old.Revision+1)
	if err != nil {
		return Certificate{}, err
	}
	if err := insertStatus(tx, old.ID, Superseded, c.ID, ""); err != nil {
		return Certificate{}, err
	}
	return c, recordOf(tx, "certificates.superseded", old.ID, statusRow, string(Superseded), with(detail, "by", c.ID))
}

// Revoke withdraws a certificate; the reason is for the record, not for the
// public. Returns problem.NotFound, problem.Conflict when it is no longer in
// force, or problem.Invalid without a reason.
func Revoke(tx store.Tx, id, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || utf8.RuneCountInString(reason) > 500 || !utf8.ValidString(reason) {
		return problem.InvalidField("reason", "certificates.reason_missing")
	}
	return revoke(tx, id, reason, map[string]any{"reason": reason})
}

// revoke writes the withdrawal, with the detail for the record.
func revoke(tx store.Tx, id, reason string, detail map[string]any) error {
	c, err := inForce(tx, id)
	if err != nil {
		return err
	}
	if err := insertStatus(tx, c.ID, Revoked, "", reason); err != nil {
		return err
	}
	return recordOf(tx, "certificates.revoked", c.ID, statusRow, string(Revoked), detail)
}

// with adds a value to a detail.
func with(detail map[string]any, name string, value any) map[string]any {
	all := map[string]any{name: value}
	for n, v := range detail {
		all[n] = v
	}
	return all
}

// EnterRegister enters into a board's register what a person earned there for an
// agency before anybody had confirmed that they work for it, with a line in the
// record for each. What stands there already stays as it is.
func EnterRegister(tx store.Tx, person, organisation, board string) error {
	ids, err := outsideRegister(tx.Rx, person, organisation, board)
	for _, id := range ids {
		if err == nil {
			err = insertRegister(tx, board, id)
		}
		if err == nil {
			err = recordOf(tx, registeredVerb, id, registerRow, "", map[string]any{"person": person, "board": board})
		}
	}
	return err
}

func subject(id string) string { return "certificate:" + id }

func notFound() error { return problem.New(problem.NotFound, "certificates.not_found") }

// inForce returns a certificate that has been neither superseded nor revoked.
func inForce(tx store.Tx, id string) (Certificate, error) {
	c, found, err := byID(tx.Rx, id)
	switch {
	case err != nil:
		return c, err
	case !found:
		return c, notFound()
	case c.Superseded || c.Revoked:
		return c, problem.New(problem.Conflict, "certificates.already_replaced")
	}
	return c, nil
}

// record writes the certificate and all that follows from it.
func record(tx store.Tx, a Award, revision int) (Certificate, error) {
	name, err := people.CleanName(a.HolderName) // the rule by which names are entered
	if err != nil {
		return Certificate{}, err
	}
	a.HolderName = name
	a.Completed, a.ValidUntil = store.At(a.Completed.Time), store.At(a.ValidUntil.Time)
	if err := a.check(); err != nil {
		return Certificate{}, err
	}
	c := Certificate{ID: tx.NewID(), Kind: completion, Revision: revision, Award: a, Issued: tx.Now}
	c.Unconfirmed = false // told, not kept
	written, err := insertIssued(tx, c)
	if err != nil {
		return Certificate{}, err
	}
	if !written {
		return issuedBefore(tx.Rx, c)
	}
	err = recordOf(tx, "certificates.issued", c.ID, issuedRow, "", map[string]any{
		"person": a.Person, "holder": a.HolderName, "course": a.Course.Slug, "edition": a.Course.Edition,
		"enrolment": a.Enrolment, "attempt": a.Attempt, "board": a.Board.ID, "revision": revision,
	})
	switch {
	case err != nil || a.Board.ID == "":
	case a.Unconfirmed: // without this line, none in the register is a forgery
		err = audit.Record(tx, withheldVerb, subject(c.ID), map[string]any{"person": a.Person, "board": a.Board.ID})
	default:
		err = insertRegister(tx, a.Board.ID, c.ID)
	}
	if err != nil {
		return Certificate{}, err
	}
	return c, outbox.Put(tx, SignJob, c.ID, ToSign{c.ID})
}
