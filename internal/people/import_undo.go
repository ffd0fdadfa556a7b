package people

import (
	"context"
	"encoding/json"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// UndoImport has a list that was carried out taken back, as one: the steps are
// taken back beside the pages, the last one first. What somebody has changed since
// stays as they left it. One that is under way, was taken back, or is older than
// seven days, is problem.Conflict.
func (d *Directory) UndoImport(ctx context.Context, v Viewer, i Import) error {
	err := d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		r := tx.Exec("UPDATE people_imports SET undo_at = ? WHERE id = ? AND done_at > ? AND undo_at IS NULL", tx.Now, i.ID, store.At(tx.Now.Add(-undoLife)))
		if r.Error == nil && r.RowsAffected != 1 {
			return problem.New(problem.Conflict, "people.import.no_undo")
		}
		if r.Error != nil {
			return r.Error
		}
		return audit.Record(tx, "people.import_undo_begun", "organisation:"+i.organisation, map[string]any{"board": i.board})
	})
	if err == nil {
		d.callImports()
	}
	return err
}

// journalled is a line of the journal.
type journalled struct {
	ID, Verb, Subject, Before, After string
}

// takeBackImport takes back what is left of one list.
func (d *Directory) takeBackImport(ctx context.Context, i Import) error {
	w := &importWork{Directory: d, i: i}
	return w.work(ctx, w.backBatch, w.leaveLast)
}

// backBatch takes back some of the steps that are left, and says whether none is.
func (w *importWork) backBatch(tx store.Tx, most int, more func() bool) (finished bool, err error) {
	lines, err := w.lastSteps(tx, most)
	if err != nil {
		return false, err
	}
	for _, l := range lines {
		if !more() {
			return false, nil
		}
		done, err := w.back(tx, l)
		if err != nil {
			return false, err
		}
		if err := undone(tx, l, map[bool]string{true: "yes", false: "left"}[done]); err != nil {
			return false, err
		}
	}
	if len(lines) == most {
		return false, nil
	}
	return true, w.noteUndone(tx)
}

// leaveLast leaves as it is what the last step that is left has done.
func (w *importWork) leaveLast(tx store.Tx) (finished bool, err error) {
	lines, err := w.lastSteps(tx, 1)
	if err != nil || len(lines) == 0 {
		return false, err
	}
	return false, undone(tx, lines[0], "left")
}

// lastSteps are the last steps that were done and not taken back.
func (w *importWork) lastSteps(tx store.Tx, most int) (lines []journalled, err error) {
	err = tx.Raw(`SELECT id, verb, subject, before, after FROM people_import_steps WHERE import_id = ? AND passed = 0 AND undone = ''
		ORDER BY n DESC LIMIT ?`, w.i.ID, most).Scan(&lines).Error
	return lines, store.Explain(err)
}

func undone(tx store.Tx, l journalled, how string) error {
	return tx.Exec("UPDATE people_import_steps SET undone = ? WHERE id = ?", how, l.ID).Error
}

// noteUndone writes down that all of a list was taken back, or left.
func (w *importWork) noteUndone(tx store.Tx) error {
	if err := tx.Exec("UPDATE people_imports SET undone_at = ? WHERE id = ?", tx.Now, w.i.ID).Error; err != nil {
		return err
	}
	var n struct{ Steps, Passed int }
	err := tx.Raw("SELECT count(*) AS steps, coalesce(sum(undone = 'left'), 0) AS passed FROM people_import_steps WHERE import_id = ? AND passed = 0", w.i.ID).Scan(&n).Error
	if err != nil {
		return err
	}
	return audit.Record(tx, "people.import_undone", "organisation:"+w.i.organisation, map[string]any{"board": w.i.board, "n": n.Steps, "passed": n.Passed})
}

