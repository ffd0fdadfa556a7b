package course

import (
	"context"

	"golau/certificates"
	"golau/internal/people"
	"golau/internal/store"
)

// Together is what two positions of an agency have behind them that may be the same
// person's, and what the first comes to if the second stands behind it.
type Together struct {
	Kept, Duplicate, After    Learning
	KeptHolds, DuplicateHolds []Holding
}

// Holding is a certificate as the agency hears of it.
type Holding struct {
	Number string
	Status certificates.Status
}

// Together lays two positions of the scope side by side, and changes nothing.
// Another agency's position, and one that never was, is problem.NotFound.
func (s *School) Together(ctx context.Context, scope people.OrganisationScope, kept, duplicate, course string) (n Together, err error) {
	c, err := s.Course(course)
	if err != nil {
		return n, err
	}
	rx := s.db.Read(ctx)
	var of [2]people.Position
	var l [2]learnt
	for i, id := range []string{kept, duplicate} {
		if of[i], err = people.PositionIn(rx, scope, id); err == nil {
			l[i], err = learntAt(rx, id, of[i].Person, course, of[i].Left)
		}
		if err != nil {
			return n, err
		}
	}
	if n.Kept, err = s.learning(rx, of[0], c, l[0]); err != nil {
		return n, err
	}
	if n.Duplicate, err = s.learning(rx, of[1], c, l[1]); err != nil {
		return n, err
	}
	if n.After, err = s.learning(rx, of[0], c, l[0].count(l[1])); err != nil {
		return n, err
	}
	if n.KeptHolds, err = holdings(rx, of[0].Person, course); err != nil {
		return n, err
	}
	n.DuplicateHolds, err = holdings(rx, of[1].Person, course)
	return n, err
}

// holdings are the newest certificates of a person's cycles of a course.
func holdings(rx store.Rx, person, course string) (all []Holding, err error) {
	var ids []string
	if err := rx.Raw("SELECT id FROM course_enrolments WHERE person_id = ? AND course = ? ORDER BY cycle", person, course).Scan(&ids).Error; err != nil {
		return nil, store.Explain(err)
	}
	newest, err := certificates.NewestOf(rx, ids)
	for _, id := range ids {
		if c, ok := newest[id]; ok {
			all = append(all, Holding{c.Number(), c.StatusAt(rx.Now())})
		}
	}
	return all, err
}
