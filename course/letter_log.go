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

// Deferred says whether it came later than planned.
func (l LetterLine) Deferred() bool { return l.PlannedOn < l.Day }

// mostFailed is how many of those that were given up are looked for.
const mostFailed = 1000

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
		if failed, err = outbox.FailedKeys(rx, Reminded, mostFailed); err != nil {
			return nil, "", err
		}
	}
	failed = append(failed, "-") // no list is empty in SQL
	switch state {
	case LetterSent, LetterSilent:
		and("l.outcome = ?", state)
	case LetterDeferred:
		and("l.planned_on < l.day")
	case LetterFailed:
		and("l.outcome = '' AND l.id IN ?", failed)
	case LetterWaits:
		and("l.outcome = '' AND l.id NOT IN ?", failed)
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
