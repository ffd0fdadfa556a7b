package course

import (
	"context"
	"fmt"
	"slices"

	"golau/course/due"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// LetterState is what became of a letter.
type LetterState string

// The states of letters. One that is deferred came later than planned, whatever
// else it is.
const (
	LetterWaits    LetterState = "waiting"
	LetterSent     LetterState = "sent"
	LetterSilent   LetterState = "silent" // there was nothing to say any more
	LetterFailed   LetterState = "failed"
	LetterDeferred LetterState = "deferred" // only to ask for
)

// LetterStates lists what may be asked for.
var LetterStates = []LetterState{LetterSent, LetterDeferred, LetterWaits, LetterFailed, LetterSilent}

// LetterLine is a letter in the log of an agency.
type LetterLine struct {
	ID, PositionID, Name string
	Kind                 LetterKind
	Day, PlannedOn       due.Day
	PutAt, SaidAt        store.Time
	Outcome              string
	State                LetterState
	Answer               string // what the mail server said last, in a word; "" = nothing or yes
}

// Deferred says whether it came later than planned: put down on a later day, or sent
// on one, where nothing ran or nobody took it in between.
func (l LetterLine) Deferred() bool {
	return l.PlannedOn < l.Day || l.Outcome == string(LetterSent) && l.PlannedOn < due.DayOf(l.SaidAt.Time)
}

// wasDeferred is Deferred of a letter (l), in SQL. Letters go by day, when the date in
// London is that of UTC at any time of the year (due.MayRemind).
const wasDeferred = "(l.planned_on < l.day OR l.outcome = 'sent' AND l.planned_on < date(l.said_at / 1000000, 'unixepoch'))"

// Letters returns a page of the letters to those whom a scope holds, the newest first, behind what
// after says ("" = the newest), and what the next page asks for ("" = there is
// none); of one position, and in one state, where that is asked for.
func (s *School) Letters(ctx context.Context, scope people.OrganisationScope, position string, state LetterState, after string) (lines []LetterLine, next string, err error) {
	rx := s.db.Read(ctx)
	within, args := scope.Within("r")
	where := within + " AND l.organisation_id = ? AND l.board_id = ?"
	args = append(slices.Clone(args), scope.Organisation(), scope.Board())
	and := func(sql string, with ...any) { where += " AND " + sql; args = append(args, with...) }
	if position != "" {
		and("l.position_id = ?", position)
	}
	var failed []string
	if state == LetterFailed || state == LetterWaits {
		if failed, err = undelivered(rx, where, args); err != nil {
			return nil, "", err
		}
	}
	switch state {
	case LetterSent, LetterSilent:
		and("l.outcome = ?", state)
	case LetterDeferred:
		and(wasDeferred)
	case LetterFailed:
		and("l.outcome = '' AND l.id IN (SELECT value FROM json_each(?))", listed(failed))
	case LetterWaits:
		and("l.outcome = '' AND l.id NOT IN (SELECT value FROM json_each(?))", listed(failed))
	}
	var at int64
	var id string
	if n, _ := fmt.Sscanf(after, "%d.%s", &at, &id); n == 2 {
		and("(l.put_at, l.id) < (?, ?)", at, id)
	}
	err = rx.Raw(`SELECT l.id, l.position_id, r.name, l.kind, l.day, l.planned_on, l.put_at, l.said_at, l.outcome
		FROM course_letters l JOIN roster r ON r.id = l.position_id WHERE `+where+" ORDER BY l.put_at DESC, l.id DESC LIMIT ?", append(args, RosterPage+1)...).Scan(&lines).Error
	if err != nil {
		return nil, "", store.Explain(err)
	}
	if len(lines) > RosterPage {
		lines = lines[:RosterPage]
		last := lines[RosterPage-1]
		next = fmt.Sprint(last.PutAt.UnixMicro(), ".", last.ID)
	}
	return lines, next, became(rx, lines)
}

// became fills in what became of letters.
func became(rx store.Rx, lines []LetterLine) error {
	keys := make([]string, len(lines))
	for i, l := range lines {
		keys[i] = l.ID
	}
	jobs, err := outbox.OutcomesOf(rx, Reminded, keys)
	for i := range lines {
		l := &lines[i]
		job, kept := jobs[l.ID]
		switch {
		case l.Outcome != "":
			l.State = LetterState(l.Outcome)
		case job.Failed || !kept: // what waits is kept
			l.State, l.Answer = LetterFailed, job.Answer
		default:
			l.State, l.Answer = LetterWaits, job.Answer
		}
	}
	return err
}
