package steward

import (
	"context"
	"slices"
	"strings"

	"golau/certificates"
	"golau/course"
	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Erased is the fact that somebody was erased; its payload is an ErasedFact.
const Erased = "steward.erased"

// ErasedFact says who was erased, by the id that is left of them.
type ErasedFact struct{ Erased string }

// Leaving is what erasing somebody would take away, and what would stay. It
// tells nothing of what they learned.
type Leaving struct {
	Person       people.Person
	Goes         []Count
	Certificates int
	Proof        people.Proof // what is asked of whoever erases them
}

// Count is how many rows of a kind there are.
type Count struct {
	Kind string
	N    int
}

// goes are the tables, by the ends of their names, of which erasing somebody
// leaves no row: the kinds that the page names.
var goes = []string{"sessions", "codes", "invitations", "totp", "passkeys", "identities", "jobs"}

// WouldErase says what erasing a person would take away. Whoever does not manage
// people is problem.Forbidden; no such person is problem.NotFound, oneself
// problem.Conflict.
func (s *Steward) WouldErase(ctx context.Context, v people.Viewer, person string) (l Leaving, err error) {
	if err := v.Require(people.ManagePeople); err != nil {
		return l, err
	}
	rx := s.DB.Read(ctx)
	if l.Person, err = people.PersonByID(rx, person); err != nil {
		return l, err
	}
	if err := people.NotOneself(v, person); err != nil {
		return l, err
	}
	if l.Proof, err = s.People.ProofOf(rx, v.Person); err != nil {
		return l, err
	}
	for _, kind := range goes {
		n := 0
		for _, p := range personal() {
			if _, end, _ := strings.Cut(p.Table, "_"); end == kind {
				if n, err = p.Count(rx, person); err != nil {
					return l, err
				}
			}
		}
		l.Goes = append(l.Goes, Count{kind, n})
	}
	cs, err := certificates.For(rx, person)
	l.Certificates = len(cs)
	if err != nil {
		return l, err
	}
	t, err := traces(rx, person, cs)
	if err != nil {
		return l, err
	}
	n, err := audit.Details(rx, t.subjects)
	l.Goes = append(l.Goes, Count{"details", n})
	return l, err
}

// Erasing is what an administrator says to erase somebody.
type Erasing struct {
	Reason  string // kept in the record, so it must not name them
	Confirm string // their e-mail address, typed
	Proof   string // the administrator's own password or code
}

// Erase forgets a person everywhere: what is left is an id, and the evidence
// without a name. Erasing again changes nothing.
//
// Whoever does not manage people is problem.Forbidden; no such person is
// problem.NotFound; oneself, and the last who administers the installation, is
// problem.Conflict; a reason that cannot be one, or names them, and another
// address than theirs are problem.Invalid with the fields reason and confirm, and
// so is a wrong proof, with the field proof. The other administrators are told.
func (s *Steward) Erase(ctx context.Context, v people.Viewer, person string, e Erasing) error {
	if err := v.Require(people.ManagePeople); err != nil {
		return err
	}
	rx := s.DB.Read(ctx)
	if at, err := people.ErasedAt(rx, person); err != nil || !at.IsZero() {
		return err
	}
	p, err := people.PersonByID(rx, person)
	if err != nil {
		return err
	}
	if err := people.NotOneself(v, person); err != nil {
		return err
	}
	reason, err := e.clean(p)
	if err != nil {
		return err
	}
	if err := s.People.GiveProof(ctx, v, e.Proof); err != nil {
		return err
	}
	return s.erase(ctx, v.Actor("web"), person, reason, terms{last: func(tx store.Tx) error {
		if err := stillAdministered(tx); err != nil {
			return err
		}
		return tellOthers(tx, v.Person)
	}})
}

// clean returns the reason, when all that was typed will do.
func (e Erasing) clean(p people.Person) (string, error) {
	all := problem.New(problem.Invalid, "people.invalid")
	all.Fields = map[string]string{}
	reason, err := people.CleanReason(e.Reason)
	if f, ok := problem.As(err); ok {
		all.Fields["reason"] = f.Fields["reason"]
		all.Args = f.Args
	} else if names(reason, p) {
		all.Fields["reason"] = "steward.erase.names"
	}
	typed, wrong := people.CleanEmail(e.Confirm)
	if theirs, _ := people.CleanEmail(p.Email); wrong != nil || typed != theirs {
		all.Fields["confirm"] = "steward.erase.confirm"
	}
	if len(all.Fields) > 0 {
		return "", all
	}
	return reason, nil
}

// names says whether a text names somebody.
func names(text string, p people.Person) bool {
	text = strings.ToLower(text)
	if strings.Contains(text, strings.ToLower(p.Email)) || strings.Contains(text, strings.ToLower(p.Name)) {
		return true
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,.;:!?()“”\"", r) })
	return slices.ContainsFunc(strings.Fields(strings.ToLower(p.Name)), func(part string) bool {
		return len([]rune(part)) > 2 && slices.Contains(words, part)
	})
}

