package course

import (
	"context"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
)

// Planned is one of those of whom a rule would ask something, and by when.
type Planned struct {
	RosterLine
	Due  due.Day // by when it would have to be done; of whoever has done it, again
	Done due.Day // when it was done, in time to count
}

// Plan is what a rule would do, were it made now.
type Plan struct {
	Rule   Rule // as it would be kept
	Total  int
	People []Planned // of the page
	// Of everybody who works there, how many are left out because nobody said since
	// when they have worked there.
	Unknown int
	Page    Paging
	// Dropped is of how many the rule in whose place it would stand asks something, and
	// it would not; DroppedNames are the first of them.
	Dropped      int
	DroppedNames []string
	// Paused says that this rule asks nothing now, and that the new one asks at once.
	Paused bool
}

// Paging are the pages beside one; "" where there is none.
type Paging struct{ Before, After string }

// Plan says what a rule would do, were it made now: of whom it would ask something,
// and by when, a page at a time. Problems are those of AddRule.
func (s *School) Plan(ctx context.Context, scope people.OrganisationScope, r Rule, l i18n.Lang, page string) (p Plan, err error) {
	rx := s.db.Read(ctx)
	r.Place = scope
	if p.Rule, err = s.clean(rx, r); err != nil {
		return p, err
	}
	old, err := replaced(rx, scope, r)
	if err != nil {
		return p, err
	}
	p.Paused = old != nil && old.State == Paused
	if p.Dropped, p.DroppedNames, err = p.Rule.dropped(rx, l); err != nil {
		return p, err
	}
	if r.SinceFrom != "" {
		any := p.Rule
		any.SinceFrom = ""
		if p.Unknown, err = any.countUnknown(rx); err != nil {
			return p, err
		}
	}
	roster, err := s.Roster(ctx, scope, p.Rule.Course, p.Rule.filter(), l, page)
	if err != nil {
		return p, err
	}
	p.Total, p.Page = roster.Total, Paging{roster.Before, roster.After}
	today := due.DayOf(rx.Now().Time)
	for _, line := range roster.Lines {
		ev, err := learntAt(rx, line.ID, line.Person, p.Rule.Course, line.LeftAt)
		if err != nil {
			return p, err
		}
		since, asked := line.Since, today
		if p.Rule.Replaces != "" {
			before, err := assignments(rx, "WHERE a.position_id = ? AND a.rule_id = ? ORDER BY a.cycle DESC LIMIT 1", line.ID, p.Rule.Replaces)
			if err != nil {
				return p, err
			}
			if len(before) > 0 {
				since, asked = before[0].goesOn(since, today)
			}
		}
		a := p.Rule.first(since, asked, ev)
		off, err := letOffAt(rx, line.ID)
		if err != nil {
			return p, err
		}
		d := a.duty(&p.Rule, ev, off)
		if p.Rule.Replaces != "" { // what was let off stays so
			d.ExemptUntil = off.until(&Rule{ID: p.Rule.Replaces, Course: p.Rule.Course})
		}
		n := Planned{RosterLine: line, Due: d.Due, Done: d.Done}
		if d.Done != "" {
			n.Due = d.ValidUntil
		}
		n.Status = d.On(today)
		p.People = append(p.People, n)
	}
	return p, nil
}
