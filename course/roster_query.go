package course

import (
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// rosterQuery is a filter as the database reads it.
type rosterQuery struct {
	from   string
	args   []any
	status due.Status
}

// learning is everybody of an agency with what the status follows from. What was
// finished last counts, of whatever cycle; what was begun, of the newest. Of whoever
// has left, what came later is none of the agency's.
const learning = `SELECT r.*, e.id AS enrolment, d.at AS done_at, d.valid_until,
		(EXISTS (SELECT 1 FROM course_sections_read s WHERE s.enrolment_id = e.id AND s.at <= coalesce(r.left_at, s.at))
			OR EXISTS (SELECT 1 FROM course_module_completions c WHERE c.enrolment_id = e.id AND c.at <= coalesce(r.left_at, c.at))) AS started
	FROM roster r
	LEFT JOIN course_enrolments e ON e.person_id = r.person_id AND e.course = ?
		AND e.cycle = (SELECT max(n.cycle) FROM course_enrolments n WHERE n.person_id = r.person_id AND n.course = e.course
			AND n.created_at <= coalesce(r.left_at, n.created_at))
	LEFT JOIN course_completions d ON d.enrolment_id = (SELECT o.id FROM course_enrolments o JOIN course_completions c ON c.enrolment_id = o.id
		WHERE o.person_id = r.person_id AND o.course = ? AND c.at <= coalesce(r.left_at, c.at) ORDER BY o.cycle DESC LIMIT 1)
	WHERE r.organisation_id = ? AND r.board_id = ?`

// query reads a filter. A team that is none of the agency's holds nobody.
func (f RosterFilter) query(rx store.Rx, scope people.OrganisationScope, course string) (q rosterQuery, err error) {
	q.status = f.Status
	q.args = append(due.CaseArgs(due.DayOf(rx.Now().Time)), course, course, scope.Organisation(), scope.Board())
	inner := learning
	and := func(sql string, args ...any) {
		inner += " AND " + sql
		q.args = append(q.args, args...)
	}
	if f.Left {
		and("r.left_at IS NOT NULL")
	} else {
		and("r.left_at IS NULL")
	}
	for _, w := range people.SearchWords(f.Words) {
		and("instr(r.words, ?) > 0", w)
	}
	if f.Job != "" {
		and("r.job_role = ?", f.Job)
	}
	if f.Group != "" {
		and("r.training_group = ?", f.Group)
	}
	switch f.Team {
	case "":
	case NoTeam:
		and("r.team_id IS NULL")
	default:
		teams, err := people.TeamsWithin(rx, scope, f.Team)
		if err != nil {
			return q, err
		}
		and("r.team_id IN (?"+strings.Repeat(", ?", len(teams))+")", append([]any{""}, teams...)...)
	}
	q.args = slices.Clip(q.args)
	q.from = "SELECT *, " + due.Case + " AS status FROM (" + inner + ")"
	return q, nil
}

// counts returns how many there are of each status.
func (q rosterQuery) counts(rx store.Rx) (map[due.Status]int, error) {
	rows, err := rx.Query("SELECT status, count(*) FROM ("+q.from+") GROUP BY status", q.args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	counts := map[due.Status]int{}
	for rows.Next() {
		var s due.Status
		var n int
		if err := rows.Scan(&s, &n); err != nil {
			return nil, store.Explain(err)
		}
		counts[s] = n
	}
	return counts, store.Explain(rows.Err())
}

// lines returns up to limit lines behind (or, going back, before) the place of one.
func (q rosterQuery) lines(rx store.Rx, l i18n.Lang, at []byte, id string, back bool, limit int) ([]RosterLine, error) {
	sort, than, order := "sort_en", ">", ""
	if l == i18n.CY {
		sort = "sort_cy"
	}
	if back {
		than, order = "<", " DESC"
	}
	sql, args := "SELECT id, person_id, name, CASE WHEN left_at IS NULL THEN email ELSE '' END, job_role, coalesce(team_id, ''), training_group, staff_number, status, done_at, valid_until, left_at, left_on, coalesce("+sort+
		", x''), (SELECT count(*) FROM course_module_completions c WHERE c.enrolment_id = enrolment AND c.at <= coalesce(left_at, c.at)), coalesce(enrolment, '') FROM ("+q.from+") WHERE 1 = 1", q.args
	if q.status != "" {
		sql, args = sql+" AND status = ?", append(args, q.status)
	}
	if id != "" {
		sql, args = sql+" AND ("+sort+", id) "+than+" (?, ?)", append(args, at, id)
	}
	rows, err := rx.Query(sql+" ORDER BY "+sort+order+", id"+order+" LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	var lines []RosterLine
	for rows.Next() {
		var n RosterLine
		err := rows.Scan(&n.ID, &n.Person, &n.Name, &n.Email, &n.Job, &n.Team, &n.Group, &n.StaffNumber, &n.Status, &n.Done, &n.Until, &n.LeftAt, &n.LeftOn, &n.sort, &n.Modules, &n.enrolment)
		if err != nil {
			return nil, store.Explain(err)
		}
		lines = append(lines, n)
	}
	return lines, store.Explain(rows.Err())
}
