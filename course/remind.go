package course

import (
	"context"
	"sync"
	"time"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// reminds is what the daily step knows of itself.
type reminds struct {
	sync.Mutex
	day   due.Day   // the newest for which everything was put down
	since time.Time // when this program began
}

// Remind puts down the letters of the day: to those of whom something is asked, to
// whoever manages those who are long overdue, to leads, and to officers of boards. It
// does so once a day, in the morning and on no quiet day; killed in the middle, it goes on with those
// who are left. What was planned for a quiet day goes with the next working day.
func (s *School) Remind(ctx context.Context) error {
	rx := s.db.Read(ctx)
	now := rx.Now().Time
	today := due.DayOf(now)
	if !due.MayRemind(now) {
		return nil
	}
	s.reminds.Lock() // beside each other, two would do the same work
	defer s.reminds.Unlock()
	if s.reminds.day == today {
		return nil
	}
	var done bool
	if err := rx.Raw("SELECT EXISTS (SELECT 1 FROM course_reminded WHERE day = ?)", today).Scan(&done).Error; err != nil {
		return store.Explain(err)
	}
	if !done {
		if err := s.remindAll(ctx, rx, today); err != nil {
			return err
		}
	}
	s.reminds.day = today
	return nil
}

// remindAll puts down everything of a day, and that it did.
func (s *School) remindAll(ctx context.Context, rx store.Rx, today due.Day) error {
	terms, err := termsBy(rx, today, "")
	if err != nil {
		return err
	}
	by := store.Actor{Via: "worker"}
	err = store.Each(ctx, s.db, by, positionsOf(terms), func(tx store.Tx, id string) error { return s.remindOne(tx, id, today) })
	if err != nil {
		return err
	}
	if err := s.digestAll(ctx, rx, today); err != nil {
		return err
	}
	if err := registerAll(ctx, s.db, rx, today); err != nil {
		return err
	}
	return s.db.Write(ctx, by, func(_ context.Context, tx store.Tx) error {
		return tx.Exec("INSERT INTO course_reminded (day, put_at) VALUES (?, ?) ON CONFLICT DO NOTHING", today, tx.Now).Error
	})
}

// reminding is one of those of whom something is asked, as reminders look at them.
type reminding struct {
	ID, Person, Organisation, Board string
	Manager                         string // position; "" = none who is there and may come in
	items                           []remindable
}

// remindable is what is asked of them and not done, with the reminders that are
// called for and were not put down.
type remindable struct {
	Asked
	kinds []due.Reminder
}

// selectReminding reads one person. A roster on the right of a LEFT JOIN would be
// laid out whole, for each of them.
const selectReminding = `SELECT r.id, r.person_id AS person, r.organisation_id AS organisation, r.board_id AS board,
	coalesce((SELECT m.id FROM roster m WHERE m.id = r.manager_id AND m.left_at IS NULL AND NOT m.suspended), '') AS manager
	FROM roster r WHERE r.id = ? AND r.left_at IS NULL`

// remindingOf reads what calls for a reminder of the holder of a position on a day;
// nobody and nothing where they left, or where all of it is done.
func (s *School) remindingOf(rx store.Rx, position string, day due.Day) (p reminding, err error) {
	err = rx.Raw(selectReminding, position).Scan(&p).Error
	if err != nil || p.ID == "" {
		return p, store.Explain(err)
	}
	asked, err := s.undoneOn(rx, p.ID, p.Person, day)
	if err != nil || len(asked) == 0 {
		return p, err
	}
	free, err := freedOf(rx, day, p.ID)
	if err != nil {
		return p, err
	}
	switched, err := switchesAt(rx, p.Organisation, p.Board)
	if err != nil {
		return p, err
	}
	for _, a := range asked {
		a.freed = free.from(p.ID, a.Rule.Course, a.Rule.ID)
		put, err := putBefore(rx, a.Assignment.ID)
		if err != nil {
			return p, err
		}
		if kinds := calledFor(a.term(), day, put, switched); len(kinds) > 0 {
			p.items = append(p.items, remindable{a, kinds})
		}
	}
	return p, nil
}

// undone is what is asked of the holder of a position now and was not done in this
// cycle, the nearest day first; nothing of what they are let off, nor while they are
// suspended.
func (s *School) undone(rx store.Rx, position, person string) (all []Asked, err error) {
	return s.undoneOn(rx, position, person, due.DayOf(rx.Now().Time))
}

// undoneOn is undone with the statuses of a day that may be one to come.
func (s *School) undoneOn(rx store.Rx, position, person string, day due.Day) (all []Asked, err error) {
	var suspended bool // who may not come in is not called
	if err := rx.Raw("SELECT suspended FROM roster WHERE id = ?", position).Scan(&suspended).Error; err != nil || suspended {
		return nil, store.Explain(err)
	}
	for _, c := range s.courses {
		l, err := learntAt(rx, position, person, c.Slug, store.Time{})
		if err != nil {
			return nil, err
		}
		asked, _, err := s.askedOn(rx, position, c.Slug, l, day)
		if err != nil {
			return nil, err
		}
		for _, a := range asked {
			if a.Done == a.DoneBefore && a.Status != due.Exempt {
				all = append(all, a)
			}
		}
	}
	return all, nil
}

// term is what reminders of it are worked out from. Grace is for what was never
// done, as the status has it.
func (a Asked) term() due.Term {
	t := due.Term{Due: a.Assignment.Due, Asked: a.Assignment.Asked, From: a.freed}
	if a.DoneBefore == "" {
		t.GraceDays = a.Rule.GraceDays
	} else {
		t.Opens = a.CountsFrom
	}
	return t
}

// remindOne puts down what a day calls for of one person.
func (s *School) remindOne(tx store.Tx, position string, today due.Day) error {
	p, err := s.remindingOf(tx.Rx, position, today)
	if err != nil {
		return err
	}
	own, above := today.Plus(0, 1), today.Plus(0, 1) // the earliest day planned, of what there is
	for _, i := range p.items {
		for _, k := range i.kinds {
			planned, _ := i.term().Of(k)
			to := ""
			if k == due.After14 {
				to, above = p.Manager, min(above, planned)
			} else {
				own = min(own, planned)
			}
			err := tx.Exec("INSERT INTO course_reminders (assignment_id, kind, day, planned_on, to_id) VALUES (?, ?, ?, ?, ?)",
				i.Assignment.ID, k, today, planned, to).Error
			if err != nil {
				return err
			}
		}
	}
	if own <= today {
		if err := putLetter(tx, ToLearner, p.ID, today, own); err != nil {
			return err
		}
	}
	if above > today {
		return nil
	}
	told := []string{p.Manager}
	if p.Manager == "" {
		if told, err = people.LeadsAt(tx.Rx, p.Organisation, p.Board); err != nil {
			return err
		}
	}
	for _, to := range told {
		if err := putLetter(tx, ToManager, to, today, above); err != nil {
			return err
		}
	}
	return nil
}
