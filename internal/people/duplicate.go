package people

import (
	"context"
	"time"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// Duplicate is what a lead believes of two positions of an agency: that they are
// one person's, who has two accounts. Once both accounts have agreed, the duplicate
// stands behind the one that is kept: it counts nowhere, and what it learnt counts
// for that one. Nothing of either account is changed.
type Duplicate struct {
	ID                      string
	Kept, Duplicate         string // positions
	By                      string // the lead who proposed it, an id
	At                      store.Time
	KeptSaid, DuplicateSaid Said
	Merged, Ended           store.Time // zero until it is
	How                     DuplicateEnd
}

// Said is what an account said to a lead's proposal.
type Said string

// What an account can say; nothing is said at first.
const (
	SaidYes Said = "yes"
	SaidNo  Said = "no"
)

// DuplicateEnd is how a proposal or a merger came to its end; "" while it lasts.
type DuplicateEnd string

// The ends.
const (
	DuplicateRefused   DuplicateEnd = "refused"   // an account said no
	DuplicateWithdrawn DuplicateEnd = "withdrawn" // by a lead, before both had agreed
	DuplicateUndone    DuplicateEnd = "undone"    // by a lead, afterwards
	DuplicateOvertaken DuplicateEnd = "overtaken" // one of the two left or was given a role of power before both had agreed
	DuplicateBack      DuplicateEnd = "back"      // the duplicate was given a place there again
	DuplicateErased    DuplicateEnd = "erased"    // somebody of the two was
)

// NoIsNo is for how long the same two are not proposed again after a no.
const NoIsNo = 30 * 24 * time.Hour

const selectDuplicate = `SELECT d.id, d.kept_id AS kept, d.duplicate_id AS duplicate, d.proposed_by AS "by", d.proposed_at AS at,
	d.kept_said, d.duplicate_said, d.merged_at AS merged, d.ended_at AS ended, d.ended AS how FROM people_duplicates d`

// MayDuplicate returns the two positions of a scope where the lead may propose that
// the second is a duplicate of the first. Positions that are another's or were left
// are problem.NotFound. What follows is problem.Conflict: one is the lead's own, or
// the same; the duplicate has a role of power, which an administrator takes first;
// one of the two is in a proposal or a merger that rules this one out; or an account
// said no to these two within NoIsNo.
func MayDuplicate(rx store.Rx, v Viewer, s OrganisationScope, kept, duplicate string) (k, d Position, err error) {
	if k, err = runningIn(rx, s, kept); err == nil {
		d, err = runningIn(rx, s, duplicate)
	}
	if err != nil {
		return Position{}, Position{}, err
	}
	return k, d, mayDuplicate(rx, v, s, k, d)
}

func mayDuplicate(rx store.Rx, v Viewer, s OrganisationScope, k, d Position) error {
	refuse := func(key string) error { return problem.New(problem.Conflict, key) }
	switch {
	case k.ID == d.ID:
		return refuse("people.duplicate.one")
	case k.Person == v.Person || d.Person == v.Person:
		return refuse("people.duplicate.own")
	}
	if power, err := HasPowerAt(rx, s, d.Person); err != nil || power {
		if err == nil {
			err = refuse("people.position.has_power")
		}
		return err
	}
	var taken, no bool
	err := rx.Raw(`SELECT EXISTS (SELECT 1 FROM people_duplicates WHERE ended_at IS NULL AND (kept_id = ?2 OR duplicate_id IN (?1, ?2)))`, k.ID, d.ID).Scan(&taken).Error
	if err == nil {
		err = rx.Raw(`SELECT EXISTS (SELECT 1 FROM people_duplicates WHERE ended = 'refused' AND ended_at > ?3
			AND (kept_id = ?1 AND duplicate_id = ?2 OR kept_id = ?2 AND duplicate_id = ?1))`, k.ID, d.ID, store.At(rx.Now().Add(-NoIsNo))).Scan(&no).Error
	}
	switch {
	case err != nil:
		return store.Explain(err)
	case taken:
		return refuse("people.duplicate.taken")
	case no:
		return refuse("people.duplicate.no")
	}
	return nil
}

// ProposeDuplicate asks the holders of two positions whether they are one person.
// Until both accounts have said so nothing changes. Refusals are those of
// MayDuplicate.
func (d *Directory) ProposeDuplicate(ctx context.Context, v Viewer, s OrganisationScope, kept, duplicate string) error {
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		k, dup, err := MayDuplicate(tx.Rx, v, s, kept, duplicate)
		if err != nil {
			return err
		}
		id := tx.NewID()
		err = tx.Exec("INSERT INTO people_duplicates (id, kept_id, duplicate_id, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?)",
			id, k.ID, dup.ID, v.Person, tx.Now).Error
		if err != nil {
			return err
		}
		return recordDuplicate(tx, duplicateProposed, id)
	})
}

