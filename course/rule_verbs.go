package course

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// AddRule puts a rule of the agency into force, for as many people as its maker
// was shown, and for as many to be asked no more: when it is another number by now,
// the problem is Conflict
// (course.rule.count, with Shown and Count) and nothing was done; so it is when a rule
// in force asks the very same already (course.rule.same). A rule that
// replaces another ends that one. Problems of the form are those of clean; no such
// rule to replace is problem.NotFound.
func (s *School) AddRule(ctx context.Context, v people.Viewer, scope people.OrganisationScope, r Rule, shown, dropped int) (id string, err error) {
	err = s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		id, err = s.AddRuleIn(tx, scope, r, shown, dropped)
		return err
	})
	return id, err
}

// AddRuleIn is AddRule within a transaction that somebody has opened already.
func (s *School) AddRuleIn(tx store.Tx, scope people.OrganisationScope, r Rule, shown, dropped int) (string, error) {
	r.Place = scope
	r, err := s.clean(tx.Rx, r)
	if err != nil {
		return "", err
	}
	if err := oneRule(tx.Rx, r); err != nil {
		return "", err
	}
	n, err := r.count(tx.Rx)
	if err != nil {
		return "", err
	}
	if n != shown {
		return "", problem.New(problem.Conflict, "course.rule.count", "Shown", shown, "Count", n)
	}
	if _, err := replaced(tx.Rx, scope, r); err != nil {
		return "", err
	}
	if n, _, err := r.dropped(tx.Rx, i18n.EN); err != nil {
		return "", err
	} else if n != dropped {
		return "", problem.New(problem.Conflict, "course.rule.count_dropped", "Shown", dropped, "Count", n)
	}
	r.ID = tx.NewID()
	if err := insertRule(tx, r); err != nil {
		return "", err
	}
	if r.Replaces != "" {
		if err := insertRuleState(tx, r.Replaces, Ended, ""); err != nil {
			return "", err
		}
	}
	return r.ID, audit.Record(tx, "course.rule_added", "rule:"+r.ID, r.detail(n))
}

// oneRule refuses a rule that asks what another asks already, of the same people by the
// same days, as a form that was sent twice would.
func oneRule(rx store.Rx, r Rule) error {
	rules, err := rulesIn(rx, r.Place.Organisation(), r.Place.Board())
	if err != nil {
		return err
	}
	for _, o := range rules {
		if o.State != Ended && o.ID != r.Replaces && o.Course == r.Course && slices.Equal(o.Parts, r.Parts) && slices.Equal(o.Chosen, r.Chosen) &&
			o.Team == r.Team && o.Job == r.Job && o.Group == r.Group && o.SinceFrom == r.SinceFrom && o.Schedule == r.Schedule {
			return problem.New(problem.Conflict, "course.rule.same")
		}
	}
	return nil
}

// detail is what the record keeps of a rule.
func (r *Rule) detail(people int) map[string]any {
	d := map[string]any{"course": r.Course, "people": people, "timing": string(r.Basis), "days": r.Days, "every_months": r.EveryMonths, "grace_days": r.GraceDays}
	for name, value := range map[string]string{"parts": strings.Join(r.Parts, " "), "team": r.Team, "job_role": string(r.Job), "group": string(r.Group),
		"since_from": string(r.SinceFrom), "on_day": string(r.Day), "window_from": r.From, "window_to": r.To, "rule": r.Replaces} {
		if value != "" {
			d[name] = value
		}
	}
	return d
}

// mostReason is the longest reason, in characters.
const mostReason = 300

// SetRuleState pauses a rule, takes it up again or ends it, with a reason that the
// agency reads. What is so already changes nothing; a rule that ended does not come
// back (problem.Conflict); no reason is problem.Invalid with the field reason, no
// such state with state; no such rule is problem.NotFound.
func (s *School) SetRuleState(ctx context.Context, v people.Viewer, scope people.OrganisationScope, id string, state RuleState, reason string) error {
	verb := map[RuleState]string{Active: "course.rule_resumed", Paused: "course.rule_paused", Ended: "course.rule_ended"}[state]
	if verb == "" {
		return problem.InvalidField("state", "course.rule.state", "States", fmt.Sprintf("%s, %s, %s", Active, Paused, Ended))
	}
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		r, err := ruleIn(tx.Rx, scope, id)
		if err != nil || r.State == state {
			return err
		}
		if r.State == Ended {
			return problem.New(problem.Conflict, "course.rule.ended_already")
		}
		reason, err := cleanReason(reason)
		if err != nil {
			return err
		}
		if err := insertRuleState(tx, id, state, reason); err != nil {
			return err
		}
		return audit.Record(tx, verb, "rule:"+id, map[string]any{"reason": reason})
	})
}

