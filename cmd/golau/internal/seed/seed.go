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
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// crowd is how many people the demonstration has beside the cast.
const crowd = 200

// Demo makes the demonstration's database where there is none, and fills one
// that holds no cast yet. It signs with the keys in keysDir, which it makes at
// first. The story ends on the day of the call; all else is the same each time.
func Demo(ctx context.Context, dbPath, keysDir string) error {
	return demo(ctx, dbPath, keysDir, time.Now())
}

func demo(ctx context.Context, dbPath, keysDir string, now time.Time) error {
	if _, err := os.Stat(dbPath); err == nil {
		return fill(ctx, dbPath, keysDir, now)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// Made beside its place and then put there, so that a demonstration which was
	// stopped half way is not taken for a whole one.
	part := dbPath + ".part"
	for _, leftover := range []string{part, part + "-wal", part + "-shm"} {
		if err := os.Remove(leftover); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := fill(ctx, part, keysDir, now); err != nil {
		return err
	}
	return os.Rename(part, dbPath)
}

// fill adds cast and crowd to a database that holds no cast.
func fill(ctx context.Context, path, keysDir string, now time.Time) error {
	contents := make(chan teaching, 1)
	go func() { contents <- load() }() // beside the migrations, which wait for the disk
	stage := NewStage(now)
	db, err := store.Open(ctx, store.Options{Path: path, Now: stage.Now, Rand: stage})
	if err != nil {
		return err
	}
	err = fillIn(ctx, db, stage, keysDir, contents)
	return errors.Join(err, db.Close())
}

func fillIn(ctx context.Context, db *store.DB, stage *Stage, keysDir string, contents <-chan teaching) error {
	if cast, err := people.Cast(db.Read(ctx)); err != nil || len(cast) > 0 {
		return err
	}
	keys, err := certificates.OpenKeys(keysDir, rand.Reader)
	if err != nil {
		return err
	}
	c := <-contents
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

// opened is how long before its end the demonstration begins; the cast joins a
// day later, the crowd from then on.
const opened = 122 * day

// demonstration returns how the cast joins, and everything that anybody does
// after that.
func (t *teller) demonstration() (cast, rest []step) {
	n := &namer{rng: t.rng, used: map[string]int{}}
	for i, m := range Cast {
		who := &learner{name: m.Name, email: m.Email(), demoKey: m.Key, lang: m.Language, role: m.Role, job: m.JobRole,
			organisation: m.Organisation, boards: []string{m.Board}}
		n.used[m.Name]++
		cast = append(cast, step{at: -opened + day + 9*time.Hour + time.Duration(i)*time.Minute, who: who, act: join})
		rest = append(rest, t.of(m.Key, who)...)
	}
	fates := make([]fate, crowd)
	for i := range fates {
		fates[i] = spread[i%len(spread)]
	}
	t.rng.Shuffle(crowd, func(i, j int) { fates[i], fates[j] = fates[j], fates[i] })
	for i, who := range t.crowd(n, agencies, crowd) {
		s := t.begin(who)
		s.live(fates[i])
		rest = append(rest, s.ending(opened-2*day)...)
	}
	return cast, rest
}

// of is what a member of the cast has done since they joined.
func (t *teller) of(key string, who *learner) []step {
	s := &story{teller: t, who: who}
	switch key {
	case "tom": // half way: the first module done, the second half read
		s.rest(0, 0)
		s.reads(0, 0, s.sections(0))
		s.passes(0)
		s.rest(3, 3)
		s.reads(1, 0, (s.sections(1)+1)/2)
		return s.endingOn(0)
	case "aisha": // finished, nine days ago
		s.live(finished)
		return s.endingOn(9)
	}
	return nil
}

// crowd makes up people, each in an agency by its size; the first of each agency
// is its training lead, and some who work under two boards are members of both.
func (t *teller) crowd(n *namer, agencies []agency, size int) []*learner {
	var seats []int
	for i, a := range agencies {
		for range a.size {
			seats = append(seats, i)
		}
	}
	hired := make([]int, len(agencies))
	people := make([]*learner, size)
	for i := range people {
		at := seats[i%len(seats)]
		people[i] = t.employee(n, agencies[at], hired[at])
		hired[at]++
	}
	return people
}

// employee makes up the k-th person of an agency, from 0.
func (t *teller) employee(n *namer, a agency, k int) *learner {
	name, welsh := n.next()
	l := &learner{name: name, email: n.email(name, a.domain), lang: i18n.EN, role: people.Learner,
		job: a.jobs[k%len(a.jobs)], organisation: a.key, boards: a.boards[k%len(a.boards) : k%len(a.boards)+1]}
	if chance := t.rng.IntN(100); welsh && chance < 50 || chance < 5 {
		l.lang = i18n.CY
	}
	if k == 0 {
		l.role = people.Lead
	}
	if k%10 == 9 {
		l.boards = a.boards
	}
	return l
}

// ending moves a story to some day on which all of it fits between the opening
// and the end, and returns its steps.
func (s *story) ending(opened time.Duration) []step {
	room := int((opened-s.t)/day) - 1
	if room < 1 {
		panic(fmt.Sprintf("seed: a story of %v does not fit", s.t)) // the longest takes two months
	}
	return s.endingOn(s.rng.IntN(room))
}