// recordDuplicate writes down what became of a proposal, on either account's page of
// the record. Both stand there by their ids, whose names whoever reads is shown; so
// that whoever is erased is erased there too.
func recordDuplicate(tx store.Tx, verb, id string) error {
	var of struct{ Kept, Duplicate, Organisation, Board string }
	err := tx.Raw(`SELECT k.person_id AS kept, u.person_id AS duplicate, k.organisation_id AS organisation, k.board_id AS board FROM people_duplicates d
		JOIN people_positions k ON k.id = d.kept_id JOIN people_positions u ON u.id = d.duplicate_id WHERE d.id = ?`, id).Scan(&of).Error
	if err != nil {
		return store.Explain(err)
	}
	for _, person := range []string{of.Kept, of.Duplicate} {
		err := audit.Record(tx, verb, "person:"+person, map[string]any{"stays": of.Kept, "duplicate": of.Duplicate,
			"organisation": of.Organisation, "board": of.Board})
		if err != nil {
			return err
		}
	}
	return nil
}

// endDuplicate ends a proposal or a merger.
func endDuplicate(tx store.Tx, id string, how DuplicateEnd) error {
	err := tx.Exec("UPDATE people_duplicates SET ended_at = ?, ended = ? WHERE id = ? AND ended_at IS NULL", tx.Now, how, id).Error
	if err != nil {
		return err
	}
	return recordDuplicate(tx, endedDuplicate[how], id)
}

// How the record calls what becomes of a proposal.
const duplicateProposed = "people.duplicate_proposed"

const duplicateAgreed = "people.duplicate_agreed"

const duplicateMerged = "people.duplicate_merged"

const duplicateRefused = "people.duplicate_refused"

const duplicateWithdrawn = "people.duplicate_withdrawn"

const duplicateUndone = "people.duplicate_undone"

const duplicateOvertaken = "people.duplicate_overtaken"

const duplicateBack = "people.duplicate_back"

// endedDuplicate are the ends as they are recorded; an erasure is a line of its own.
var endedDuplicate = map[DuplicateEnd]string{DuplicateRefused: duplicateRefused, DuplicateWithdrawn: duplicateWithdrawn,
	DuplicateUndone: duplicateUndone, DuplicateOvertaken: duplicateOvertaken, DuplicateBack: duplicateBack}

// EndDuplicate withdraws a proposal, or undoes a merger, and says which: both stand
// again as they did before. One that is over, or not of two in the scope, is problem.NotFound; of
// the lead's own position it is Conflict.
func (d *Directory) EndDuplicate(ctx context.Context, v Viewer, s OrganisationScope, id string) (undone bool, err error) {
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		var n Duplicate
		err := tx.Raw(selectDuplicate+" WHERE d.id = ? AND d.ended_at IS NULL", id).Scan(&n).Error
		if err = found(n.ID, err); err != nil {
			return err
		}
		kept, err := PositionIn(tx.Rx, s, n.Kept)
		if err != nil {
			return err
		}
		dup, err := PositionIn(tx.Rx, s, n.Duplicate)
		switch {
		case err != nil:
			return err
		case kept.Person == v.Person || dup.Person == v.Person:
			return problem.New(problem.Conflict, "people.duplicate.own")
		case n.Merged.IsZero():
			return endDuplicate(tx, id, DuplicateWithdrawn)
		}
		undone = true
		return undoDuplicate(tx, s, n, dup)
	})
	return undone, err
}

// undoDuplicate lets the duplicate stand beside the one that was kept again, since
// when and as it stood there.
func undoDuplicate(tx store.Tx, s OrganisationScope, n Duplicate, p Position) error {
	if err := endDuplicate(tx, n.ID, DuplicateUndone); err != nil {
		return err
	}
	_, err := AddMembership(tx, NewMembership{PersonID: p.Person, OrganisationID: s.Organisation(), BoardID: s.Board(), Role: Learner, JobRole: p.JobRole})
	if err != nil {
		return err
	}
	return tx.Exec("UPDATE people_positions SET began_at = ?, suspended_at = ?, suspended_reason = ? WHERE id = ?", p.Since, p.Suspended, p.Reason, p.ID).Error
}
