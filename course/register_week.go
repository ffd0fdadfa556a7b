package course

import (
	"context"

	"golau/certificates"
	"golau/course/due"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// RegisterTold is the job of the letter by which an officer hears how many certificates
// came to their board's register in a week; its payload is a RegisterFact.
const RegisterTold = "course.register_told"

// RegisterFact says who hears of which week: the one that began on a Monday.
type RegisterFact struct {
	Person, Board string
	Week          due.Day
}

// registerAll puts down the letters of the week to the officers of boards to which
// certificates came in the week before; where none came, nothing is said.
func registerAll(ctx context.Context, db *store.DB, rx store.Rx, today due.Day) error {
	if begun, err := weekBegun(rx, today); err != nil || begun {
		return err
	}
	week := today.Monday().Plus(0, -7)
	officers, err := people.BoardOfficers(rx)
	if err != nil {
		return err
	}
	var to []RegisterFact
	for _, o := range officers {
		n, err := cameIn(rx, o.Scope, week)
		if err != nil {
			return err
		}
		if n > 0 {
			to = append(to, RegisterFact{o.Person, o.Scope.Board(), week})
		}
	}
	return store.Each(ctx, db, store.Actor{Via: "worker"}, to, func(tx store.Tx, f RegisterFact) error {
		return outbox.Put(tx, RegisterTold, f.Person+":"+f.Board+":"+string(f.Week), f)
	})
}

// cameIn is how many certificates came to a board's register in a week.
func cameIn(rx store.Rx, scope people.BoardScope, week due.Day) (int, error) {
	return certificates.CountReceived(rx, scope, store.At(week.Begin()), store.At(week.Plus(0, 7).Begin()))
}

// RegisterWeek is what such a letter says.
type RegisterWeek struct {
	Board       people.Board
	Count       int
	First, Last due.Day // of the week
}

// RegisterWeekOf returns what an officer is told of a week. Count is 0 where nothing is
// said any more: they answer for the board no longer, or may not come in.
func (s *School) RegisterWeekOf(ctx context.Context, f RegisterFact) (w RegisterWeek, err error) {
	rx := s.db.Read(ctx)
	scope, ok, err := people.BoardOfficerOf(rx, f.Person, f.Board)
	if err != nil || !ok {
		return w, err
	}
	w.First, w.Last = f.Week, f.Week.Plus(0, 6)
	if w.Board, err = people.BoardByID(rx, f.Board); err != nil {
		return w, err
	}
	w.Count, err = cameIn(rx, scope, f.Week)
	return w, err
}
