package course

import (
	"strings"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// Exemption lets somebody off what a rule asks of them, or off a whole course,
// until a day. It is kept apart from what was learnt.
type Exemption struct {
	ID       string
	Position string // id
	Person   string // id
	Name     string // theirs
	Agency   string // id of the organisation
	Course   string
	Rule     string   // id; "" = whatever is asked of the course
	Parts    []string // the modules that the rule asks, none = the whole course
	Until    due.Day  // its last day
	Reason   string   // "" once it was emptied
	Reviewer string   // person's id
	Created  store.Time
	By       string // person's id
	State    ExemptionState
	Answer   ExemptionAnswer // the newest; zero where none was given

	needsBoard bool
}

// ExemptionAnswer is what became of an exemption, who says so and why.
type ExemptionAnswer struct {
	Answer, Reason string
	At             store.Time
	By             string // person's id
}

// ExemptionState says whether an exemption counts.
type ExemptionState string

// The states of an exemption. One alone counts.
const (
	ExemptionInForce   ExemptionState = "in_force"
	ExemptionWaiting   ExemptionState = "waiting" // for the board's countersignature
	ExemptionDeclined  ExemptionState = "declined"
	ExemptionTakenBack ExemptionState = "taken_back"
	ExemptionOver      ExemptionState = "over"
)

// What may be answered to an exemption.
const (
	countersigned = "countersigned"
	declined      = "declined"
	takenBack     = "taken_back"
)

// stateOn is the state on a day.
func (e Exemption) stateOn(today due.Day) ExemptionState {
	switch {
	case e.Answer.Answer == declined:
		return ExemptionDeclined
	case e.Answer.Answer == takenBack:
		return ExemptionTakenBack
	case today > e.Until:
		return ExemptionOver
	case e.needsBoard && e.Answer.Answer != countersigned:
		return ExemptionWaiting
	}
	return ExemptionInForce
}

const selectExemptions = `SELECT e.id, e.position_id, p.person_id, p.name, p.organisation_id, e.course, coalesce(e.rule_id, ''), coalesce(u.parts, ''), e.until_on, e.reason, e.reviewer_id,
		e.needs_board, e.created_at, e.created_by, coalesce(a.answer, ''), coalesce(a.reason, ''), a.at, coalesce(a.by_id, '')
	FROM course_exemptions e JOIN roster p ON p.id = e.position_id LEFT JOIN course_rules u ON u.id = e.rule_id
	LEFT JOIN course_exemption_answers a ON a.exemption_id = e.id AND a.n = (SELECT max(n) FROM course_exemption_answers x WHERE x.exemption_id = e.id) `

func readExemptions(rx store.Rx, where string, args ...any) (all []Exemption, err error) {
	rows, err := rx.Query(selectExemptions+where, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	today := due.DayOf(rx.Now().Time)
	for rows.Next() {
		var e Exemption
		var parts string
		err := rows.Scan(&e.ID, &e.Position, &e.Person, &e.Name, &e.Agency, &e.Course, &e.Rule, &parts, &e.Until, &e.Reason, &e.Reviewer,
			&e.needsBoard, &e.Created, &e.By, &e.Answer.Answer, &e.Answer.Reason, &e.Answer.At, &e.Answer.By)
		if err != nil {
			return nil, store.Explain(err)
		}
		e.Parts, e.State = strings.Fields(parts), e.stateOn(today)
		all = append(all, e)
	}
	return all, store.Explain(rows.Err())
}

// letOff are the last days on which somebody is let off at their work, by course
// and rule; of a whole course the rule is "".
type letOff map[[2]string]due.Day

// until is the last day on which a rule asks nothing; "" = it asks.
func (l letOff) until(r *Rule) due.Day {
	return max(l[[2]string{r.Course, ""}], l[[2]string{r.Course, r.ID}])
}

// letOffQuery reads what counts. What a rule is let off, the one that takes its
// place is let off too. Whoever has left is asked nothing, and let off nothing.
const letOffQuery = `WITH RECURSIVE off AS (
	SELECT e.course, coalesce(e.rule_id, '') AS rule, e.until_on FROM course_exemptions e JOIN roster p ON p.id = e.position_id
	WHERE e.position_id = ? AND p.left_at IS NULL AND coalesce((SELECT a.answer FROM course_exemption_answers a WHERE a.exemption_id = e.id ORDER BY a.n DESC LIMIT 1),
		CASE e.needs_board WHEN 1 THEN 'waiting' ELSE 'countersigned' END) = 'countersigned'
	UNION SELECT off.course, r.id, off.until_on FROM off JOIN course_rules r ON r.replaces_id = off.rule)
	SELECT course, rule, max(until_on) FROM off GROUP BY course, rule`

func letOffAt(rx store.Rx, position string) (letOff, error) {
	rows, err := rx.Query(letOffQuery, position)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	off := letOff{}
	for rows.Next() {
		var of [2]string
		var until due.Day
		if err := rows.Scan(&of[0], &of[1], &until); err != nil {
			return nil, store.Explain(err)
		}
		off[of] = until
	}
	return off, store.Explain(rows.Err())
}

// inAgency are the exemptions of people who work in what the scope holds.
func inAgency(scope people.OrganisationScope) (where string, args []any) {
	within, of := scope.Within("p")
	return "WHERE p.organisation_id = ? AND p.board_id = ? AND p.left_at IS NULL AND " + within, append([]any{scope.Organisation(), scope.Board()}, of...)
}
