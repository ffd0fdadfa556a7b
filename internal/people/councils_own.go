package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// CouncilBody is what an administrator says of a council beside its numbers.
type CouncilBody struct {
	Name  i18n.Text
	Area  i18n.Text // where the name does not say it; in both languages or in neither
	Board string    // key of the board under which its area stands; may be ""
}

// clean returns the body as it will be stored, and the id of its board. The
// problem is Invalid, with the fields name_en, name_cy, area_en, area_cy, board.
func (b CouncilBody) clean(rx store.Rx) (CouncilBody, string, error) {
	all := faults{}
	var err error
	b.Name, err = cleanText("name", b.Name)
	all.note(err)
	area, err := cleanText("area", b.Area)
	if area != (i18n.Text{}) {
		all.note(err)
	}
	b.Area = area
	var board string
	if b.Board != "" {
		found, err := BoardByKey(rx, b.Board)
		if problem.KindOf(err) == problem.NotFound && err != nil {
			all.at("board", "people.board.unknown")
		} else if err != nil {
			return b, "", err
		}
		board = found.ID
	}
	return b, board, all.err()
}

// AddOwnCouncil adds a council that no reference knows and returns its key. A form
// that needs putting right is Invalid, with the fields of both; a name that another
// council has, a retired one too, is Conflict with the field "name_en".
func (d *Directory) AddOwnCouncil(ctx context.Context, v Viewer, b CouncilBody, f CouncilForm) (key string, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return "", err
	}
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		all := faults{}
		b, board, err := b.clean(tx.Rx)
		if e, ok := problem.As(err); err != nil && (!ok || e.Kind != problem.Invalid) {
			return err
		}
		all.note(err)
		f, err := f.clean(Today(tx.Rx))
		all.note(err)
		if err := all.err(); err != nil {
			return err
		}
		if err := freeCouncilName(tx.Rx, "", b.Name); err != nil {
			return err
		}
		if key, err = freeKey(tx.Rx, "SELECT count(*) FROM people_councils WHERE key = ?", keyOf(b.Name.EN)); err != nil {
			return err
		}
		return AddCouncil(tx, NewCouncil{Key: key, Name: b.Name, Area: b.Area, BoardID: board, DayNumber: f.DayNumber,
			OutOfHoursNumber: f.OutOfHoursNumber, CheckedOn: f.CheckedOn, Website: f.Website})
	})
	if err == nil {
		d.shelf.clear()
	}
	return key, err
}

// RenameCouncil corrects a council's name, area and board. The same again changes
// nothing. Problems are those of AddOwnCouncil; no such council is NotFound.
func (d *Directory) RenameCouncil(ctx context.Context, v Viewer, key string, b CouncilBody) error {
	return d.changeCouncil(ctx, v, key, func(tx store.Tx, c Council) error {
		b, board, err := b.clean(tx.Rx)
		if err != nil {
			return err
		}
		if err := freeCouncilName(tx.Rx, key, b.Name); err != nil {
			return err
		}
		if b.Name == c.Name && b.Area == c.Area && board == c.BoardID {
			return nil
		}
		err = tx.Exec("UPDATE people_councils SET name_en = ?, name_cy = ?, area_en = ?, area_cy = ?, board_id = ? WHERE key = ?",
			b.Name.EN, b.Name.CY, b.Area.EN, b.Area.CY, orNull(board), key).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "people.council_renamed", "council:"+key, map[string]any{
			"before": map[string]any{"name": c.Name, "area": c.Area, "board": c.BoardID},
			"after":  map[string]any{"name": b.Name, "area": b.Area, "board": board}})
	})
}

// changeCouncil lets an administrator change one council, and the next page read
// it anew.
func (d *Directory) changeCouncil(ctx context.Context, v Viewer, key string, change func(store.Tx, Council) error) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	err := d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		c, err := CouncilByKey(tx.Rx, key)
		if err != nil {
			return err
		}
		return change(tx, c)
	})
	if err == nil {
		d.shelf.clear()
	}
	return err
}

// freeCouncilName returns Conflict when a council but the one with the key has the
// name in either language: whoever chooses one could not tell them apart.
func freeCouncilName(rx store.Rx, key string, name i18n.Text) error {
	all, err := Councils(rx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Key != key && (keyOf(c.Name.EN) == keyOf(name.EN) || keyOf(c.Name.CY) == keyOf(name.CY)) {
			p := problem.New(problem.Conflict, "people.council.taken")
			p.Fields = map[string]string{"name_en": "people.council.taken"}
			return p
		}
	}
	return nil
}

// inUse returns Invalid with the field "council" where no agency can be given the
// council: it is not there, or retired.
func inUse(rx store.Rx, key string) error {
	c, err := CouncilByKey(rx, key)
	if problem.KindOf(err) == problem.NotFound && err != nil || err == nil && c.Retired {
		return problem.InvalidField("council", "people.council.unknown")
	}
	return err
}

// orNull is nil for "", as a column that refers to another table has it.
func orNull(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
