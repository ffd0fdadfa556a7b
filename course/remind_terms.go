package course

import (
	"cmp"
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/store"
)

// termAt is what is asked of a position, as far as reminders follow from it alone.
type termAt struct {
	position string
	own      bool // a reminder to its holder, and not to their manager alone
	due.Term
}

// termsBy reads what may call for a reminder on a day, with the reminders that were
// not put down; of everybody, or with a condition on the rule (u), by position. What
// of it was done or paused is left to whoever looks closer.
func termsBy(rx store.Rx, day due.Day, where string, args ...any) (all []termAt, err error) {
	free, err := freedOf(rx, day, "")
	if err != nil {
		return nil, err
	}
	switched, err := switchesBy(rx, "1 = 1")
	if err != nil {
		return nil, err
	}
	read := func(from, which string, with ...any) {
		if err == nil {
			var some []termAt
			some, err = termsOf(rx, free, switched, day, from, which+where, append(with, args...)...)
			all = append(all, some...)
		}
	}
	read(byRule, "a.due_on BETWEEN ? AND ? AND a.due_on >= date(?, '-' || (28 + u.grace_days) || ' days')", day.Plus(0, -mostGrace-28), day.Plus(0, 30), day)
	// What was asked again lately may have been due at any time before.
	if rules := free.ruleIDs(); len(rules) > 0 {
		read(byRule, "a.due_on < ? AND u.id IN (SELECT value FROM json_each(?))", day, listed(rules))
	}
	if positions := free.positionIDs(); len(positions) > 0 {
		read("json_each(?) j CROSS JOIN course_assignments a ON a.position_id = j.value CROSS JOIN course_rules u ON u.id = a.rule_id", "a.due_on < ?", listed(positions), day)
	}
	slices.SortStableFunc(all, func(a, b termAt) int { return cmp.Compare(a.position, b.position) })
	return all, err
}

// byRule goes through the assignments (a) rule by rule (u), where an index has their days.
const byRule = "course_rules u CROSS JOIN course_assignments a ON a.rule_id = u.id"

// termsOf is termsBy for those assignments that a condition names. Most have had what
// they call for by a reminder of their own; what was put down for the same by another
// assignment is read of the rest.
func termsOf(rx store.Rx, free freed, switched map[placeOf]switches, day due.Day, from, where string, args ...any) (all []termAt, err error) {
	rows, err := rx.Query(`SELECT a.id, u.organisation_id, u.board_id, a.position_id, u.id, u.course, a.due_on, a.asked_on, a.counts_from, a.done_before, u.grace_days,
			coalesce((SELECT group_concat(m.kind, ' ') FROM course_reminders m WHERE m.assignment_id = a.id), '')
		FROM `+from+` WHERE a.ended_at IS NULL AND `+where+" ORDER BY a.position_id, a.due_on, a.id", args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	type perhaps struct {
		termAt
		assignment string
		of         switches
	}
	var some []perhaps
	for rows.Next() {
		var a Asked
		var put string
		var at placeOf
		t := perhaps{}
		err := rows.Scan(&t.assignment, &at.organisation, &at.board, &t.position, &a.Rule.ID, &a.Rule.Course, &a.Assignment.Due, &a.Assignment.Asked, &a.CountsFrom, &a.DoneBefore, &a.Rule.GraceDays, &put)
		if err != nil {
			return nil, store.Explain(err)
		}
		a.freed = free.from(t.position, a.Rule.Course, a.Rule.ID)
		t.Term = a.term()
		if t.of = switched[at]; len(calledFor(t.Term, day, put, t.of)) > 0 {
			some = append(some, t)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, store.Explain(err)
	}
	for _, t := range some {
		put, err := putBefore(rx, t.assignment)
		if err != nil {
			return nil, err
		}
		if kinds := calledFor(t.Term, day, put, t.of); len(kinds) > 0 {
			t.own = slices.ContainsFunc(kinds, func(k due.Reminder) bool { return k != due.After14 })
			all = append(all, t.termAt)
		}
	}
	return all, nil
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

// putFor are the reminders (m) that were put down for what the assignment a of the rule
// u asks: by another assignment too, of a rule that was mended since or of whoever left
// and is back, where the same was asked on the same day by the same day.
const putFor = `course_assignments b CROSS JOIN course_reminders m ON m.assignment_id = b.id CROSS JOIN course_rules ub ON ub.id = b.rule_id
	WHERE b.position_id = a.position_id AND b.asked_on = a.asked_on AND b.due_on = a.due_on AND ub.course = u.course AND ub.parts = u.parts`

// calledFor lists the reminders that a day calls for: none that were put down, kinds
// between spaces, and none that the agency switched off.
func calledFor(t due.Term, day due.Day, put string, w switches) []due.Reminder {
	return slices.DeleteFunc(t.Reached(day), func(k due.Reminder) bool {
		planned, _ := t.Of(k)
		return strings.Contains(" "+put+" ", " "+string(k)+" ") || !w.lets(k, planned)
	})
}

// putBefore lists the reminders that were put down for what an assignment asks, kinds
// between spaces.
func putBefore(rx store.Rx, assignment string) (kinds string, err error) {
	err = rx.Raw("SELECT coalesce(group_concat(m.kind, ' '), '') FROM course_assignments a CROSS JOIN course_rules u ON u.id = a.rule_id CROSS JOIN "+putFor+" AND a.id = ?", assignment).Scan(&kinds).Error
	return kinds, store.Explain(err)
}
