package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// KeptNumbers are a council's numbers in one of their editions.
type KeptNumbers struct {
	Edition                     int
	DayNumber, OutOfHoursNumber string
	CheckedOn                   string
	SavedBy                     string // the id of the person; "" where nobody was noted
	SavedAt                     store.Time
	Dated                       bool // SavedAt is known
}

// NumbersForm is an edition of a council's numbers as an officer of its board
// writes it. Based is the edition that they had before them, Seen the Look of what
// they were shown as readers will see it, "" before that.
type NumbersForm struct {
	DayNumber, OutOfHoursNumber string
	CheckedOn                   string
	Based                       int
	Seen                        string
}

// Clean returns the form as it will be stored. The problem is Invalid, with the
// fields day_number, out_of_hours_number and checked_on.
func (f NumbersForm) Clean(today string) (NumbersForm, error) {
	c, err := CouncilForm{DayNumber: f.DayNumber, OutOfHoursNumber: f.OutOfHoursNumber, CheckedOn: f.CheckedOn}.clean(today)
	if err != nil {
		return f, err
	}
	f.DayNumber, f.OutOfHoursNumber, f.CheckedOn = c.DayNumber, c.OutOfHoursNumber, c.CheckedOn
	return f, nil
}

// Look is a print of what is shown of a cleaned form before it is published, so
// that what is published is what was looked at.
func (f NumbersForm) Look(council string) string {
	h := sha256.New()
	for _, s := range []string{council, f.DayNumber, f.OutOfHoursNumber, f.CheckedOn} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ofBoard says in a query whether a council is a board's to look after: it is in
// use, and named for the board or, where it is named for none, the area of an
// agency under it. The board's id stands in it twice.
const ofBoard = ` retired_at IS NULL AND (board_id = ? OR board_id IS NULL AND EXISTS (
	SELECT 1 FROM people_organisations o JOIN people_organisation_boards ob ON ob.organisation_id = o.id
	WHERE o.council_key = people_councils.key AND ob.board_id = ? AND ob.unlinked_at IS NULL AND o.retired_at IS NULL))`

// CouncilsUnder returns the councils that are the board's to look after, by key.
func CouncilsUnder(rx store.Rx, s BoardScope) ([]Council, error) {
	var rows []councilRow
	err := rx.Raw(selectCouncil+" WHERE"+ofBoard+" ORDER BY key", s.Board(), s.Board()).Scan(&rows).Error
	cs := make([]Council, len(rows))
	for i, r := range rows {
		cs[i] = r.council()
	}
	return cs, store.Explain(err)
}

// CouncilUnder returns a council that is the board's to look after; any other is
// NotFound, like one that there is not.
func CouncilUnder(rx store.Rx, s BoardScope, key string) (Council, error) {
	var c councilRow
	err := rx.Raw(selectCouncil+" WHERE key = ? AND"+ofBoard, key, s.Board(), s.Board()).Scan(&c).Error
	return c.council(), found(c.Key, err)
}

// NumbersHistory returns every edition of a council's numbers, the newest first.
func NumbersHistory(rx store.Rx, council string) ([]KeptNumbers, error) {
	var rows []KeptNumbers
	err := rx.Raw(`SELECT edition, day_number, out_of_hours_number, checked_on, saved_by, coalesce(saved_at, 0) AS saved_at,
		saved_at IS NOT NULL AS dated FROM people_council_numbers WHERE council_key = ? ORDER BY edition DESC`, council).Scan(&rows).Error
	return rows, store.Explain(err)
}

// keepNumbers notes an edition of a council's numbers.
func keepNumbers(tx store.Tx, council, day, night, checked string) error {
	return tx.Exec(`INSERT INTO people_council_numbers (council_key, edition, day_number, out_of_hours_number, checked_on, saved_by, saved_at)
		SELECT ?, coalesce(max(edition), 0) + 1, ?, ?, ?, ?, ? FROM people_council_numbers WHERE council_key = ?`,
		council, day, night, checked, tx.By.Person, tx.Now, council).Error
}

// ChangeNumbers lets a board's officer change the numbers of a council that is
// their board's to look after. The same again changes nothing. Without the role it
// is Forbidden, another's board or council is NotFound. It returns Invalid as Clean
// does, and Conflict where somebody saved another edition meanwhile
// (people.numbers.changed) or where this is not what was looked at
// (people.numbers.unseen).
func (d *Directory) ChangeNumbers(ctx context.Context, v Viewer, board, key string, f NumbersForm) error {
	scope, err := v.BoardScope(board)
	if err != nil {
		return err
	}
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		c, err := CouncilUnder(tx.Rx, scope, key)
		if err != nil {
			return err
		}
		if f, err = f.Clean(Today(tx.Rx)); err != nil {
			return err
		}
		if f.Seen != f.Look(key) {
			return problem.New(problem.Conflict, "people.numbers.unseen")
		}
		after := CouncilForm{f.DayNumber, f.OutOfHoursNumber, f.CheckedOn, c.Website}
		if after == c.form() {
			return nil
		}
		before, err := NumbersHistory(tx.Rx, key)
		if err != nil {
			return err
		}
		if len(before) > 0 && before[0].Edition != f.Based || len(before) == 0 && f.Based != 0 {
			return problem.New(problem.Conflict, "people.numbers.changed")
		}
		return saveNumbers(tx, c, after, map[string]any{"board": scope.Board()})
	})
	if err == nil {
		d.shelf.clear()
	}
	return err
}

// form is what is kept of a council's numbers.
func (c Council) form() CouncilForm {
	return CouncilForm{c.DayNumber, c.OutOfHoursNumber, c.CheckedOn, c.Website}
}

// saveNumbers keeps what is said of a council from now on, in its history too,
// where a number or the day on which it was checked is another.
func saveNumbers(tx store.Tx, c Council, after CouncilForm, detail map[string]any) error {
	before := c.form()
	err := tx.Exec(`UPDATE people_councils SET day_number = ?, out_of_hours_number = ?, checked_on = ?, website = ?
		WHERE key = ?`, after.DayNumber, after.OutOfHoursNumber, after.CheckedOn, after.Website, c.Key).Error
	if err != nil {
		return err
	}
	same := after
	same.Website = before.Website
	if same != before {
		if err := keepNumbers(tx, c.Key, after.DayNumber, after.OutOfHoursNumber, after.CheckedOn); err != nil {
			return err
		}
	}
	detail["before"], detail["after"] = before, after
	return audit.Record(tx, "people.council_changed", "council:"+c.Key, detail)
}
