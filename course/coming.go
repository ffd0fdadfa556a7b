package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// Coming is who will hear next, as things are now.
type Coming struct {
	Day   due.Day // the next on which reminders go
	Today bool
	Total int
	Lines []ComingLine
	More  bool
}

// ComingLine is one of those who are reminded, or of whom their manager hears.
type ComingLine struct {
	Position, Name string
	Items          []ComingItem
}

// ComingItem is what is asked of them, and which reminder of it goes.
type ComingItem struct {
	Asked
	Newest  due.Reminder // of those that one letter does for; "" = none to themselves
	Manager bool         // their manager, or the leads, hear of it
	Planned due.Day      // for which the newest, or the manager's, was planned
}

// Deferred says whether it was planned for a day before.
func (i ComingItem) Deferred(day due.Day) bool { return i.Planned < day }

// Coming says who of an agency's people will be reminded next, a page at a time,
// the first being 0. Whoever finishes meanwhile will not be.
func (s *School) Coming(ctx context.Context, scope people.OrganisationScope, page int) (n Coming, err error) {
	rx := s.db.Read(ctx)
	if n.Day, n.Today, err = nextReminders(rx); err != nil {
		return n, err
	}
	terms, err := comingTerms(rx, scope, n.Day)
	if err != nil {
		return n, err
	}
	suspended, err := people.Suspended(rx, scope)
	if err != nil {
		return n, err
	}
	all := slices.DeleteFunc(positionsOf(terms), func(id string) bool { return suspended[id] })
	n.Total = len(all)
	from := min(max(page, 0)*RosterPage, len(all))
	to := min(from+RosterPage, len(all))
	n.More = to < len(all)
	for _, id := range all[from:to] {
		p, err := s.remindingOf(rx, id, n.Day)
		if err != nil {
			return n, err
		}
		if len(p.items) == 0 { // done, though another duty keeps them on the list
			n.Total--
			continue
		}
		line, err := coming(rx, scope, p, n.Day)
		if err != nil {
			return n, err
		}
		n.Lines = append(n.Lines, line)
	}
	return n, nil
}

// comingTerms reads what may call for a reminder on a day, of those whom a scope holds.
func comingTerms(rx store.Rx, scope people.OrganisationScope, day due.Day) ([]termAt, error) {
	where, args := ` AND u.organisation_id = ? AND u.board_id = ?
		AND (SELECT t.state FROM course_rule_states t WHERE t.rule_id = u.id ORDER BY t.n DESC LIMIT 1) = 'active'
		AND EXISTS (SELECT 1 FROM course_standings s WHERE s.position_id = a.position_id AND s.course = u.course AND s.gone = 0 AND `+shown+` NOT IN (?, ?))`,
		[]any{scope.Organisation(), scope.Board(), day, due.InDate, due.Exempt}
	if !scope.IsWhole() {
		within, of := scope.Within("r")
		where, args = where+" AND EXISTS (SELECT 1 FROM roster r WHERE r.id = a.position_id AND "+within+")", append(args, of...)
	}
	return termsBy(rx, day, where, args...)
}

// coming is the line of somebody who is reminded on a day.
func coming(rx store.Rx, scope people.OrganisationScope, p reminding, day due.Day) (l ComingLine, err error) {
	who, err := people.PositionIn(rx, scope, p.ID)
	if err != nil {
		return l, err
	}
	l = ComingLine{Position: p.ID, Name: who.Name}
	for _, i := range p.items {
		item := ComingItem{Asked: i.Asked, Planned: day}
		for _, k := range i.kinds { // the earlier ones first
			item.Planned, _ = i.term().Of(k)
			if k == due.After14 {
				item.Manager = true
			} else {
				item.Newest = k
			}
		}
		l.Items = append(l.Items, item)
	}
	return l, nil
}

// nextReminders is the day on which reminders go next.
func nextReminders(rx store.Rx) (day due.Day, today bool, err error) {
	now := rx.Now().Time
	day = due.DayOf(now)
	var done bool
	if err := rx.Raw("SELECT EXISTS (SELECT 1 FROM course_reminded WHERE day = ?)", day).Scan(&done).Error; err != nil {
		return day, false, store.Explain(err)
	}
	if !done && (due.MayRemind(now) || due.DayOf(due.Morning(now)) == day) {
		return day, true, nil
	}
	return day.Plus(0, 1).Working(), false, nil
}
