package course

import (
	"encoding/json"
	"maps"
	"math"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// learnt is what somebody has finished of a course, of whatever cycle: what rules
// and standings follow from.
type learnt struct {
	started     bool                  // anything in the newest
	modules     int                   // finished in the newest
	newest      int                   // its cycle
	lastDone    int                   // the cycle in which the course was finished last
	now         map[string]store.Time // the modules finished in the newest
	either      map[string]store.Time // and those of accounts that stand behind this one, of their newest
	done, until store.Time
	parts       map[string]due.Day // by module, the last day on which it was finished; of AssessmentPart, was passed
}

// whole is the day on which the course was finished last; "" = never.
func (l learnt) whole() due.Day {
	if l.done.IsZero() {
		return ""
	}
	return due.DayOf(l.done.Time)
}

// good is the last day on which that counts; "" = without end.
func (l learnt) good() due.Day {
	if l.until.IsZero() {
		return ""
	}
	return due.DayOf(l.until.Time)
}

// finished is the day on which somebody finished what a rule asks; "" while they
// have not, and for what they finished before a day.
func (l learnt) finished(r *Rule, from due.Day) (day due.Day) {
	if len(r.Parts) == 0 {
		if l.whole() >= from {
			day = l.whole()
		}
		return day
	}
	for _, p := range r.Parts {
		at := l.parts[p]
		if at == "" || at < from {
			return ""
		}
		day = max(day, at)
	}
	return day
}

// learntQuery reads it of several people in one statement of indexed reads, up to a
// moment.
const learntQuery = `WITH e AS (SELECT n.person_id, n.id, n.cycle FROM json_each(?1) j CROSS JOIN course_enrolments n ON n.person_id = j.value
	  WHERE n.course = ?2 AND n.created_at <= ?3)
	SELECT person_id, cycle, 'read' AS kind, '' AS module, NULL AS at, NULL AS valid_until FROM e
	  WHERE EXISTS (SELECT 1 FROM course_sections_read s WHERE s.enrolment_id = e.id AND s.at <= ?3)
	UNION ALL SELECT person_id, cycle, '', '', NULL, NULL FROM e
	UNION ALL SELECT person_id, cycle, 'module', module, at, NULL FROM e CROSS JOIN course_module_completions ON enrolment_id = id WHERE at <= ?3
	UNION ALL SELECT person_id, cycle, 'course', '', at, valid_until FROM e CROSS JOIN course_completions ON enrolment_id = id WHERE at <= ?3
	UNION ALL SELECT person_id, cycle, 'assessed', '', at, NULL FROM e CROSS JOIN course_assessed ON enrolment_id = id WHERE at <= ?3
	ORDER BY cycle DESC`

func noneLearnt() *learnt {
	l := &learnt{parts: map[string]due.Day{}, now: map[string]store.Time{}}
	l.either = l.now
	return l
}

// learntBy reads what somebody had finished of a course at a moment; the zero one
// is now.
func learntBy(rx store.Rx, person, course string, at store.Time) (learnt, error) {
	by, err := learntByEach(rx, []string{person}, course, at)
	if err != nil {
		return learnt{}, err
	}
	return *by[person], nil
}

// learntByEach is learntBy of several people.
func learntByEach(rx store.Rx, persons []string, course string, at store.Time) (map[string]*learnt, error) {
	until := int64(math.MaxInt64)
	if !at.IsZero() {
		until = at.UnixMicro()
	}
	by := map[string]*learnt{}
	for _, p := range persons {
		by[p] = noneLearnt()
	}
	list, err := json.Marshal(persons)
	if err != nil {
		return nil, err
	}
	rows, err := rx.Query(learntQuery, string(list), course, until)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var person, kind, module string
		var cycle int
		var at, valid store.Time
		if err := rows.Scan(&person, &cycle, &kind, &module, &at, &valid); err != nil {
			return nil, store.Explain(err)
		}
		by[person].add(cycle, kind, module, at, valid)
	}
	return by, store.Explain(rows.Err())
}

// add takes a row of learntQuery in; the first of somebody is of their newest cycle.
func (l *learnt) add(cycle int, kind, module string, at, valid store.Time) {
	l.newest = max(l.newest, cycle)
	if cycle == l.newest {
		l.started = l.started || kind == "read" || kind == "module"
	}
	switch kind {
	case "module":
		l.parts[module] = max(l.parts[module], due.DayOf(at.Time))
		if cycle == l.newest {
			l.now[module] = at
		}
		l.modules = len(l.now)
	case "assessed":
		l.parts[AssessmentPart] = max(l.parts[AssessmentPart], due.DayOf(at.Time))
	case "course":
		l.parts[AssessmentPart] = max(l.parts[AssessmentPart], due.DayOf(at.Time))
		if cycle > l.lastDone {
			l.lastDone, l.done, l.until = cycle, at, valid
		}
	}
}

// learntAt reads what counts for the holder of a position: what they had finished
// themselves, and whoever stands behind them as the same person.
func learntAt(rx store.Rx, position, person, course string, at store.Time) (learnt, error) {
	l, err := learntBy(rx, person, course, at)
	if err != nil {
		return l, err
	}
	return l.with(rx, position, course, at)
}

// with adds what those have finished who stand behind a position.
func (l learnt) with(rx store.Rx, position, course string, at store.Time) (learnt, error) {
	behind, err := people.Behind(rx, position)
	for _, other := range behind {
		o, err := learntBy(rx, other, course, at)
		if err != nil {
			return l, err
		}
		l = l.count(o)
	}
	return l, err
}

// count adds what the same person learnt by another account. Of what they can take
// again (now, newest, lastDone) nothing changes: that is a matter of the account.
func (l learnt) count(o learnt) learnt {
	l.started = l.started || o.started
	l.parts, l.either = maps.Clone(l.parts), maps.Clone(l.either)
	for m, day := range o.parts {
		l.parts[m] = max(l.parts[m], day)
	}
	for m, at := range o.either {
		if mine, done := l.either[m]; !done || mine.Before(at.Time) {
			l.either[m] = at
		}
	}
	l.modules = len(l.either)
	if l.done.Before(o.done.Time) {
		l.done, l.until = o.done, o.until
	}
	return l
}
