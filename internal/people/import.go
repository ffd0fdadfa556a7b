package people

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sheet"
	"golau/internal/store"
)

// Import is a list of people that somebody brought in.
type Import struct {
	ID       string
	By, Via  string
	Language i18n.Lang
	Created  store.Time
	Begun    store.Time // zero while it is only looked at
	Done     store.Time
	Undo     store.Time // when somebody asked to take it back
	Undone   store.Time
	Steps    int
	DoneN    int // of the steps

	Uninvited int // who are new and whom nobody wanted to invite
	Stayed    int // who do not stand in it, and work there still

	organisation, board string
}

const (
	importLife = 24 * time.Hour     // how long a list waits for a word
	undoLife   = 7 * 24 * time.Hour // how long it can be taken back
)

// Running says whether steps of it are still to be done, or to be taken back.
func (i Import) Running() bool {
	return !i.Begun.IsZero() && i.Done.IsZero() || !i.Undo.IsZero() && i.Undone.IsZero()
}

// UndoUntil is until when it can be taken back; zero where it cannot.
func (i Import) UndoUntil() store.Time {
	if i.Done.IsZero() || !i.Undo.IsZero() {
		return store.Time{}
	}
	return store.At(i.Done.Add(undoLife))
}

// Undoable says whether it can be taken back at the moment.
func (i Import) Undoable(now store.Time) bool {
	return !i.UndoUntil().IsZero() && now.Before(i.UndoUntil().Time)
}

func (i Import) scope() OrganisationScope { return OrganisationScope{i.organisation, i.board, Whole} }

// actor is as whom its steps are done.
func (i Import) actor() store.Actor {
	if i.Via != "web" {
		return store.Actor{Via: i.Via}
	}
	return store.Actor{Person: i.By, Via: i.Via}
}

const selectImport = `SELECT id, by_id AS by, door, language, created_at AS created, begun_at AS begun, done_at AS done, undo_at AS undo, undone_at AS undone,
	steps, done AS done_n, uninvited, stayed, organisation_id AS organisation, board_id AS board FROM people_imports`

// imports reads lists of people by hand, since two of the fields are nobody else's.
func imports(rx store.Rx, where string, args ...any) (all []Import, err error) {
	rows, err := rx.Query(selectImport+where, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var i Import
		err := rows.Scan(&i.ID, &i.By, &i.Via, &i.Language, &i.Created, &i.Begun, &i.Done, &i.Undo, &i.Undone, &i.Steps, &i.DoneN, &i.Uninvited, &i.Stayed, &i.organisation, &i.board)
		if err != nil {
			return nil, store.Explain(err)
		}
		all = append(all, i)
	}
	return all, store.Explain(rows.Err())
}

// LedImport returns a list that was brought into an agency of which the viewer leads
// everybody, with that agency: one that is only looked at to whoever brought it, for a day.
// Anybody else's is problem.NotFound, without the role problem.Forbidden.
func (v Viewer) LedImport(rx store.Rx, id string) (Import, Place, OrganisationScope, error) {
	if err := v.Require(SeeAgency); err != nil {
		return Import{}, Place{}, OrganisationScope{}, err
	}
	found, err := imports(rx, " WHERE id = ? AND (begun_at IS NOT NULL OR by_id = ? AND door = 'web' AND created_at > ?)", id, v.Person, store.At(rx.Now().Add(-importLife)))
	if err != nil {
		return Import{}, Place{}, OrganisationScope{}, err
	}
	for _, i := range found {
		for _, p := range v.LedWhole() {
			if p.Organisation.ID == i.organisation && p.Board.ID == i.board {
				return i, p, i.scope(), nil
			}
		}
	}
	return Import{}, Place{}, OrganisationScope{}, notFound()
}

// ImportsOf returns the lists that were carried out in an agency, the newest first.
func ImportsOf(rx store.Rx, s OrganisationScope) ([]Import, error) {
	return imports(rx, " WHERE organisation_id = ? AND board_id = ? AND begun_at IS NOT NULL ORDER BY begun_at DESC, id LIMIT 20", s.Organisation(), s.Board())
}

