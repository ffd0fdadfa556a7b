package course

import (
	"context"
	"errors"
	"math"
	"slices"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// settled is somebody at their work, as rules look at them.
type settled struct {
	ID, Person, Organisation, Board string
	Team                            string
	Job                             people.JobRole
	Group                           people.Group
	Since                           due.Day
	LeftAt                          store.Time
	off                             letOff
	named                           []string // rules that ask by name, and name them
	held                            []Assignment
	learnt                          map[string]learnt // by course
	kept                            []keptStanding    // as it stands now
}

// rulesAt are the rules of an agency under a board that ask something still, and the
// teams above a team, as far as they were asked for.
type rulesAt struct {
	rules []*Rule
	above map[string][]string
}

// settling works out what follows for one person after another within a
// transaction, and reads what is common to several once.
type settling struct {
	s     *School
	tx    store.Tx
	today due.Day
	at    map[[2]string]*rulesAt
}

func (s *School) settling(tx store.Tx) *settling {
	return &settling{s: s, tx: tx, today: due.DayOf(tx.Now.Time), at: map[[2]string]*rulesAt{}}
}

// settlePerson works out anew where a person stands, wherever they work, and whoever
// they stand behind.
func (s *School) settlePerson(tx store.Tx, person string) error {
	var ids []string
	if err := tx.Raw(`SELECT id FROM roster WHERE person_id = ?1
		UNION ALL SELECT duplicate_of FROM roster WHERE person_id = ?1 AND duplicate_of IS NOT NULL`, person).Scan(&ids).Error; err != nil {
		return store.Explain(err)
	}
	return s.settling(tx).all(ids)
}

// SettleIn works out anew where the holders of positions stand, within a
// transaction that somebody has opened already.
func (s *School) SettleIn(tx store.Tx, positions []string) error {
	return s.settling(tx).all(positions)
}

// readAtOnce is of how many people is read at once what must be known of them.
const readAtOnce = 100

func (w *settling) all(positions []string) error {
	positions = slices.Compact(slices.Sorted(slices.Values(positions)))
	for some := range slices.Chunk(positions, readAtOnce) {
		them, err := w.read(some)
		if err != nil {
			return err
		}
		for _, id := range some {
			if err := w.one(id, them[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// one works out what is asked of the holder of a position, and where they stand.
func (w *settling) one(position string, p *settled) error {
	if p == nil { // erased
		return w.forget(position)
	}
	at, err := w.rulesOf(*p)
	if err != nil {
		return err
	}
	for _, c := range w.s.courses {
		l := p.learnt[c.Slug]
		duties, err := w.duties(*p, at, c.Slug, p.held, l)
		if err != nil {
			return err
		}
		if len(duties) == 0 {
			duties = []due.Duty{l.unasked(p.off, c.Slug)}
		}
		if err := keepStanding(w.tx, *p, c.Slug, l, standingOf(duties, w.today)); err != nil {
			return err
		}
	}
	return nil
}

// forget takes away what was kept of somebody who is not there any more.
func (w *settling) forget(position string) error {
	held, err := assignments(w.tx.Rx, "WHERE a.position_id = ? AND a.ended_at IS NULL", position)
	if err != nil {
		return err
	}
	for _, a := range held {
		if err := endAssignment(w.tx, a.ID, endedLeft); err != nil {
			return err
		}
	}
	return w.tx.Exec("DELETE FROM course_standings WHERE position_id = ?", position).Error
}

// rulesOf reads the rules of somebody's agency, and the teams above theirs.
func (w *settling) rulesOf(p settled) (*rulesAt, error) {
	key := [2]string{p.Organisation, p.Board}
	at := w.at[key]
	if at == nil {
		rules, err := rulesAsking(w.tx.Rx, p.Organisation, p.Board)
		if err != nil {
			return nil, err
		}
		at = &rulesAt{rules: rules, above: map[string][]string{"": nil}}
		w.at[key] = at
	}
	if _, read := at.above[p.Team]; !read {
		up, err := people.TeamsAbove(w.tx.Rx, p.Team)
		if err != nil {
			return nil, err
		}
		at.above[p.Team] = up
	}
	return at, nil
}

// asks says whether a rule asks something of somebody.
func (r *Rule) asks(p settled, above []string) bool {
	switch {
	case !p.LeftAt.IsZero():
		return false
	case r.byName:
		return slices.Contains(p.named, r.ID)
	}
	return (r.Team == "" || slices.Contains(above, r.Team)) && (r.Job == "" || r.Job == p.Job) && (r.Group == "" || r.Group == p.Group) &&
		(r.SinceFrom == "" || p.Since != "" && p.Since >= r.SinceFrom)
}

// duties brings what is asked of somebody of a course up to date, and returns it.
// A rule that is paused asks nothing, and takes nothing back.
func (w *settling) duties(p settled, at *rulesAt, course string, held []Assignment, l learnt) (duties []due.Duty, err error) {
	for _, r := range at.rules {
		if r.Course != course {
			continue
		}
		i := slices.IndexFunc(held, func(a Assignment) bool { return a.Rule == r.ID })
		asked := r.State != Ended && r.asks(p, at.above[p.Team])
		var a Assignment
		switch {
		case !asked && i < 0:
			continue
		case !asked:
			if err := endAssignment(w.tx, held[i].ID, w.endedBy(r, p, at)); err != nil {
				return nil, err
			}
			continue
		case i >= 0:
			if a, err = w.stillDone(r, p, held[i], l); err != nil {
				return nil, err
			}
		case r.State == Paused:
			continue
		default:
			if a, err = w.begin(r, p, l); err != nil {
				return nil, err
			}
		}
		if a, err = w.roll(r, a, l); err != nil {
			return nil, err
		}
		if r.State == Active {
			duties = append(duties, a.duty(r, l, p.off))
		}
	}
	return duties, nil
}

// endedBy says why a rule asks nothing of somebody any more.
func (w *settling) endedBy(r *Rule, p settled, at *rulesAt) string {
	switch {
	case !p.LeftAt.IsZero():
		return endedLeft
	case slices.ContainsFunc(at.rules, func(o *Rule) bool { return o.Replaces == r.ID }):
		return endedReplaced
	case r.State == Ended:
		return endedRule
	}
	return endedMoved
}

// mostCycles bounds how many cycles one look may close.
const mostCycles = 200

// roll closes the cycles that were done, each with the next behind it, and
// returns the one that is asked for now.
func (w *settling) roll(r *Rule, a Assignment, l learnt) (Assignment, error) {
	for range mostCycles {
		done := l.finished(r, a.CountsFrom)
		if done == "" {
			return a, nil
		}
		next, ok := a.next(r, done, l)
		if !ok {
			return a, nil
		}
		if err := endAssignment(w.tx, a.ID, endedDone); err != nil {
			return a, err
		}
		next.ID = w.tx.NewID()
		if err := insertAssignment(w.tx, next); err != nil {
			return a, err
		}
		a = next
	}
	return a, nil
}

// settlePiece is how many people are looked at one after the other however many
// wait to write: what is common to them is read once.
const settlePiece = 25

// Settle works out anew where those stand who have moved, whose status turns
// today, or whom a rule reaches or leaves; some at a time, so that answers given
// meanwhile hardly wait. Whatever it leaves when ctx ends is done the next time.
func (s *School) Settle(ctx context.Context) error {
	s.settles.Lock() // beside each other, two would do the same work
	defer s.settles.Unlock()
	return errors.Join(s.settleMoved(ctx, math.MaxInt), s.spreadRules(ctx, math.MaxInt))
}

// soon is how many people are settled while somebody waits for a page.
const soon = 500

// SettleSoon is Settle for whoever waits for the page that follows: it leaves what
// takes long to the background.
func (s *School) SettleSoon(ctx context.Context) error {
	if !s.settles.TryLock() {
		return nil // it is being done
	}
	defer s.settles.Unlock()
	return errors.Join(s.settleMoved(ctx, soon), s.spreadRules(ctx, soon))
}

// settleMoved looks at those who have moved or whose status turns, or at the first
// of them where they are many.
func (s *School) settleMoved(ctx context.Context, most int) error {
	rx := s.db.Read(ctx)
	moved, err := people.AnyMoved(rx)
	if err != nil {
		return err
	}
	if !moved { // most of the time there is nothing to do, and nothing is written
		if turned, err := turnedBy(rx, due.DayOf(rx.Now().Time), 1); err != nil || len(turned) == 0 {
			return err
		}
	}
	for n := settlePiece; n == settlePiece && most > 0; {
		err := s.db.Batch(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx, more func() bool) (err error) {
			for w := s.settling(tx); n == settlePiece && more(); most -= n {
				if n, err = w.next(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// next settles some of those who have moved or whose status turns, and says how many
// there were.
func (w *settling) next() (n int, err error) {
	ids, err := people.Moved(w.tx, settlePiece)
	if err != nil {
		return 0, err
	}
	if len(ids) < settlePiece {
		turned, err := turnedBy(w.tx.Rx, w.today, settlePiece-len(ids))
		if err != nil {
			return 0, err
		}
		ids = append(ids, turned...)
	}
	return len(ids), w.all(ids)
}

// settleEach settles the holders of positions, in batches.
func (s *School) settleEach(ctx context.Context, positions []string) error {
	for len(positions) > 0 {
		done := 0
		err := s.db.Batch(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx, more func() bool) error {
			for w := s.settling(tx); done < len(positions) && more(); {
				some := positions[done:min(done+settlePiece, len(positions))]
				if err := w.all(some); err != nil {
					return err
				}
				done += len(some)
			}
			return nil
		})
		if err != nil {
			return err
		}
		positions = positions[done:]
	}
	return nil
}

// turnedBy returns some whose kept status holds no longer on a day.
func turnedBy(rx store.Rx, today due.Day, most int) (ids []string, err error) {
	err = rx.Raw("SELECT position_id FROM course_standings WHERE turns_on <> '' AND turns_on <= ? LIMIT ?", today, most).Scan(&ids).Error
	return ids, store.Explain(err)
}
