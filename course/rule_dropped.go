package course

import (
	"slices"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// mostDropped is how many of those who would not be asked any more a plan names.
const mostDropped = 50

// replaced returns the rule in whose place another would stand, nil for none. One that
// the scope does not hold is problem.NotFound, one that ended problem.Conflict.
func replaced(rx store.Rx, scope people.OrganisationScope, r Rule) (*Rule, error) {
	if r.Replaces == "" {
		return nil, nil
	}
	old, err := ruleIn(rx, scope, r.Replaces)
	if err == nil && old.State == Ended {
		err = problem.New(problem.Conflict, "course.rule.ended_already")
	}
	return old, err
}

// dropped are those of whom the rule that it replaces asks something now and it would
// not: how many, and the first of them in the alphabet of a language.
func (r *Rule) dropped(rx store.Rx, l i18n.Lang) (n int, names []string, err error) {
	if r.Replaces == "" {
		return 0, nil, nil
	}
	q, err := r.filter().query(rx, r.Place, r.Course)
	if err != nil {
		return 0, nil, err
	}
	with := "SELECT s.position_id FROM course_standings s JOIN roster r ON r.id = s.position_id WHERE 1 = 1" + q.kept + q.roster
	from := " FROM course_assignments a JOIN roster p ON p.id = a.position_id WHERE a.rule_id = ? AND a.ended_at IS NULL AND a.position_id NOT IN (" + with + ")"
	args := slices.Concat([]any{r.Replaces}, q.keptArgs, q.rosterArgs)
	if err := rx.Raw("SELECT count(*)"+from, args...).Scan(&n).Error; err != nil || n == 0 {
		return n, nil, store.Explain(err)
	}
	err = rx.Raw("SELECT p.name"+from+" ORDER BY "+alphabet("p", l)+", p.id LIMIT ?", append(args, mostDropped)...).Scan(&names).Error
	return n, names, store.Explain(err)
}
