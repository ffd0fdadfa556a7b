package course

import (
	"encoding/json"
	"maps"
	"slices"

	"golau/course/due"
	"golau/internal/store"
)

// freedWithin is how many days back it is looked who was let off: what was asked
// again before that has had all its reminders, or they are too late.
const freedWithin = 14 + due.LateBy

// freed says from which day what is asked was asked again: of a rule that was paused,
// and of somebody who had been let off.
type freed struct {
	rules map[string]due.Day
	offs  map[letOffOf]due.Day
}

// letOffOf is of what somebody was let off; of a whole course the rule is "".
type letOffOf struct{ position, course, rule string }

// from is the day from which a rule asks somebody again; "" = it asked all the time.
func (f freed) from(position, course, rule string) due.Day {
	return max(f.rules[rule], f.offs[letOffOf{position, course, ""}], f.offs[letOffOf{position, course, rule}])
}

func (f freed) ruleIDs() []string { return slices.Sorted(maps.Keys(f.rules)) }

func (f freed) positionIDs() (ids []string) {
	for of := range f.offs {
		ids = append(ids, of.position)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// listed is a list as json_each reads it.
func listed(ids []string) string {
	b, _ := json.Marshal(append([]string{}, ids...)) // strings always can be; null would be one
	return string(b)
}

// freedOf reads what was asked again lately, as it is on a day; of one position, or
// of all ("").
func freedOf(rx store.Rx, day due.Day, position string) (f freed, err error) {
	f = freed{map[string]due.Day{}, map[letOffOf]due.Day{}}
	if err := f.readRules(rx, day); err != nil {
		return f, err
	}
	return f, f.readOffs(rx, day, position)
}

// resumed are the rules that were taken up again since a moment: whoever replaces a
// rule that was paused has taken it up too, and what takes the place of one that was
// taken up was taken up with it.
const resumed = `WITH RECURSIVE again AS (
	SELECT t.rule_id AS id, t.at FROM course_rule_states t JOIN course_rules u ON u.id = t.rule_id
	WHERE t.state = 'active' AND t.at >= ? AND 'paused' = CASE t.n
		WHEN 1 THEN (SELECT p.state FROM course_rule_states p WHERE p.rule_id = u.replaces_id AND p.state <> 'ended' ORDER BY p.n DESC LIMIT 1)
		ELSE (SELECT p.state FROM course_rule_states p WHERE p.rule_id = t.rule_id AND p.n < t.n ORDER BY p.n DESC LIMIT 1) END
	UNION SELECT r.id, again.at FROM again JOIN course_rules r ON r.replaces_id = again.id)
	SELECT id, max(at) AS at FROM again GROUP BY id`

func (f freed) readRules(rx store.Rx, day due.Day) error {
	var rows []struct {
		ID string
		At store.Time
	}
	err := rx.Raw(resumed, store.At(day.Plus(0, -freedWithin).Begin())).Scan(&rows).Error
	for _, r := range rows {
		f.rules[r.ID] = due.DayOf(r.At.Time)
	}
	return store.Explain(err)
}

// wereLetOff are those exemptions that counted, with when they were taken back. What a
// rule was let off, the one that takes its place was let off too.
const wereLetOff = `WITH RECURSIVE off AS (
	SELECT e.position_id, e.course, coalesce(e.rule_id, '') AS rule, e.until_on, e.created_at,
		(SELECT a.at FROM course_exemption_answers a WHERE a.exemption_id = e.id AND a.answer = 'taken_back') AS back
	FROM course_exemptions e WHERE e.until_on >= ?1 AND (?2 = '' OR e.position_id = ?2)
		AND (e.needs_board = 0 OR EXISTS (SELECT 1 FROM course_exemption_answers a WHERE a.exemption_id = e.id AND a.answer = 'countersigned'))
	UNION SELECT off.position_id, off.course, r.id, off.until_on, off.created_at, off.back FROM off JOIN course_rules r ON r.replaces_id = off.rule)
	SELECT position_id, course, rule, until_on, created_at, back FROM off`

func (f freed) readOffs(rx store.Rx, day due.Day, position string) error {
	rows, err := rx.Query(wereLetOff, day.Plus(0, -freedWithin), position)
	if err != nil {
		return store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var of letOffOf
		var last due.Day
		var began, back store.Time
		if err := rows.Scan(&of.position, &of.course, &of.rule, &last, &began, &back); err != nil {
			return store.Explain(err)
		}
		if !back.IsZero() {
			last = min(last, due.DayOf(back.Time).Plus(0, -1))
		}
		// Taken back on the day it was given, it let nobody off.
		if from := last.Plus(0, 1); from > due.DayOf(began.Time) && from <= day {
			f.offs[of] = max(f.offs[of], from)
		}
	}
	return store.Explain(rows.Err())
}
