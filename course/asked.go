package course

import (
	"cmp"
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// Asked is what an agency asks of somebody, and where they stand with it.
type Asked struct {
	Rule Rule
	Assignment
	Status due.Status
	Done   due.Day // "" while it was never done
	// Until is the last day on which that counts, and by which it is to be done
	// again; "" = without end.
	Until due.Day
	// Opens is the day from which it can be done again; "" where it need not be.
	Opens        due.Day
	Organisation string // id of the agency
	// ExemptUntil is the last day on which they are let off; "" = they are not.
	ExemptUntil due.Day
	freed       due.Day // as due.Term.From; filled in where reminders are worked out
}

// askedOf returns what is asked of the holder of a position, and their status: of
// all of it, or of the course itself where nothing is asked.
func (s *School) askedOf(rx store.Rx, position, course string, l learnt) (all []Asked, status due.Status, err error) {
	return s.askedOn(rx, position, course, l, due.DayOf(rx.Now().Time))
}

// askedOn is askedOf with the status on a day that may be one to come.
func (s *School) askedOn(rx store.Rx, position, course string, l learnt, today due.Day) (all []Asked, status due.Status, err error) {
	held, err := assignments(rx, "WHERE a.position_id = ? AND a.ended_at IS NULL ORDER BY a.due_on, a.id", position)
	if err != nil {
		return nil, "", err
	}
	off, err := letOffAt(rx, position)
	if err != nil {
		return nil, "", err
	}
	var duties []due.Duty
	for _, a := range held {
		rules, err := readRules(rx, selectRules+" WHERE r.id = ?", a.Rule)
		if err != nil {
			return nil, "", err
		}
		r := rules[0]
		if r.Course != course || r.State != Active {
			continue
		}
		d := a.duty(r, l, off)
		duties = append(duties, d)
		n := Asked{Rule: *r, Assignment: a, Status: d.On(today), Done: d.Done, Until: d.ValidUntil}
		if d.ExemptUntil >= today {
			n.ExemptUntil = d.ExemptUntil
		}
		if d.ValidUntil != "" {
			n.Opens = r.Opens(d.ValidUntil)
		}
		all = append(all, n)
	}
	if len(duties) == 0 {
		duties = []due.Duty{l.unasked(off, course)}
	}
	return all, worst(duties, today), nil
}

// Duties are what their agencies ask of somebody in a course.
type Duties struct {
	Today due.Day
	Asked []Asked // the nearest day first
	Again bool    // they may begin the course anew
	Alone bool    // they may sit its final assessment anew, without the lessons
}

// DutiesOf returns what their agencies ask of the viewer in a course.
func (s *School) DutiesOf(ctx context.Context, v people.Viewer, course string) (d Duties, err error) {
	rx := s.db.Read(ctx)
	var l learnt
	d.Today = due.DayOf(rx.Now().Time)
	if d.Asked, l, err = s.askedOfPerson(rx, v.Person, course); err != nil {
		return d, err
	}
	of, err := s.aloneOfPerson(rx, v.Person, course, d.Asked)
	d.Alone, d.Again = of.name != "" && !of.spent(), mayTakeAgain(l, d.Asked, d.Today) || of.spent()
	return d, err
}

// askedOfPerson returns what is asked of a person wherever they work, and what
// they have finished with this account.
func (s *School) askedOfPerson(rx store.Rx, person, course string) (all []Asked, l learnt, err error) {
	var at []struct{ ID, Organisation string }
	err = rx.Raw("SELECT id, organisation_id AS organisation FROM roster WHERE person_id = ? AND left_at IS NULL ORDER BY id", person).Scan(&at).Error
	if err != nil {
		return nil, l, store.Explain(err)
	}
	if l, err = learntBy(rx, person, course, store.Time{}); err != nil {
		return nil, l, err
	}
	for _, p := range at {
		counts, err := l.with(rx, p.ID, course, store.Time{})
		if err != nil {
			return nil, l, err
		}
		some, _, err := s.askedOf(rx, p.ID, course, counts)
		if err != nil {
			return nil, l, err
		}
		for _, a := range some {
			a.Organisation = p.Organisation
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b Asked) int { return cmp.Compare(a.Assignment.Due, b.Assignment.Due) })
	return all, l, nil
}
