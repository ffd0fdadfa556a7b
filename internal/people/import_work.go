package people

import (
	"context"
	"encoding/json"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// wholeBatch is how many steps are tried in one transaction at the most. Where one of
// them does not fit any more they are done one by one, and then by more and more.
const wholeBatch = 50

// WorkImports does what is left of the lists that were begun, and takes back those
// of which that was asked, until nothing is left or ctx ends. Whoever is killed in
// between leaves whole batches, and the next goes on behind them.
func (d *Directory) WorkImports(ctx context.Context) error {
	if err := d.dropImports(ctx); err != nil {
		return err
	}
	for {
		open, err := imports(d.db.Read(ctx), " WHERE begun_at IS NOT NULL AND (done_at IS NULL OR undo_at IS NOT NULL AND undone_at IS NULL) ORDER BY begun_at, id LIMIT 1")
		if err != nil || len(open) == 0 {
			return err
		}
		if i := open[0]; i.Done.IsZero() {
			err = d.carryOut(ctx, i)
		} else {
			err = d.takeBackImport(ctx, i)
		}
		if err != nil {
			return err
		}
	}
}

// dropImports takes away the lists that nobody has said a word about for a day.
func (d *Directory) dropImports(ctx context.Context) error {
	const old = "people_imports WHERE begun_at IS NULL AND created_at <= ?"
	rx := d.db.Read(ctx)
	before := store.At(rx.Now().Add(-importLife))
	var n int
	if err := rx.Raw("SELECT count(*) FROM "+old, before).Row().Scan(&n); err != nil || n == 0 {
		return store.Explain(err)
	}
	return d.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		return tx.Exec("DELETE FROM "+old, before).Error
	})
}

// carryOut does the steps of one list that are left.
func (d *Directory) carryOut(ctx context.Context, i Import) error {
	var packed []byte
	if err := d.db.Read(ctx).Raw("SELECT plan FROM people_imports WHERE id = ?", i.ID).Row().Scan(&packed); err != nil {
		return store.Explain(err)
	}
	w := &importWork{Directory: d, i: i, teams: map[string]string{}}
	if err := unpack(packed, &w.steps); err != nil {
		return err
	}
	w.seen = -1
	return w.work(ctx, w.batch, w.pass)
}

// work does batches until one says that it was the last: each begins where the one
// before it ended. One that fails is done anew by a single step; where that fails by
// itself, it is left out.
func (w *importWork) work(ctx context.Context, batch func(tx store.Tx, most int, more func() bool) (bool, error), leave func(store.Tx) (bool, error)) error {
	for most := wholeBatch; ; most = min(2*most+1, wholeBatch) {
		began, finished := w.db.Now(), false
		err := w.db.Batch(ctx, w.i.actor(), func(_ context.Context, tx store.Tx, more func() bool) (err error) {
			finished, err = batch(tx, most, more)
			return err
		})
		if _, wrong := problem.As(err); wrong && problem.KindOf(err) != problem.Unavailable {
			if most > 1 {
				most = 0
				continue
			}
			err = w.db.Write(ctx, w.i.actor(), func(_ context.Context, tx store.Tx) (err error) {
				finished, err = leave(tx)
				return err
			})
		}
		if err != nil || finished {
			return err
		}
		w.o.Rest(ctx, w.db.Now().Sub(began.Time)/2)
	}
}

// importWork is one list that is being carried out.
type importWork struct {
	*Directory
	i     Import
	steps []importStep
	teams map[string]string // that were made, by what the plan calls them
	seen  int               // how far it was when they were known; -1 = they must be read
}

// readTeams finds the teams that batches before a stop have made.
func (w *importWork) readTeams(rx store.Rx) error {
	var made []struct{ Subject, Before string }
	err := rx.Raw("SELECT subject, before FROM people_import_steps WHERE import_id = ? AND verb = 'team'", w.i.ID).Scan(&made).Error
	clear(w.teams)
	for _, m := range made {
		w.teams[m.Before] = m.Subject
	}
	return store.Explain(err)
}

// batch does some of the steps that are left, and says whether those were the last.
func (w *importWork) batch(tx store.Tx, most int, more func() bool) (finished bool, err error) {
	n, err := w.at(tx)
	if err != nil {
		return false, err
	}
	if n != w.seen { // the first; or one before was undone; or a command works on it beside the server
		if err := w.readTeams(tx.Rx); err != nil {
			return false, err
		}
	}
	w.seen = -1
	for upto := min(n+most, len(w.steps)); n < upto && more(); n++ {
		if err := w.step(tx, n); err != nil {
			return false, err
		}
	}
	w.seen = n
	return w.note(tx, n)
}

// pass leaves out one step that cannot be done any more.
func (w *importWork) pass(tx store.Tx) (finished bool, err error) {
	at, err := w.at(tx)
	if err != nil {
		return false, err
	}
	if at < len(w.steps) {
		s := w.steps[at]
		if err := w.journal(tx, at, s, s.Subject, true); err != nil {
			return false, err
		}
	}
	return w.note(tx, min(at+1, len(w.steps)))
}

// at is how many steps are done, as the database has it.
func (w *importWork) at(tx store.Tx) (n int, err error) {
	err = tx.Raw("SELECT done FROM people_imports WHERE id = ?", w.i.ID).Row().Scan(&n)
	return n, store.Explain(err)
}

// note writes down how far it is; at the end, what was to be done is forgotten.
func (w *importWork) note(tx store.Tx, done int) (finished bool, err error) {
	if done < len(w.steps) {
		return false, tx.Exec("UPDATE people_imports SET done = ? WHERE id = ?", done, w.i.ID).Error
	}
	if err := tx.Exec("UPDATE people_imports SET done = ?, done_at = ?, plan = x'' WHERE id = ?", done, tx.Now, w.i.ID).Error; err != nil {
		return false, err
	}
	var passed int
	if err := tx.Raw("SELECT count(*) FROM people_import_steps WHERE import_id = ? AND passed = 1", w.i.ID).Row().Scan(&passed); err != nil {
		return false, err
	}
	return true, audit.Record(tx, "people.import_done", "organisation:"+w.i.organisation, map[string]any{"board": w.i.board, "n": len(w.steps), "passed": passed})
}

// journal notes what a step changed. passed says that it was not done, since
// somebody had changed the same meanwhile.
func (w *importWork) journal(tx store.Tx, n int, s importStep, subject string, passed bool) error {
	if s.Verb == stepGone {
		return nil
	}
	before, err := json.Marshal(s.Before)
	if err != nil {
		return err
	}
	if s.Verb == stepTeam {
		before = []byte(s.Subject)
	}
	after, err := json.Marshal(s.After)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO people_import_steps (id, import_id, n, verb, subject, person_id, before, after, passed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.NewID(), w.i.ID, n, s.Verb, subject, orNull(s.Person), string(before), string(after), passed, tx.Now).Error
}
