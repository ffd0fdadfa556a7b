package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Learning is how far somebody has come in a course, as their training lead sees
// it: what is finished and when, never an answer or a mark.
type Learning struct {
	Status      due.Status
	Done, Until store.Time // when the course was finished last, and until when that counts
	Modules     []ModuleLearnt
	Asked       []Asked // by the rules of the agency
}

// ModuleLearnt is a module, and when somebody finished it in their newest cycle, with
// whichever account.
type ModuleLearnt struct {
	Title i18n.Text
	At    store.Time // zero while it is not finished
}

// LearningOf returns how far somebody of the agency has come, by their position, worked
// out from what it follows from.
// Another agency's position, and one that never was, is problem.NotFound.
func (s *School) LearningOf(ctx context.Context, scope people.OrganisationScope, position, course string) (n Learning, err error) {
	c, err := s.Course(course)
	if err != nil {
		return n, err
	}
	rx := s.db.Read(ctx)
	p, err := people.PositionIn(rx, scope, position)
	if err != nil {
		return n, err
	}
	l, err := learntAt(rx, p.ID, p.Person, course, p.Left)
	if err != nil {
		return n, err
	}
	return s.learning(rx, p, c, l)
}

// Asks says whether a rule asks something of them, done or not.
func (n Learning) Asks(rule string) bool {
	return slices.ContainsFunc(n.Asked, func(a Asked) bool { return a.Rule.ID == rule })
}

// learning is what somebody's learning comes to where they stand.
func (s *School) learning(rx store.Rx, p people.Position, c *Course, l learnt) (n Learning, err error) {
	n.Done, n.Until = l.done, l.until
	if n.Asked, n.Status, err = s.askedOf(rx, p.ID, c.Slug, l); err != nil {
		return n, err
	}
	for _, e := range c.Entries {
		m, _ := s.lib.Module(e.Slug)
		n.Modules = append(n.Modules, ModuleLearnt{m.Title, l.either[e.Slug]})
	}
	return n, err
}
