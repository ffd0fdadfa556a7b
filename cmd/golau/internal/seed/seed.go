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
	"sync"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// Teaching is what is taught and asked. Reading it takes as long as a good part
// of the stories, so that it is done only where it is needed, and may have begun
// before.
type Teaching struct {
	Banks fs.FS // the files, which tell what is right
	Read  func() (*modules.Library, *quiz.Banks, error)
}

// alone is what one Write of the demonstration may cost: it is told before anybody
// is served, so that nobody waits but for the whole of it, and each commit waits
// for the disk.
const alone = 20 * maxCost

// Demo makes the demonstration's database where there is none, and fills one
// that holds no cast yet. It signs with the keys in keysDir, which it makes at
// first. The story ends on the day of the call; all else is the same each time.
func Demo(ctx context.Context, dbPath, keysDir string, taught Teaching) error {
	return demo(ctx, dbPath, keysDir, time.Now(), taught)
}

func demo(ctx context.Context, dbPath, keysDir string, now time.Time, taught Teaching) error {
	if _, err := os.Stat(dbPath); err == nil {
		return fill(ctx, dbPath, keysDir, now, taught)
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
	if err := fill(ctx, part, keysDir, now, taught); err != nil {
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
func fill(ctx context.Context, path, keysDir string, now time.Time, taught Teaching) error {
	stage := NewStage(now)
	db, err := store.Open(ctx, store.Options{Path: path, Now: stage.Now, Rand: stage})
	if err != nil {
		return err
	}
	err = fillIn(ctx, db, stage, keysDir, taught)
	return errors.Join(err, db.Close())
}

func fillIn(ctx context.Context, db *store.DB, stage *Stage, keysDir string, taught Teaching) error {
	if cast, err := people.Cast(db.Read(ctx)); err != nil || len(cast) > 0 {
		return err
	}
	keys, err := certificates.OpenKeys(keysDir, rand.Reader)
	if err != nil {
		return err
	}
	oracle := sync.OnceValues(func() (*Oracle, error) { return NewOracle(taught.Banks) })
	go oracle()
	library, banks, err := taught.Read()
	if err != nil {
		return err
	}
	school, err := course.New(db, library, banks, keys, course.Options{Demo: true})
	if err != nil {
		return err
	}
	known, err := oracle()
	if err != nil {
		return err
	}
	p := &play{name: "demo", most: alone, school: school, keys: keys, oracle: known, stage: stage, end: stage.Now(),
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
	before, after := split(rest, -asked)
	if err := p.perform(ctx, db, before, nil); err != nil {
		return err
	}
	if err := p.inTeams(ctx, db); err != nil {
		return err
	}
	if err := p.perform(ctx, db, after, nil); err != nil {
		return err
	}
	// Last night nothing was old enough to be taken away. Without that night the
	// clock would seem to have run on for months, and the log would say so.
	return db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		tx = p.at(tx, -time.Minute, "")
		night, err := site.BeginRun(tx)
		if err == nil {
			_, err = site.FinishRun(tx, night.ID)
		}
		return err
	})
}
