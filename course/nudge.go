package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// nudgeEvery is how many days must lie between two nudges of one person.
const nudgeEvery = 7

// mostNudged is how many may be nudged at a time.
const mostNudged = 2000

// Nudges says whom a nudge of those whom a filter wants would reach.
type Nudges struct {
	Matching int // whom the filter wants
	Lately   int // of them were nudged in the last seven days, by whomever
	Nothing  int // of them have nothing to do: done, let off, suspended, or nothing is asked
	To       []string
	Today    int // of To had a reminder today without a nudge, or will have
}

// Nudges says whom a nudge of those whom a filter wants would reach now.
func (s *School) Nudges(ctx context.Context, scope people.OrganisationScope, f RosterFilter) (n Nudges, err error) {
	rx := s.db.Read(ctx)
	asked, err := idsOf(rx, `SELECT a.position_id FROM course_rules u CROSS JOIN course_assignments a ON a.rule_id = u.id AND a.ended_at IS NULL
		WHERE u.organisation_id = ? AND u.board_id = ? AND (SELECT t.state FROM course_rule_states t WHERE t.rule_id = u.id ORDER BY t.n DESC LIMIT 1) = 'active'`,
		scope.Organisation(), scope.Board())
	if err != nil {
		return n, err
	}
	today := due.DayOf(rx.Now().Time)
	lately, err := idsOf(rx, "SELECT position_id FROM course_letters WHERE organisation_id = ? AND board_id = ? AND kind = ? AND day > ?",
		scope.Organisation(), scope.Board(), Nudge, today.Plus(0, -nudgeEvery))
	if err != nil {
		return n, err
	}
	reminded, err := remindedToday(rx, scope)
	if err != nil {
		return n, err
	}
	suspended, err := people.Suspended(rx, scope)
	if err != nil {
		return n, err
	}
	q, err := f.query(rx, scope, s.courses[0].Slug)
	if err != nil {
		return n, err
	}
	wanted, err := q.statuses(rx)
	for _, w := range wanted {
		n.Matching++
		switch {
		case w.Status == due.InDate || w.Status == due.Exempt || !asked[w.ID] || suspended[w.ID]:
			n.Nothing++
		case lately[w.ID]:
			n.Lately++
		default:
			n.To = append(n.To, w.ID)
			if reminded[w.ID] {
				n.Today++
			}
		}
	}
	return n, err
}

// remindedToday is who had a reminder today that nobody asked for, also one that was
// put down on a day before, or will have one still.
func remindedToday(rx store.Rx, scope people.OrganisationScope) (map[string]bool, error) {
	today := due.DayOf(rx.Now().Time)
	all, err := idsOf(rx, `SELECT position_id FROM course_letters WHERE organisation_id = ? AND board_id = ? AND kind = ?
		AND (day = ? AND outcome <> 'silent' OR outcome = 'sent' AND said_at >= ?)`,
		scope.Organisation(), scope.Board(), ToLearner, today, store.Time{Time: today.Begin()})
	if err != nil {
		return nil, err
	}
	day, next, err := nextReminders(rx)
	if err != nil || !next {
		return all, err
	}
	terms, err := comingTerms(rx, scope, day)
	for _, t := range terms {
		if t.own {
			all[t.position] = true
		}
	}
	return all, err
}

// NudgedLately says of those whom a scope holds on which day they were nudged in the
// last seven days, by whomever.
func (s *School) NudgedLately(ctx context.Context, scope people.OrganisationScope) (map[string]due.Day, error) {
	rx := s.db.Read(ctx)
	within, args := scope.WithinBy("r.team_id", "r.id")
	var all []struct {
		ID  string
		Day due.Day
	}
	err := rx.Raw("SELECT r.id, max(l.day) AS day FROM course_letters l JOIN roster r ON r.id = l.position_id WHERE l.organisation_id = ? AND l.board_id = ? AND l.kind = ? AND l.day > ? AND "+within+" GROUP BY r.id",
		append([]any{scope.Organisation(), scope.Board(), Nudge, due.DayOf(rx.Now().Time).Plus(0, -nudgeEvery)}, args...)...).Scan(&all).Error
	days := make(map[string]due.Day, len(all))
	for _, a := range all {
		days[a.ID] = a.Day
	}
	return days, store.Explain(err)
}

