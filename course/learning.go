package course

import (
	"context"

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
}

// ModuleLearnt is a module, and when somebody finished it in their newest cycle.
type ModuleLearnt struct {
	Title i18n.Text
	At    store.Time // zero while it is not finished
}

// LearningOf returns how far somebody of the agency has come, by their position.
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
	q, err := RosterFilter{Left: !p.Left.IsZero()}.query(rx, scope, course)
	if err != nil {
		return n, err
	}
	q.from += " WHERE id = ?"
	q.args = append(q.args, position)
	lines, err := q.lines(rx, i18n.EN, nil, "", false, 1)
	if err != nil || len(lines) == 0 {
		return n, err
	}
	n.Status, n.Done, n.Until = lines[0].Status, lines[0].Done, lines[0].Until
	done := &Progress{}
	if lines[0].enrolment != "" {
		if done, err = progressIn(rx, lines[0].enrolment); err != nil {
			return n, err
		}
	}
	for _, e := range c.Entries {
		m, _ := s.lib.Module(e.Slug)
		at, _ := done.ModuleDone(e.Slug)
		if !p.Left.IsZero() && at.At.After(p.Left.Time) {
			at.At = store.Time{}
		}
		n.Modules = append(n.Modules, ModuleLearnt{m.Title, at.At})
	}
	return n, err
}
