// Package seed tells the stories of people who do not exist: the cast, whom
// tests, demonstration and pictures share, the two hundred around them, and
// crowds of any size for load and reports. Everything is done through the verbs
// that real people use, on a clock that is moved along.
//
// It does not know how a mark is come by: it answers by what the authors wrote,
// and is marked like anybody. It writes to no table itself.
package seed

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/people"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// gcPercent lets rubbish pile up while stories are told, which takes a sixth off
// the wait for the first page.
const gcPercent = 400

// Demo makes the demonstration's database where there is none, and fills one
// that holds no cast yet. It signs with the keys in keysDir, which it makes at
// first. The story ends on the day of the call; all else is the same each time.
func Demo(ctx context.Context, dbPath, keysDir string) error {
	return demo(ctx, dbPath, keysDir, time.Now())
}

func demo(ctx context.Context, dbPath, keysDir string, now time.Time) error {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	contents := sync.OnceValue(load)
	if _, err := os.Stat(dbPath); err == nil {
		return fill(ctx, dbPath, keysDir, now, contents)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// Made beside its place and then put there, so that a demonstration which was
	// stopped half way is not taken for a whole one. The log of a database that
	// somebody removed would be read into the new one.
	part := dbPath + ".part"
	if err := remove(part, part+"-wal", part+"-shm", dbPath+"-wal", dbPath+"-shm"); err != nil {
		return err
	}
	go contents() // beside the migrations, which wait for the disk
	if err := fill(ctx, part, keysDir, now, contents); err != nil {
		return err
	}
	if log, err := os.Stat(part + "-wal"); err == nil && log.Size() > 0 {
		return fmt.Errorf("%s was not closed whole", part)
	}
	return errors.Join(os.Rename(part, dbPath), remove(part+"-wal", part+"-shm"))
}

// remove removes files that may not exist.
func remove(files ...string) error {
	for _, f := range files {
		if err := os.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// fill adds cast and crowd to a database that holds no cast.
func fill(ctx context.Context, path, keysDir string, now time.Time, contents func() teaching) error {
	stage := NewStage(now)
	db, err := store.Open(ctx, store.Options{Path: path, Now: stage.Now, Rand: stage})
	if err != nil {
		return err
	}
	err = fillIn(ctx, db, stage, keysDir, contents)
	return errors.Join(err, db.Close())
}

func fillIn(ctx context.Context, db *store.DB, stage *Stage, keysDir string, contents func() teaching) error {
	if cast, err := people.Cast(db.Read(ctx)); err != nil || len(cast) > 0 {
		return err
	}
	keys, err := certificates.OpenKeys(keysDir, rand.Reader)
	if err != nil {
		return err
	}
	c := contents()
	if c.err != nil {
		return c.err
	}
	school, err := course.New(db, c.library, c.banks, keys, course.Options{Demo: true})
	if err != nil {
		return err
	}
	p := &play{name: "demo", school: school, keys: keys, oracle: c.oracle, stage: stage, end: stage.Now(),
		teller: newTeller(school, mathrand.NewChaCha8(scene(0)))}
	cast, rest := p.teller.demonstration()
	err = db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) (err error) {
		tx = p.at(tx, -opened, "")
		for _, n := range councils {
			n.CheckedOn = tx.Now.Format(time.DateOnly)
			if err := people.AddCouncil(tx, n); err != nil {
				return err
			}
		}
		if p.places, err = addBodies(tx, boards, agencies); err != nil {
			return err
		}
		for _, x := range cast {
			if err := p.step(p.at(tx, x.at, ""), x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.perform(ctx, db, rest, nil)
}

// teaching is what is taught and asked, with its answers.
type teaching struct {
	library *modules.Library
	banks   *quiz.Banks
	oracle  *Oracle
	err     error
}

// load reads all contents at once: parsing them takes longer than most of what
// the stories do.
func load() (t teaching) {
	var errs [3]error
	var reading sync.WaitGroup
	reading.Go(func() { t.library, _, errs[0] = modules.Load(modules.Content()) })
	reading.Go(func() { t.banks, _, errs[1] = quiz.Load(quiz.Content()) })
	reading.Go(func() { t.oracle, errs[2] = NewOracle(quiz.Content()) })
	reading.Wait()
	t.err = errors.Join(errs[:]...)
	return t
}
