package people

import (
	"context"
	"strconv"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// BoardForm is what an administrator says of a board.
type BoardForm struct {
	Name    i18n.Text
	Kind    string
	OwnKind i18n.Text // where Kind is KindOwn
}

// clean returns the form as it will be stored. The problem is Invalid, with the
// fields name_en, name_cy, kind, kind_en, kind_cy.
func (f BoardForm) clean(already string) (BoardForm, error) {
	ref, err := LoadReference()
	if err != nil {
		return f, err
	}
	all := faults{}
	f.Name, err = cleanText("name", f.Name)
	all.note(err)
	switch {
	case f.Kind == KindOwn:
		f.OwnKind, err = cleanText("kind", f.OwnKind)
		all.note(err)
	case isKind(ref.Kinds.Boards, f.Kind, already):
		f.OwnKind = i18n.Text{}
	default:
		all.at("kind", "people.kind.unknown")
	}
	return f, all.err()
}

// OfferedBoard is a board of the reference, and whether the installation has it.
type OfferedBoard struct {
	Body
	There bool
}

// OfferedBoards returns the boards of the reference. One that somebody has
// added by its name counts as there.
func OfferedBoards(rx store.Rx) ([]OfferedBoard, error) {
	ref, err := LoadReference()
	if err != nil {
		return nil, err
	}
	have, err := Boards(rx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, b := range have {
		known[b.Key], known[keyOf(b.Name.EN)] = true, true
	}
	offered := make([]OfferedBoard, len(ref.Safeguarding))
	for i, b := range ref.Safeguarding {
		offered[i] = OfferedBoard{b, known[b.Key] || known[keyOf(b.EN)]}
	}
	return offered, nil
}

// ChooseBoards adds boards of the reference by their keys. Those that are there
// already stay as they are, so that choosing twice changes nothing. None
// chosen, or a key that the reference does not know, is Invalid with the field
// "boards".
func (d *Directory) ChooseBoards(ctx context.Context, v Viewer, keys []string) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	if len(keys) == 0 {
		return problem.InvalidField("boards", "people.board.choose")
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		offered, err := OfferedBoards(tx.Rx)
		if err != nil {
			return err
		}
		byKey := map[string]*OfferedBoard{}
		for i := range offered {
			byKey[offered[i].Key] = &offered[i]
		}
		for _, key := range keys {
			b := byKey[key]
			if b == nil {
				return problem.InvalidField("boards", "people.board.unknown")
			}
			if b.There {
				continue
			}
			if _, err := AddBoard(tx, NewBoard{Key: b.Key, Name: b.Name()}); err != nil {
				return err
			}
			b.There = true
		}
		return nil
	})
}

// AddOwnBoard adds a board that no reference knows and returns its key. A form
// that needs putting right is Invalid; a name that another board has is
// Conflict with the field "name_en".
func (d *Directory) AddOwnBoard(ctx context.Context, v Viewer, f BoardForm) (key string, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return "", err
	}
	if f, err = f.clean(""); err != nil {
		return "", err
	}
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if err := freeBoardName(tx.Rx, "", f.Name); err != nil {
			return err
		}
		if key, err = freeKey(tx.Rx, "SELECT count(*) FROM people_boards WHERE key = ?", keyOf(f.Name.EN)); err != nil {
			return err
		}
		_, err := AddBoard(tx, NewBoard{Key: key, Name: f.Name, Kind: f.Kind, OwnKind: f.OwnKind})
		return err
	})
	return key, err
}

// ChangeBoard changes a board's name and kind. Certificates that bear the old
// name keep it. The same again changes nothing. Problems are those of
// AddOwnBoard; no such board is NotFound.
func (d *Directory) ChangeBoard(ctx context.Context, v Viewer, key string, f BoardForm) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		b, err := BoardByKey(tx.Rx, key)
		if err != nil {
			return err
		}
		if f, err = f.clean(b.Kind); err != nil {
			return err
		}
		if err := freeBoardName(tx.Rx, b.ID, f.Name); err != nil {
			return err
		}
		before := BoardForm{b.Name, b.Kind, b.OwnKind}
		if f == before {
			return nil
		}
		err = tx.Exec("UPDATE people_boards SET name_en = ?, name_cy = ?, kind = ?, kind_en = ?, kind_cy = ? WHERE id = ?",
			f.Name.EN, f.Name.CY, f.Kind, f.OwnKind.EN, f.OwnKind.CY, b.ID).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "people.board_changed", "board:"+b.ID, map[string]any{"before": before, "after": f})
	})
}

// freeBoardName returns Conflict when a board but the one with the id has the
// name.
func freeBoardName(rx store.Rx, id string, name i18n.Text) error {
	all, err := Boards(rx)
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.ID != id && (keyOf(b.Name.EN) == keyOf(name.EN) || keyOf(b.Name.CY) == keyOf(name.CY)) {
			p := problem.New(problem.Conflict, "people.board.taken")
			p.Fields = map[string]string{"name_en": "people.board.taken"}
			return p
		}
	}
	return nil
}

// freeKey returns the key, or the first of key-2, key-3 … that nobody has.
func freeKey(rx store.Rx, count, key string) (string, error) {
	for n := 1; ; n++ {
		try := key
		if n > 1 {
			end := "-" + strconv.Itoa(n)
			try = key[:min(len(key), maxKey-len(end))] + end
		}
		var taken int
		if err := rx.Raw(count, try).Scan(&taken).Error; err != nil {
			return "", store.Explain(err)
		}
		if taken == 0 {
			return try, nil
		}
	}
}
