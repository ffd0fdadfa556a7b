package course

import (
	"strings"

	"golau/course/due"
	"golau/internal/store"
)

// termAt is what is asked of a position, as far as reminders follow from it alone.
type termAt struct {
	position string
	due.Term
}

// termsBy reads what may call for a reminder on a day, with the reminders that were
// not put down; of everybody, or with a condition on the rule (u). What of it was
// done or paused is left to whoever looks closer.
func termsBy(rx store.Rx, day due.Day, where string, args ...any) (all []termAt, err error) {
	rows, err := rx.Query(`SELECT a.position_id, a.due_on, a.asked_on, a.counts_from, a.done_before, u.grace_days,
			coalesce((SELECT group_concat(m.kind, ' ') FROM course_reminders m WHERE m.assignment_id = a.id), '')
		FROM course_assignments a JOIN course_rules u ON u.id = a.rule_id
		WHERE a.ended_at IS NULL AND a.due_on BETWEEN ? AND ? AND a.due_on >= date(?, '-' || (28 + u.grace_days) || ' days')`+where+
		" ORDER BY a.position_id, a.due_on, a.id", append([]any{day.Plus(0, -mostGrace-28), day.Plus(0, 30), day}, args...)...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Asked
		var put string
		t := termAt{}
		if err := rows.Scan(&t.position, &a.Assignment.Due, &a.Assignment.Asked, &a.CountsFrom, &a.DoneBefore, &a.Rule.GraceDays, &put); err != nil {
			return nil, store.Explain(err)
		}
		t.Term = a.term()
		for _, k := range t.Reached(day) {
			if !strings.Contains(" "+put+" ", " "+string(k)+" ") {
				all = append(all, t)
				break
			}
		}
	}
	return all, store.Explain(rows.Err())
}

// positionsOf lists whose terms they are, each once.
func positionsOf(terms []termAt) (ids []string) {
	for _, t := range terms {
		if len(ids) == 0 || ids[len(ids)-1] != t.position {
			ids = append(ids, t.position)
		}
	}
	return ids
}

// putBefore lists the reminders of an assignment that were put down.
func putBefore(rx store.Rx, assignment string) (kinds []due.Reminder, err error) {
	err = rx.Raw("SELECT kind FROM course_reminders WHERE assignment_id = ?", assignment).Scan(&kinds).Error
	return kinds, store.Explain(err)
}
