package course

import (
	"encoding/json"
	"math"

	"golau/course/due"
	"golau/internal/store"
)

// learnt is what somebody has finished of a course, of whatever cycle: what rules
// and standings follow from.
type learnt struct {
	enrolment   string          // the newest; "" in none
	started     bool            // anything in the newest
	modules     int             // finished in the newest
	newest      int             // its cycle
	lastDone    int             // the cycle in which the course was finished last
	now         map[string]bool // the modules finished in the newest
	done, until store.Time
	parts       map[string]due.Day // by module, the last day on which it was finished
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
	SELECT person_id, id, cycle, 'read' AS kind, '' AS module, NULL AS at, NULL AS valid_until FROM e
	  WHERE EXISTS (SELECT 1 FROM course_sections_read s WHERE s.enrolment_id = e.id AND s.at <= ?3)
	UNION ALL SELECT person_id, id, cycle, '', '', NULL, NULL FROM e
	UNION ALL SELECT person_id, id, cycle, 'module', module, at, NULL FROM e CROSS JOIN course_module_completions ON enrolment_id = id WHERE at <= ?3
	UNION ALL SELECT person_id, id, cycle, 'course', '', at, valid_until FROM e CROSS JOIN course_completions ON enrolment_id = id WHERE at <= ?3
	ORDER BY cycle DESC`

func noneLearnt() learnt { return learnt{parts: map[string]due.Day{}, now: map[string]bool{}} }

// learntBy reads what somebody had finished of a course at a moment; the zero one
// is now.
func learntBy(rx store.Rx, person, course string, at store.Time) (learnt, error) {
	by, err := learntByEach(rx, []string{person}, course, at)
	if l, read := by[person]; read {
		return l, err
	}
	return noneLearnt(), err
}

// learntByEach is learntBy of several people; of whoever never enrolled there is
// nothing.
func learntByEach(rx store.Rx, persons []string, course string, at store.Time) (map[string]learnt, error) {
	until := int64(math.MaxInt64)
	if !at.IsZero() {
		until = at.UnixMicro()
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
	by := map[string]learnt{}
	for rows.Next() {
		var person, id, kind, module string
		var cycle int
		var at, valid store.Time
		if err := rows.Scan(&person, &id, &cycle, &kind, &module, &at, &valid); err != nil {
			return nil, store.Explain(err)
		}
		l, read := by[person]
		if !read {
			l = noneLearnt()
		}
		l.add(id, cycle, kind, module, at, valid)
		by[person] = l
	}
	return by, store.Explain(rows.Err())
}

// add takes a row of learntQuery in; the first of somebody is of their newest cycle.
func (l *learnt) add(enrolment string, cycle int, kind, module string, at, valid store.Time) {
	l.newest = max(l.newest, cycle)
	if cycle == l.newest {
		l.enrolment = enrolment
		l.started = l.started || kind == "read" || kind == "module"
	}
	switch kind {
	case "module":
		l.parts[module] = max(l.parts[module], due.DayOf(at.Time))
		if cycle == l.newest {
			l.modules++
			l.now[module] = true
		}
	case "course":
		if cycle > l.lastDone {
			l.lastDone, l.done, l.until = cycle, at, valid
		}
	}
}