// fileFaults are the words for what is wrong with a file as a whole.
var fileFaults = map[sheet.What]string{
	sheet.Empty: "people.import.file.empty", sheet.TooBig: "people.import.file.too_big", sheet.TooMany: "people.import.file.too_many",
	sheet.TooWide: "people.import.file.too_wide", sheet.TooLong: "people.import.file.too_long", sheet.Unpacks: "people.import.file.unpacks",
	sheet.Binary: "people.import.file.binary", sheet.Locked: "people.import.file.locked", sheet.NoWorkbook: "people.import.file.no_workbook",
	sheet.Macros: "people.import.file.macros", sheet.Entities: "people.import.file.entities", sheet.Broken: "people.import.file.broken",
	sheet.Quotes: "people.import.file.quotes", sheet.Markup: "people.import.file.markup",
}

// ReadImport reads the bytes of a list, one list at a time, so that many at once do
// not fill the memory. What is no list is problem.Invalid with the field file.
func (d *Directory) ReadImport(ctx context.Context, data []byte) (sheet.Table, error) {
	select {
	case d.reading <- struct{}{}:
		defer func() { <-d.reading }()
	case <-ctx.Done():
		return sheet.Table{}, ctx.Err()
	}
	if len(data) == 0 {
		return sheet.Table{}, problem.InvalidField("file", "people.import.file.none")
	}
	t, err := sheet.Read(data)
	var f *sheet.Fault
	if errors.As(err, &f) {
		return t, problem.InvalidField("file", fileFaults[f.What], "Row", f.Row, "MaxMiB", sheet.MaxMiB, "MaxRows", sheet.MaxRows, "MaxColumns", sheet.MaxColumns).Because(err)
	}
	return t, err
}

// KeepImport keeps a list that was read until somebody has said what becomes of it,
// for a day at most, and returns its id. The lists that the same person left lying
// there by the same door go: the machine works in a lead's name.
func (d *Directory) KeepImport(ctx context.Context, by store.Actor, person string, s OrganisationScope, l i18n.Lang, t sheet.Table) (id string, err error) {
	content, err := pack(t)
	if err != nil {
		return "", err
	}
	err = d.db.Write(ctx, by, func(_ context.Context, tx store.Tx) error {
		err := tx.Exec("DELETE FROM people_imports WHERE begun_at IS NULL AND (created_at <= ? OR by_id = ? AND door = ? AND organisation_id = ? AND board_id = ?)",
			store.At(tx.Now.Add(-importLife)), person, by.Via, s.Organisation(), s.Board()).Error
		if err != nil {
			return err
		}
		id = tx.NewID()
		return tx.Exec(`INSERT INTO people_imports (id, organisation_id, board_id, by_id, door, language, content, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, s.Organisation(), s.Board(), person, by.Via, l, content, tx.Now).Error
	})
	return id, err
}

// ImportWaiting is the id of the list that the viewer brought in for an agency and said
// nothing of yet; "" where there is none.
func ImportWaiting(rx store.Rx, v Viewer, s OrganisationScope) (id string, err error) {
	err = rx.Raw(`SELECT coalesce(max(id), '') FROM people_imports WHERE begun_at IS NULL AND created_at > ? AND by_id = ? AND door = 'web'
		AND organisation_id = ? AND board_id = ?`, store.At(rx.Now().Add(-importLife)), v.Person, s.Organisation(), s.Board()).Row().Scan(&id)
	return id, store.Explain(err)
}

// ImportPlan says what carrying out a list that is kept would do now, with the list
// itself. One that was carried out is problem.NotFound.
func (d *Directory) ImportPlan(rx store.Rx, i Import, words *i18n.Catalogue, l i18n.Lang) (p ImportPlan, t sheet.Table, err error) {
	var content []byte
	if err := rx.Raw("SELECT content FROM people_imports WHERE id = ? AND begun_at IS NULL", i.ID).Row().Scan(&content); err != nil {
		return p, t, notFound().Because(err)
	}
	d.reading <- struct{}{} // one at a time, as when it was read
	defer func() { <-d.reading }()
	if err := unpack(content, &t); err != nil {
		return p, t, err
	}
	p, err = PlanImport(rx, i.scope(), words, l, t)
	return p, t, err
}

func pack(v any) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	err = errors.Join(json.NewEncoder(z).Encode(v), z.Close())
	return b.Bytes(), err
}

func unpack(packed []byte, v any) error {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}