// idsOf reads a set of ids, by hand: there may be tens of thousands.
func idsOf(rx store.Rx, query string, args ...any) (map[string]bool, error) {
	rows, err := rx.Query(query, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	all := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, store.Explain(err)
		}
		all[id] = true
	}
	return all, store.Explain(rows.Err())
}

// NudgeAll nudges those whom a filter wants, if it reaches as many as its maker was
// shown: when it is another number by now, the problem is Conflict
// (course.nudge.count, with Shown and Count) and nobody was. More than may be nudged
// at a time is Conflict too. Killed in the middle, whoever had been nudged is left
// out the next time.
func (s *School) NudgeAll(ctx context.Context, v people.Viewer, scope people.OrganisationScope, f RosterFilter, shown int) error {
	n, err := s.Nudges(ctx, scope, f)
	if err != nil {
		return err
	}
	if len(n.To) != shown {
		return problem.New(problem.Conflict, "course.nudge.count", "Shown", shown, "Count", len(n.To))
	}
	if shown > mostNudged {
		return problem.New(problem.Conflict, "course.nudge.many", "Most", mostNudged)
	}
	first := true
	return store.Each(ctx, s.db, v.Actor("web"), n.To, func(tx store.Tx, id string) error {
		if _, err := s.nudge(tx, scope, id); err != nil || !first {
			return err
		}
		first = false
		return audit.Record(tx, "course.nudged", "organisation:"+scope.Organisation(), map[string]any{"people": shown, "board": scope.Board()})
	})
}

// NudgeOne nudges the holder of a position, whom the viewer leads or is the line
// manager of: the record tells the two apart. Whoever has nothing to do, or was nudged
// in the last seven days, is not: problem.Conflict.
func (s *School) NudgeOne(ctx context.Context, v people.Viewer, scope people.OrganisationScope, position string) error {
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		key, err := s.nudge(tx, scope, position)
		if err != nil {
			return err
		}
		if key != "" {
			return problem.New(problem.Conflict, key)
		}
		verb := "course.nudged"
		if scope.OfStaff() {
			verb = "course.nudged_by_manager"
		}
		return audit.Record(tx, verb, "position:"+position, map[string]any{"people": 1, "board": scope.Board()})
	})
}

// nudge puts a nudge down, or says by a key why not.
func (s *School) nudge(tx store.Tx, scope people.OrganisationScope, position string) (refused string, err error) {
	h, err := people.HolderIn(tx.Rx, scope, position)
	if err != nil {
		return "", err
	}
	today := due.DayOf(tx.Now.Time)
	var lately bool
	err = tx.Raw("SELECT EXISTS (SELECT 1 FROM course_letters WHERE position_id = ? AND kind = ? AND day > ?)", position, Nudge, today.Plus(0, -nudgeEvery)).Scan(&lately).Error
	if err != nil || lately {
		return "course.nudge.lately", store.Explain(err)
	}
	asked, err := s.toNudge(tx.Rx, position, h.Person)
	if err != nil || len(asked) == 0 || h.Left {
		return "course.nudge.nothing", err
	}
	return "", putLetter(tx, Nudge, position, today, today)
}

// toNudge is what somebody could be doing now: what is in date they need not.
func (s *School) toNudge(rx store.Rx, position, person string) ([]Asked, error) {
	asked, err := s.undone(rx, position, person)
	return slices.DeleteFunc(asked, func(a Asked) bool { return a.Status == due.InDate }), err
}
