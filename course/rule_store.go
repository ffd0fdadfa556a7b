package course

import (
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

const selectRules = `SELECT r.id, r.organisation_id, r.board_id, r.course, r.parts, coalesce(r.team_id, ''), r.job_role, r.training_group, r.since_from,
		r.basis, r.days, r.on_day, r.window_from, r.window_to, r.every_months, r.grace_days, coalesce(r.replaces_id, ''), r.created_at, r.chosen,
		(SELECT t.state FROM course_rule_states t WHERE t.rule_id = r.id ORDER BY t.n DESC LIMIT 1) AS state
	FROM course_rules r`

const ofAgency = " WHERE r.organisation_id = ? AND r.board_id = ?"

// rulesIn returns every rule of an agency under a board, ended ones too, the
// oldest first.
func rulesIn(rx store.Rx, organisation, board string) ([]*Rule, error) {
	return readRules(rx, selectRules+ofAgency+" ORDER BY r.created_at, r.id", organisation, board)
}

// rulesAsking returns those that ask something of somebody still, without whom they
// name: ended ones only grow in number.
func rulesAsking(rx store.Rx, organisation, board string) (rules []*Rule, err error) {
	return scanRules(rx, "SELECT * FROM ("+selectRules+ofAgency+` ORDER BY r.created_at, r.id) AS r
		WHERE state <> 'ended' OR EXISTS (SELECT 1 FROM course_assignments a WHERE a.rule_id = r.id AND a.ended_at IS NULL)`, organisation, board)
}

// CountRules is how many rules ask people of an agency something, or did until they
// were paused; under whichever board.
func CountRules(rx store.Rx, organisation string) (n int, err error) {
	err = rx.Raw(`SELECT count(*) FROM course_rules u WHERE u.organisation_id = ?
		AND (SELECT t.state FROM course_rule_states t WHERE t.rule_id = u.id ORDER BY t.n DESC LIMIT 1) <> 'ended'`, organisation).Scan(&n).Error
	return n, store.Explain(err)
}

// rulesFor returns the rules that the scope holds, the oldest first: of a part of an
// agency, those about its teams, and those about people chosen there by name.
func rulesFor(rx store.Rx, scope people.OrganisationScope) ([]*Rule, error) {
	rules, err := rulesIn(rx, scope.Organisation(), scope.Board())
	if err != nil || scope.IsWhole() {
		return rules, err
	}
	teams, err := people.Teams(rx, scope, i18n.EN)
	if err != nil {
		return nil, err
	}
	var within []*Rule
	for _, r := range rules {
		holds := slices.ContainsFunc(teams, func(t people.Team) bool { return t.ID == r.Team })
		for i, id := range r.Chosen {
			_, err := people.PositionIn(rx, scope, id)
			if err != nil && problem.KindOf(err) != problem.NotFound {
				return nil, err
			}
			holds = err == nil && (i == 0 || holds)
		}
		if holds {
			within = append(within, r)
		}
	}
	return within, nil
}

// ruleIn returns a rule that the scope holds, or problem.NotFound.
func ruleIn(rx store.Rx, scope people.OrganisationScope, id string) (*Rule, error) {
	rules, err := rulesFor(rx, scope)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rules, func(r *Rule) bool { return r.ID == id })
	if i < 0 {
		return nil, problem.New(problem.NotFound, "course.not_found")
	}
	return rules[i], nil
}

func readRules(rx store.Rx, query string, args ...any) (rules []*Rule, err error) {
	if rules, err = scanRules(rx, query, args...); err != nil {
		return nil, err
	}
	return rules, readChosen(rx, rules)
}

// scanRules reads rules without whom they name.
func scanRules(rx store.Rx, query string, args ...any) (rules []*Rule, err error) {
	rows, err := rx.Query(query, args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r Rule
		var organisation, board, parts string
		err := rows.Scan(&r.ID, &organisation, &board, &r.Course, &parts, &r.Team, &r.Job, &r.Group, &r.SinceFrom,
			&r.Basis, &r.Days, &r.Day, &r.From, &r.To, &r.EveryMonths, &r.GraceDays, &r.Replaces, &r.Created, &r.byName, &r.State)
		if err != nil {
			return nil, store.Explain(err)
		}
		r.Parts = strings.Fields(parts)
		rules = append(rules, &r)
	}
	return rules, store.Explain(rows.Err())
}

// readChosen fills in of whom rules ask by name.
func readChosen(rx store.Rx, rules []*Rule) error {
	for _, r := range rules {
		if !r.byName {
			continue
		}
		if err := rx.Raw("SELECT position_id FROM course_rule_people WHERE rule_id = ? ORDER BY position_id", r.ID).Scan(&r.Chosen).Error; err != nil {
			return store.Explain(err)
		}
		slices.Sort(r.Chosen)
	}
	return nil
}

// insertRule keeps a rule, in force.
func insertRule(tx store.Tx, r Rule) error {
	orNull := func(id string) any {
		if id == "" {
			return nil
		}
		return id
	}
	err := tx.Exec(`INSERT INTO course_rules (id, organisation_id, board_id, course, parts, chosen, team_id, job_role, training_group, since_from,
			basis, days, on_day, window_from, window_to, every_months, grace_days, replaces_id, created_at, created_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Place.Organisation(), r.Place.Board(), r.Course, strings.Join(r.Parts, " "), len(r.Chosen) > 0, orNull(r.Team), r.Job, r.Group, r.SinceFrom,
		r.Basis, r.Days, r.Day, r.From, r.To, r.EveryMonths, r.GraceDays, orNull(r.Replaces), tx.Now, tx.By.Person).Error
	for _, id := range r.Chosen {
		if err == nil {
			err = tx.Exec("INSERT INTO course_rule_people (rule_id, position_id) VALUES (?, ?)", r.ID, id).Error
		}
	}
	if err != nil {
		return err
	}
	return insertRuleState(tx, r.ID, Active, "")
}

// insertRuleState adds to a rule's history, and has it reach everybody anew.
func insertRuleState(tx store.Tx, rule string, state RuleState, reason string) error {
	err := tx.Exec(`INSERT INTO course_rule_states (rule_id, n, state, reason, at, by_id)
		SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5 FROM course_rule_states WHERE rule_id = ?1`, rule, state, reason, tx.Now, tx.By.Person).Error
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO course_rule_spreads (rule_id, n) SELECT rule_id, max(n) FROM course_rule_states WHERE rule_id = ? GROUP BY rule_id
		ON CONFLICT (rule_id) DO UPDATE SET n = excluded.n`, rule).Error
}
