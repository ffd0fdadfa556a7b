package quiz

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
)

// CheckAll holds every attempt to the record of what happened and returns how
// many hold, and how many of them are older than the prints that the record
// bears: of those it can only say that they are there. The error names the
// attempts of which something was changed or taken away (see audit.Faults). rx
// must see one moment. It tells how far it is, and stops when ctx ends.
func CheckAll(ctx context.Context, rx store.Rx, progress func(done, of int)) (hold, older int, err error) {
	var found audit.Faults
	for _, e := range Evidence {
		found.Add(e.Orphans(rx))
	}
	seen, hold, older, err := audit.Each{Name: "attempt", All: "SELECT count(*) FROM quiz_attempts", After: "SELECT id FROM quiz_attempts WHERE id > ? ORDER BY id LIMIT ?",
		One: func(id string) (bool, error) { return checkOne(rx, id) }}.Check(ctx, rx, progress, &found)
	if err != nil {
		return hold, older, err
	}
	found.Add(nothingGone(rx, seen))
	return hold, older, found.Err()
}

// checkOne returns how an attempt disagrees with the record, or whether part of
// it is older than prints.
func checkOne(rx store.Rx, id string) (older bool, err error) {
	lines, err := audit.About(rx, subject(id))
	if err != nil {
		return false, err
	}
	start, err := printOfStart(rx, id)
	if err != nil {
		return false, err
	}
	before, err := audit.Agree(lines, startedVerb, []audit.Row{{Name: "what it began with", Prints: []string{start}}})
	if err != nil {
		return false, err
	}
	if err := sealsHold(rx, id, before > 0); err != nil {
		return false, err
	}
	var open, marked bool
	err = rx.Raw("SELECT a.open, EXISTS (SELECT 1 FROM quiz_marks WHERE attempt_id = a.id) FROM quiz_attempts a WHERE a.id = ?", id).Row().Scan(&open, &marked)
	if err != nil {
		return false, store.Explain(err)
	}
	if open == marked {
		return false, errors.New("whether it is open was changed")
	}
	var marks []audit.Row
	if marked {
		handed, err := printOfSubmission(rx, id)
		if err != nil {
			return false, err
		}
		marks = []audit.Row{{Name: "an answer or its mark", Prints: []string{handed}}}
	}
	late, err := audit.Agree(lines, submittedVerb, marks)
	return before+late > 0, err
}

// sealsHold wants the seal of every answer to be that of its row, and the versions
// of each without a gap. Only answers of an attempt that is older than seals may
// have none.
func sealsHold(rx store.Rx, id string, older bool) error {
	question, version := int64(0), int64(0)
	return eachRow(rx, 8, func(row []any) error {
		q, _ := row[1].(int64)
		v, _ := row[2].(int64)
		if q != question {
			question, version = q, 0
		}
		if version++; v != version {
			return fmt.Errorf("an answer to question %d is gone", q)
		}
		if seal := row[7]; seal != audit.Seal(row[:7]...) && (seal != "" || !older) {
			return fmt.Errorf("an answer to question %d was changed", q)
		}
		return nil
	}, answerRows, id)
}

// nothingGone wants a row for each attempt that the record saw begin.
func nothingGone(rx store.Rx, have int) error {
	began, err := audit.Count(rx, startedVerb)
	if err != nil || began == have {
		return err
	}
	var found audit.Faults
	err = audit.Subjects(rx, startedVerb, func(about string) error {
		id := strings.TrimPrefix(about, subject(""))
		var there int
		if err := rx.Raw("SELECT count(*) FROM quiz_attempts WHERE id = ?", id).Scan(&there).Error; err != nil {
			return store.Explain(err)
		}
		if there == 0 {
			found.Add(fmt.Errorf("attempt %s: its row was removed", id))
		}
		return nil
	})
	return errors.Join(err, found.Err())
}