// cleanReason returns a reason as it will be kept, or problem.Invalid with the
// field reason.
func cleanReason(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || utf8.RuneCountInString(s) > mostReason || !utf8.ValidString(s) {
		return "", problem.InvalidField("reason", "course.rule.reason", "MostReason", mostReason)
	}
	return s, nil
}

// filter asks a roster for those of whom a rule asks something.
func (r *Rule) filter() RosterFilter {
	return RosterFilter{Team: r.Team, Job: r.Job, Group: r.Group, planned: r}
}

// count is of how many a rule asks something now, as its plan says it.
func (r *Rule) count(rx store.Rx) (int, error) {
	q, err := r.filter().query(rx, r.Place, r.Course)
	if err != nil {
		return 0, err
	}
	counts, err := q.counts(rx)
	return total(counts), err
}

// countUnknown is how many of them nobody said of since when they work there.
func (r *Rule) countUnknown(rx store.Rx) (n int, err error) {
	where, args, err := r.where(rx)
	if err != nil {
		return 0, err
	}
	err = rx.Raw("SELECT count(*) FROM roster WHERE organisation_id = ? AND board_id = ? AND works_since = '' AND "+where,
		append([]any{r.Place.Organisation(), r.Place.Board()}, args...)...).Scan(&n).Error
	return n, store.Explain(err)
}

// RuleChange is a line of a rule's history.
type RuleChange struct {
	State  RuleState
	Reason string
	At     store.Time
	By     string // person's id; "" for the program
}

// RuleInForce is a rule as its agency sees it.
type RuleInForce struct {
	Rule
	Asked   int // of how many it asks something now; of one that is paused, would
	History []RuleChange
	By      string // the id of the rule that replaced it
}

// Rules returns the rules of an agency, the newest first, without their history.
func (s *School) Rules(ctx context.Context, scope people.OrganisationScope) ([]RuleInForce, error) {
	rx := s.db.Read(ctx)
	rules, err := rulesFor(rx, scope)
	if err != nil {
		return nil, err
	}
	var asked []struct {
		RuleID string
		N      int
	}
	err = rx.Raw(`SELECT a.rule_id, a.n FROM course_rules r JOIN course_rule_tallies a ON a.rule_id = r.id WHERE r.organisation_id = ? AND r.board_id = ?`, scope.Organisation(), scope.Board()).Scan(&asked).Error
	all := make([]RuleInForce, len(rules))
	for i, r := range rules {
		at := &all[len(rules)-1-i]
		at.Rule, at.Place = *r, scope
		for _, a := range asked {
			if a.RuleID == r.ID {
				at.Asked = a.N
			}
		}
	}
	for i := range all {
		at := &all[i]
		if at.State == Paused && !at.byName && err == nil { // nobody was asked or let go since it was paused
			at.Asked, err = at.count(rx)
		}
		for _, r := range rules {
			if r.Replaces == at.ID {
				at.By = r.ID
			}
		}
	}
	return all, store.Explain(err)
}

// RuleOf returns a rule of the agency with its history, the newest first, or
// problem.NotFound.
func (s *School) RuleOf(ctx context.Context, scope people.OrganisationScope, id string) (RuleInForce, error) {
	rules, err := s.Rules(ctx, scope)
	if err != nil {
		return RuleInForce{}, err
	}
	for _, r := range rules {
		if r.ID == id {
			err := s.db.Read(ctx).Raw("SELECT state, reason, at, by_id AS by FROM course_rule_states WHERE rule_id = ? ORDER BY n DESC", id).Scan(&r.History).Error
			return r, store.Explain(err)
		}
	}
	return RuleInForce{}, problem.New(problem.NotFound, "course.not_found")
}
