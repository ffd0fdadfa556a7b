package course

import (
	"golau/course/due"
	"golau/internal/store"
)

// backWithin is within how many days whoever left or moved away, and is back, goes on
// with the days they had: a mistake that is put right, or a move there and back, makes
// nobody's standing better. Later it is asked anew.
const backWithin = 28

// begin asks something of somebody for the first time, or again of whoever came
// back. A rule that replaces another goes on from when that one asked.
func (w *settling) begin(r *Rule, p settled, l learnt) (Assignment, error) {
	since, asked, cycle := p.Since, w.today, 1
	var more Assignment // that had more time
	before, err := assignments(w.tx.Rx, "WHERE a.position_id = ? AND a.rule_id IN (?, ?) ORDER BY a.rule_id = ? DESC, a.cycle DESC LIMIT 1", p.ID, r.ID, r.Replaces, r.ID)
	if err != nil {
		return Assignment{}, err
	}
	for _, b := range before {
		switch {
		case b.Rule == r.ID && b.isBack(w.today):
			was := b
			b.ID, b.Cycle, b.EndedAt, b.EndedWhy = w.tx.NewID(), b.Cycle+1, store.Time{}, ""
			return b, w.insertInPlaceOf(was, b)
		case b.Rule == r.ID:
			cycle = b.Cycle + 1
		default:
			if since, asked = b.goesOn(p.Since, w.today); asked == b.Asked && b.Planned != "" {
				more = b
			}
		}
	}
	a := r.first(since, asked, l)
	a.ID, a.Position, a.Cycle = w.tx.NewID(), p.ID, cycle
	if more.Due > a.Due {
		a.Due, a.Planned = more.Due, more.Planned
		return a, w.insertInPlaceOf(more, a)
	}
	return a, insertAssignment(w.tx, a)
}

// insertInPlaceOf keeps an assignment that stands in the place of another, with the
// more time that was given for this.
func (w *settling) insertInPlaceOf(was, a Assignment) error {
	if err := insertAssignment(w.tx, a); err != nil || a.Planned == "" {
		return err
	}
	return keepTime(w.tx, a.ID, was.ID)
}

// isBack says whether its holder goes on with a cycle that ended when they left or moved
// away. A later start that was noted since changes nothing: it would be a new beginning
// for whoever leaves for a day.
func (a Assignment) isBack(today due.Day) bool {
	return a.away() && today <= due.DayOf(a.EndedAt.Time).Plus(0, backWithin)
}

// away says whether it ended since its holder left or moved away.
func (a Assignment) away() bool { return a.EndedWhy == endedLeft || a.EndedWhy == endedMoved }

// goesOn says from which start and day a rule asks, that stands in the place of the one
// that asked this: from the days it had. What was done already, and of whoever was away
// for longer, is asked anew.
func (a Assignment) goesOn(since, today due.Day) (start, asked due.Day) {
	if a.DoneBefore != "" || a.away() && !a.isBack(today) {
		return since, today
	}
	return min(since, a.Asked), a.Asked
}