// back takes back one step, where nobody has changed since what it did.
func (w *importWork) back(tx store.Tx, l journalled) (bool, error) {
	var before, after Placement
	if err := json.Unmarshal([]byte(l.After), &after); err != nil {
		return false, err
	}
	if l.Verb == stepTeam {
		return w.closeEmpty(tx, l.Subject)
	}
	if err := json.Unmarshal([]byte(l.Before), &before); err != nil {
		return false, err
	}
	switch l.Verb {
	case stepInvite:
		_, open, err := waitingNow(tx.Rx, l.Subject)
		if err != nil || !open {
			return false, err
		}
		return true, withdraw(tx, l.Subject)
	case stepWaiting:
		now, open, err := waitingNow(tx.Rx, l.Subject)
		if err != nil || !open || !after.is(now) {
			return false, err
		}
		if fits, err := w.fits(tx, before); err != nil || !fits {
			return false, err
		}
		return true, w.moveWaiting(tx, l.Subject, now, before)
	case stepChange:
		p, now, err := w.positionNow(tx, l.Subject)
		if err != nil || !p.Left.IsZero() || now != after {
			return false, err
		}
		if fits, err := w.fits(tx, before); err != nil || !fits {
			return false, err
		}
		return true, w.move(tx, p, before)
	case stepLeft:
		p, err := PositionIn(tx.Rx, w.i.scope(), l.Subject)
		if err != nil || p.Left.IsZero() {
			return false, err
		}
		return true, takeBack(tx, w.i.scope(), l.Subject)
	}
	return false, nil
}

// closeEmpty closes a team in which nobody is, and within which no other lies.
func (w *importWork) closeEmpty(tx store.Tx, id string) (bool, error) {
	teams, err := allTeams(tx.Rx, w.i.scope(), i18n.EN, inTeam)
	if err != nil {
		return false, err
	}
	var waiting int
	err = tx.Raw("SELECT count(*) FROM people_invitations WHERE team_id = ? AND accepted_at IS NULL AND withdrawn_at IS NULL", id).Row().Scan(&waiting)
	if err != nil || waiting > 0 {
		return false, err
	}
	there := false
	for _, t := range teams {
		if t.Parent == id || t.ID == id && t.People > 0 {
			return false, nil
		}
		there = there || t.ID == id
	}
	if !there {
		return false, nil
	}
	return true, closeTeam(tx, w.i.scope(), id)
}

// ImportCount is how many steps of a kind an import did, and how many of those it
// left out, took back, or left as somebody had changed them since.
type ImportCount struct {
	Verb                  string
	N, Passed, Back, Kept int
}

// ImportLeft is somebody, or a team, whom an import left as they were.
type ImportLeft struct{ Verb, Called string }

// ImportOutcome says what an import did, and whom it left as they were: while it is
// carried out since somebody had changed the same meanwhile, while it is taken back
// since somebody has changed it since. At most a hundred of those are named.
func ImportOutcome(rx store.Rx, i Import) (counts []ImportCount, left []ImportLeft, err error) {
	err = rx.Raw(`SELECT verb, count(*) AS n, sum(passed) AS passed, sum(undone = 'yes') AS back, sum(undone = 'left') AS kept
		FROM people_import_steps WHERE import_id = ? GROUP BY verb ORDER BY min(n)`, i.ID).Scan(&counts).Error
	if err != nil {
		return nil, nil, store.Explain(err)
	}
	err = rx.Raw(`SELECT s.verb, coalesce((SELECT n.name FROM people_positions q JOIN people_persons n ON n.id = q.person_id WHERE q.id = s.subject),
			(SELECT v.name FROM people_invitations v WHERE v.id = s.subject), (SELECT t.name_en FROM people_teams t WHERE t.id = s.subject), '') AS called
		FROM people_import_steps s WHERE s.import_id = ? AND (CASE WHEN ? THEN s.undone = 'left' ELSE s.passed = 1 END) ORDER BY s.n LIMIT 100`,
		i.ID, !i.Undo.IsZero()).Scan(&left).Error
	return counts, left, store.Explain(err)
}

// Did is how many of the steps were done.
func (c ImportCount) Did() int { return c.N - c.Passed }
