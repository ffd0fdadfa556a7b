package course

import (
	"encoding/json"
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// rosterQuery is a filter as the database reads it.
type rosterQuery struct {
	kept       string // conditions on the kept standings (s) alone
	keptArgs   []any
	roster     string // and those on who works there (r); "" = none
	rosterArgs []any
	today      due.Day
	status     due.Status
	rare       bool   // few have the status that is asked for
	single     bool   // a condition is about single people
	few        bool   // so few are named that they are read before the alphabet
	found      string // whom words found, as a list of JSON; "" = words were not asked for
}

// fewFound is how many are looked up one by one and then put in order.
const fewFound = 500

// shown is the status of a kept standing today.
const shown = "CASE WHEN s.turns_on <> '' AND s.turns_on <= ? THEN s.next_status ELSE s.status END"

// query reads a filter. A team that is none of the agency's holds nobody.
func (f RosterFilter) query(rx store.Rx, scope people.OrganisationScope, course string) (q rosterQuery, err error) {
	q.status, q.today = f.Status, due.DayOf(rx.Now().Time)
	kept := func(sql string, args ...any) {
		q.kept += " AND " + sql
		q.keptArgs = append(q.keptArgs, args...)
	}
	who := func(sql string, args ...any) {
		q.roster += " AND " + sql
		q.rosterArgs = append(q.rosterArgs, args...)
	}
	kept("s.organisation_id = ?", scope.Organisation())
	kept("s.board_id = ?", scope.Board())
	kept("s.course = ?", course)
	kept("s.gone = ?", f.Left)
	if within, of := scope.WithinBy("s.team_id", "s.position_id"); scope.OfStaff() {
		q.one(within, of...)
	} else {
		kept(within, of...)
	}
	if words := people.SearchWords(f.Words); len(words) > 0 {
		found, err := people.FoundBy(rx, scope, words)
		if err != nil {
			return q, err
		}
		list, err := json.Marshal(append([]string{}, found...)) // none is []
		if err != nil {
			return q, err
		}
		q.one("s.position_id IN (SELECT value FROM json_each(?))", string(list))
		q.found, q.few = string(list), len(found) <= fewFound
	}
	if f.Job != "" {
		kept("s.job_role = ?", f.Job)
	}
	if f.Group != "" {
		kept("s.training_group = ?", f.Group)
	}
	if f.Week {
		q.one("s.due_on BETWEEN ? AND ?", q.today, q.today.Plus(0, WeekDays))
		q.one(shown+" IN (?, ?)", q.today, weekly[0], weekly[1])
	}
	if r := f.planned; r != nil && r.SinceFrom != "" {
		who("r.works_since >= ?", r.SinceFrom)
	}
	if r := f.planned; r != nil && len(r.Chosen) > 0 {
		some := make([]any, len(r.Chosen))
		for i, id := range r.Chosen {
			some[i] = id
		}
		q.one("s.position_id IN (?"+strings.Repeat(", ?", len(some)-1)+")", some...)
	}
	if f.Rule != "" {
		who("EXISTS (SELECT 1 FROM course_assignments a WHERE a.rule_id = ? AND a.position_id = r.id AND a.ended_at IS NULL)", f.Rule)
	}
	switch f.Team {
	case "":
	case NoTeam:
		kept("s.team_id = ''")
	default:
		teams, err := people.TeamsWithin(rx, scope, f.Team)
		if err != nil {
			return q, err
		}
		kept("s.team_id IN ('-'"+strings.Repeat(", ?", len(teams))+")", teams...)
	}
	return q, nil
}

// one adds a condition on the kept standings that no tally knows.
func (q *rosterQuery) one(sql string, args ...any) {
	q.kept += " AND " + sql
	q.keptArgs = append(q.keptArgs, args...)
	q.single = true
}

// standings are the kept standings (s), looked up one by one where words found them.
func (q rosterQuery) standings() (from string, args []any) {
	if q.found == "" {
		return "course_standings s", nil
	}
	return "json_each(?) w CROSS JOIN course_standings s ON s.position_id = w.value", []any{q.found}
}

// counts returns how many there are of each status: from the tallies, put right by
// those whose status has turned and is not settled yet; or where something is asked
// that no tally knows, by reading everybody.
func (q rosterQuery) counts(rx store.Rx) (map[due.Status]int, error) {
	if q.roster != "" || q.single {
		from, of := q.standings()
		if q.roster != "" {
			from += " JOIN roster r ON r.id = s.position_id"
		}
		return countBy(rx, "SELECT "+shown+" AS shown, count(*) FROM "+from+" WHERE 1 = 1"+q.kept+q.roster+" GROUP BY shown",
			slices.Concat([]any{q.today}, of, q.keptArgs, q.rosterArgs)...)
	}
	sql, args := q.tallied("''")
	return countBy(rx, "SELECT status, sum(n) FROM ("+sql+") GROUP BY status", args...)
}

// standsAt is the position of somebody who is wanted, and their status today.
type standsAt struct {
	ID     string
	Status due.Status
}

// statuses returns everybody who is wanted, in no order: where nobody is shown, the
// order of names is the dearest part.
func (q rosterQuery) statuses(rx store.Rx) (all []standsAt, err error) {
	from, of := q.standings()
	if q.roster != "" {
		from += " JOIN roster r ON r.id = s.position_id"
	}
	where, args := q.kept+q.roster, slices.Concat([]any{q.today}, of, q.keptArgs, q.rosterArgs)
	if q.status != "" {
		where, args = where+" AND "+shown+" = ?", append(args, q.today, q.status)
	}
	rows, err := rx.Query("SELECT s.position_id, "+shown+" FROM "+from+" WHERE 1 = 1"+where, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var w standsAt
		if err := rows.Scan(&w.ID, &w.Status); err != nil {
			return nil, store.Explain(err)
		}
		all = append(all, w)
	}
	return all, store.Explain(rows.Err())
}

// tallied reads from the tallies how many (n) have each status, by what by names of
// a line.
func (q rosterQuery) tallied(by string) (sql string, args []any) {
	turned := " FROM course_standings s WHERE s.turns_on <> '' AND s.turns_on <= ?" + q.kept
	return "SELECT place, status, sum(n) AS n FROM (SELECT " + by + " AS place, s.status, s.n FROM course_tallies s WHERE 1 = 1" + q.kept +
			" UNION ALL SELECT " + by + ", s.status, -1" + turned + " UNION ALL SELECT " + by + ", s.next_status, 1" + turned +
			") GROUP BY place, status HAVING sum(n) <> 0",
		slices.Concat(q.keptArgs, []any{q.today}, q.keptArgs, []any{q.today}, q.keptArgs)
}

// countBy reads statuses with their numbers.
func countBy(rx store.Rx, sql string, args ...any) (map[due.Status]int, error) {
	rows, err := rx.Query(sql, args...)
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

// alphabet is the column of a roster by which people stand in a language's order.
func alphabet(alias string, l i18n.Lang) string {
	if l == i18n.CY {
		return alias + ".sort_cy"
	}
	return alias + ".sort_en"
}

const rosterColumns = `SELECT r.id, r.person_id, r.name, CASE WHEN r.left_at IS NULL THEN r.email ELSE '' END, r.job_role, coalesce(r.team_id, ''),
	r.training_group, r.staff_number, ` + shown + ` AS shown, s.done_at, s.valid_until, s.due_on, r.works_since, r.left_at, r.left_on, s.modules, `

// lines returns up to limit lines behind (or, going back, before) the place of one.
// They are met in the order of the alphabet; where few have the status asked for,
// those are looked up first. A CROSS JOIN is read in the order in which it is
// written.
func (q rosterQuery) lines(rx store.Rx, l i18n.Lang, at []byte, id string, back bool, limit int) ([]RosterLine, error) {
	sort, than, order := alphabet("r", l), ">", ""
	if back {
		than, order = "<", " DESC"
	}
	from, of := "roster r CROSS JOIN course_standings s ON s.position_id = r.id", []any(nil)
	if q.rare || q.few {
		from, of = q.standings()
		from += " CROSS JOIN roster r ON r.id = s.position_id"
	}
	sql := rosterColumns + "coalesce(" + sort + ", x'') FROM " + from + " WHERE r.organisation_id = ? AND r.board_id = ?" + q.kept + q.roster
	args := slices.Concat([]any{q.today}, of, q.keptArgs[:2], q.keptArgs, q.rosterArgs)
	if q.status != "" {
		sql, args = sql+" AND "+shown+" = ?", append(args, q.today, q.status)
	}
	if id != "" {
		sql, args = sql+" AND ("+sort+", r.id) "+than+" (?, ?)", append(args, at, id)
	}
	rows, err := rx.Query(sql+" ORDER BY "+sort+order+", r.id"+order+" LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	var lines []RosterLine
	for rows.Next() {
		var n RosterLine
		err := rows.Scan(&n.ID, &n.Person, &n.Name, &n.Email, &n.Job, &n.Team, &n.Group, &n.StaffNumber, &n.Status, &n.Done, &n.Until,
			&n.Due, &n.Since, &n.LeftAt, &n.LeftOn, &n.Modules, &n.sort)
		if err != nil {
			return nil, store.Explain(err)
		}
		lines = append(lines, n)
	}
	return lines, store.Explain(rows.Err())
}
