package course

import (
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

// learntQuery reads it in one statement of indexed reads, up to a moment.
const learntQuery = `WITH e AS (SELECT id, cycle FROM course_enrolments WHERE person_id = ?1 AND course = ?2 AND created_at <= ?3)
	SELECT id, cycle, 'read' AS kind, '' AS module, NULL AS at, NULL AS valid_until FROM e
	  WHERE EXISTS (SELECT 1 FROM course_sections_read s WHERE s.enrolment_id = e.id AND s.at <= ?3)
	UNION ALL SELECT id, cycle, '', '', NULL, NULL FROM e
	UNION ALL SELECT id, cycle, 'module', module, at, NULL FROM e CROSS JOIN course_module_completions ON enrolment_id = id WHERE at <= ?3
	UNION ALL SELECT id, cycle, 'course', '', at, valid_until FROM e CROSS JOIN course_completions ON enrolment_id = id WHERE at <= ?3
	ORDER BY cycle DESC`

// learntBy reads what somebody had finished of a course at a moment; the zero one
// is now.
func learntBy(rx store.Rx, person, course string, at store.Time) (l learnt, err error) {
	until := int64(math.MaxInt64)
	if !at.IsZero() {
		until = at.UnixMicro()
	}
	rows, err := rx.Query(learntQuery, person, course, until)
	if err != nil {
		return l, store.Explain(err)
	}
	defer rows.Close()
	l.parts, l.now = map[string]due.Day{}, map[string]bool{}
	for rows.Next() {
		var id, kind, module string
		var cycle int
		var at, valid store.Time
		if err := rows.Scan(&id, &cycle, &kind, &module, &at, &valid); err != nil {
			return l, store.Explain(err)
		}
		l.newest = max(l.newest, cycle) // the first row is of the newest
		if cycle == l.newest {
			l.enrolment = id
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
	return l, store.Explain(rows.Err())
}