// trace is by what the rows of all rooms are found that name somebody.
type trace struct {
	people.Traces
	subjects []string
	jobs     []int64
	lines    []int64
}

func traces(rx store.Rx, person string, cs []certificates.Certificate) (t trace, err error) {
	if t.Traces, err = people.TracesOf(rx, person); err != nil {
		return t, err
	}
	t.subjects = t.Subjects()
	for _, c := range cs {
		t.subjects = append(t.subjects, "certificate:"+c.ID)
	}
	return t, nil
}

// find looks through the whole record and outbox, which is too slow for a Write.
func (t *trace) find(rx store.Rx) (err error) {
	t.jobs, err = outbox.About(rx, outbox.Names{Person: t.Person, Codes: t.Codes, Invitations: t.Invitations, Memberships: t.Memberships, Addresses: t.Written()})
	if err == nil {
		t.lines, err = audit.Mentioning(rx, t.Words()...)
	}
	return err
}

func stillAdministered(tx store.Tx) error { return people.StillAdministered(tx.Rx) }

// terms are what an erasure is held to within its transaction: what must be so
// before anything is touched (nil: nothing), and what once it is done.
type terms struct {
	first func(store.Rx) error
	last  func(store.Tx) error
}

// erase is Erase, by whomever, for a reason that is clean, as long as the terms
// are met.
func (s *Steward) erase(ctx context.Context, by store.Actor, person, reason string, on terms) error {
	rx := s.DB.Read(ctx)
	waiting, err := certificates.Unsigned(rx, person)
	if err != nil {
		return err
	}
	for _, id := range waiting {
		if err := certificates.Sign(ctx, s.DB, s.Keys, id); err != nil {
			return err
		}
	}
	cs, err := certificates.For(rx, person)
	if err != nil {
		return err
	}
	t, err := traces(rx, person, cs)
	if err == nil {
		err = t.find(rx)
	}
	if err == nil {
		err = s.forgetLetters(t.Written())
	}
	if err != nil {
		return err
	}
	err = s.DB.Write(ctx, by, func(_ context.Context, tx store.Tx) error {
		if on.first != nil {
			if err := on.first(tx.Rx); err != nil {
				return err
			}
		}
		if err := t.erase(tx, s.Keys, reason); err != nil {
			return err
		}
		return on.last(tx)
	})
	if err != nil {
		return err
	}
	if err := s.sweep(ctx, by, t); err != nil {
		return err
	}
	if err := s.forgetLetters(t.Written()); err != nil { // one may have been on its way
		return err
	}
	return s.DB.Fold(ctx)
}

// sweep empties what the record took up about somebody while they were being
// looked for: to read all of it takes longer than a Write may.
func (s *Steward) sweep(ctx context.Context, by store.Actor, t trace) error {
	lines, err := audit.Mentioning(s.DB.Read(ctx), t.Words()...)
	if err != nil || len(lines) == 0 {
		return err
	}
	return s.DB.Write(ctx, by, func(_ context.Context, tx store.Tx) error {
		_, err := audit.Empty(tx, "person:"+t.Person, nil, lines)
		return err
	})
}

// erase is the one transaction in which somebody goes from every room.
func (t trace) erase(tx store.Tx, k *certificates.Keys, reason string) error {
	if at, err := people.ErasedAt(tx.Rx, t.Person); err != nil || !at.IsZero() {
		return err
	}
	if err := course.Erase(tx, t.Person); err != nil {
		return err
	}
	if err := people.Erase(tx, t.Person); err != nil {
		return err
	}
	ids, err := certificates.Erase(tx, k, t.Person)
	if err != nil {
		return err
	}
	for _, id := range ids { // one may have come since the traces were read
		t.subjects = append(t.subjects, "certificate:"+id)
	}
	if err := outbox.Forget(tx, t.jobs); err != nil {
		return err
	}
	if _, err := audit.Empty(tx, "person:"+t.Person, t.subjects, t.lines); err != nil {
		return err
	}
	if err := outbox.Put(tx, Erased, t.Person, ErasedFact{t.Person}); err != nil {
		return err
	}
	return audit.Record(tx, "people.erased", "person:"+t.Person, map[string]any{"reason": reason})
}

func (s *Steward) forgetLetters(addresses []string) error {
	if s.Letters == nil {
		return nil
	}
	return s.Letters.Forget(addresses)
}
