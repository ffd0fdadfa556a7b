package course

import (
	"context"
	"strings"

	"golau/internal/people"
	"golau/internal/store"
)

// where is asks as the database works it out, over the view roster.
func (r *Rule) where(rx store.Rx) (sql string, args []any, err error) {
	sql, args = "left_at IS NULL", nil
	and := func(more string, with ...any) {
		sql += " AND " + more
		args = append(args, with...)
	}
	if len(r.Chosen) > 0 {
		in := make([]any, len(r.Chosen))
		for i, id := range r.Chosen {
			in[i] = id
		}
		and("id IN (?"+strings.Repeat(", ?", len(in)-1)+")", in...)
		return sql, args, nil
	}
	if r.Team != "" {
		teams, err := people.TeamsWithin(rx, r.Place, r.Team)
		if err != nil {
			return "", nil, err
		}
		and("team_id IN (?"+strings.Repeat(", ?", len(teams))+")", append([]any{r.Team}, teams...)...)
	}
	if r.Job != "" {
		and("job_role = ?", r.Job)
	}
	if r.Group != "" {
		and("training_group = ?", r.Group)
	}
	if r.SinceFrom != "" {
		and("works_since >= ?", r.SinceFrom) // '' is before every day
	}
	return sql, args, nil
}

// spreadRules lets every rule that changed reach those of whom it asks something
// now, and those of whom it asked. What was begun when the program ended is begun
// again: looking twice at somebody changes nothing. Rules that concern more people
// than most are left for later.
func (s *School) spreadRules(ctx context.Context, most int) error {
	rows := []struct {
		RuleID string
		N      int
	}{}
	rx := s.db.Read(ctx)
	if err := rx.Raw("SELECT rule_id, n FROM course_rule_spreads").Scan(&rows).Error; err != nil {
		return store.Explain(err)
	}
	for _, row := range rows {
		ids, err := reached(rx, row.RuleID)
		if err != nil {
			return err
		}
		if len(ids) > most {
			continue
		}
		if err := s.settleEach(ctx, ids); err != nil {
			return err
		}
		err = s.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
			return tx.Exec("DELETE FROM course_rule_spreads WHERE rule_id = ? AND n = ?", row.RuleID, row.N).Error
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reached are the positions that a rule may concern: everybody who works there, or
// those chosen by name, and whoever it asked something of.
func reached(rx store.Rx, rule string) (ids []string, err error) {
	err = rx.Raw(`SELECT r.id FROM course_rules u JOIN roster r ON r.organisation_id = u.organisation_id AND r.board_id = u.board_id
			WHERE u.id = ?1 AND u.chosen = 0 AND r.left_at IS NULL
				AND (u.job_role = '' OR r.job_role = u.job_role) AND (u.training_group = '' OR r.training_group = u.training_group)
		UNION SELECT position_id FROM course_rule_people WHERE rule_id = ?1
		UNION SELECT position_id FROM course_assignments WHERE rule_id = ?1 AND ended_at IS NULL`, rule).Scan(&ids).Error
	return ids, store.Explain(err)
}
