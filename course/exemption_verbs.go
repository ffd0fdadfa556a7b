package course

import (
	"context"
	"strings"

	"golau/course/due"
	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// mostExempt is for how many months somebody can be let off at most.
const mostExempt = 12

// ExemptionForm is what a lead says to let somebody off.
type ExemptionForm struct {
	Rule     string // id; "" = whatever is asked of the course
	Until    due.Day
	Reason   string
	Reviewer string // e-mail address of somebody who works there; "" = whoever lets them off
}

// Exempt lets somebody of the agency off what is asked of them in a course. Where
// the policy of the board asks for it, it counts once the board has countersigned.
//
// No such position, and one that was left, is problem.NotFound; oneself, where
// nobody countersigns, is problem.Conflict; the form is problem.Invalid with the
// fields rule, until, reason, reviewer.
func (s *School) Exempt(ctx context.Context, v people.Viewer, scope people.OrganisationScope, position, course string, f ExemptionForm) (id string, err error) {
	err = s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		p, err := people.PositionIn(tx.Rx, scope, position)
		if err == nil && !p.Left.IsZero() {
			err = problem.New(problem.NotFound, "course.not_found")
		}
		if err != nil {
			return err
		}
		countersigns, err := people.Countersigns(tx.Rx, scope.Board())
		if err != nil {
			return err
		}
		if p.Person == v.Person && !countersigns {
			return problem.New(problem.Conflict, "course.exemption.own")
		}
		f, reviewer, err := s.cleanExemption(tx.Rx, v, scope, p, course, f)
		if err != nil {
			return err
		}
		if err := oneExemption(tx.Rx, position, course, f); err != nil {
			return err
		}
		var rule any
		if f.Rule != "" {
			rule = f.Rule
		}
		id = tx.NewID()
		err = tx.Exec(`INSERT INTO course_exemptions (id, position_id, course, rule_id, until_on, reason, reviewer_id, needs_board, created_at, created_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, position, course, rule, f.Until, f.Reason, reviewer, countersigns, tx.Now, tx.By.Person).Error
		if err != nil {
			return err
		}
		if err := s.SettleIn(tx, []string{position}); err != nil {
			return err
		}
		e := Exemption{Person: p.Person, Position: position, Course: course, Rule: f.Rule, Until: f.Until}
		return audit.Record(tx, "course.exempted", "person:"+p.Person, e.detail("reviewer", reviewer))
	})
	return id, err
}

// detail is what the record keeps of an exemption. The reason, which is about
// somebody, stays in its row.
func (e Exemption) detail(more ...string) map[string]any {
	d := map[string]any{"position": e.Position, "course": e.Course, "until": string(e.Until)}
	if e.Rule != "" {
		d["rule"] = e.Rule
	}
	for i := 0; i < len(more); i += 2 {
		d[more[i]] = more[i+1]
	}
	return d
}

// cleanExemption returns the form as it is kept, with the reviewer's id.
func (s *School) cleanExemption(rx store.Rx, v people.Viewer, scope people.OrganisationScope, p people.Position, course string, f ExemptionForm) (ExemptionForm, string, error) {
	fields := map[string]string{}
	if _, err := s.Course(course); err != nil {
		return f, "", err
	}
	if f.Rule != "" {
		r, err := ruleIn(rx, scope, f.Rule)
		if err != nil && problem.KindOf(err) != problem.NotFound {
			return f, "", err
		}
		if err != nil || r.State == Ended || r.Course != course {
			fields["rule"] = "course.exemption.rule"
		}
	}
	today := due.DayOf(rx.Now().Time)
	until, err := dayOf(f.Until)
	if f.Until = until; err != nil || until < today || until > today.Plus(mostExempt, 0) {
		fields["until"] = "course.exemption.until"
	}
	reason, err := cleanReason(f.Reason)
	if f.Reason = reason; err != nil {
		fields["reason"] = "course.rule.reason"
	}
	reviewer := v.Person
	if email := strings.TrimSpace(f.Reviewer); email != "" && !strings.EqualFold(email, v.Email) {
		if reviewer, err = people.WorksAt(rx, scope, email); problem.KindOf(err) == problem.NotFound && err != nil {
			fields["reviewer"] = "course.exemption.reviewer"
		} else if err != nil {
			return f, "", err
		}
	}
	if reviewer == p.Person {
		fields["reviewer"] = "course.exemption.reviewer_own"
	}
	if len(fields) > 0 {
		wrong := problem.New(problem.Invalid, "course.rule.invalid", "MostReason", mostReason)
		wrong.Fields = fields
		return f, "", wrong
	}
	return f, reviewer, nil
}

// oneExemption refuses a second one of the same until the same day, as a form that was
// sent twice asks for: problem.Conflict.
func oneExemption(rx store.Rx, position, course string, f ExemptionForm) error {
	all, err := readExemptions(rx, "WHERE e.position_id = ? AND e.course = ? AND coalesce(e.rule_id, '') = ? AND e.until_on = ?", position, course, f.Rule, f.Until)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.State == ExemptionWaiting || e.State == ExemptionInForce {
			return problem.New(problem.Conflict, "course.exemption.same")
		}
	}
	return nil
}

// TakeBackExemption ends an exemption of the agency, which counts no more. One that
// is over, declined or taken back is problem.Conflict; another agency's is
// problem.NotFound.
func (s *School) TakeBackExemption(ctx context.Context, v people.Viewer, scope people.OrganisationScope, id string) error {
	where, args := inAgency(scope)
	return s.answerExemption(ctx, v, takenBack, "", where+" AND e.id = ?", append(args, id)...)
}

// AnswerExemption countersigns an exemption that waits for the board, or declines
// it with a reason. One that does not wait is problem.Conflict, and so is one that
// the officer gave or is about themselves; no reason to decline is problem.Invalid
// with the field reason; another board's is problem.NotFound.
func (s *School) AnswerExemption(ctx context.Context, v people.Viewer, scope people.BoardScope, id string, agreed bool, reason string) error {
	answer := countersigned
	if !agreed {
		answer = declined
		var err error
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
	} else {
		reason = ""
	}
	return s.answerExemption(ctx, v, answer, reason, "WHERE p.board_id = ? AND p.left_at IS NULL AND e.id = ?", scope.Board(), id)
}

func (s *School) answerExemption(ctx context.Context, v people.Viewer, answer, reason, where string, args ...any) error {
	verb := map[string]string{countersigned: "course.exemption_countersigned", declined: "course.exemption_declined", takenBack: "course.exemption_taken_back"}[answer]
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		found, err := readExemptions(tx.Rx, where, args...)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return problem.New(problem.NotFound, "course.not_found")
		}
		e := found[0]
		switch {
		case answer == takenBack && e.State != ExemptionInForce && e.State != ExemptionWaiting, answer != takenBack && e.State != ExemptionWaiting:
			return problem.New(problem.Conflict, "course.exemption.answered")
		case answer != takenBack && (e.By == v.Person || e.Person == v.Person):
			return problem.New(problem.Conflict, "course.exemption.own")
		}
		err = tx.Exec(`INSERT INTO course_exemption_answers (exemption_id, n, answer, reason, at, by_id)
			SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5 FROM course_exemption_answers WHERE exemption_id = ?1`, e.ID, answer, reason, tx.Now, tx.By.Person).Error
		if err != nil {
			return err
		}
		if err := s.SettleIn(tx, []string{e.Position}); err != nil {
			return err
		}
		return audit.Record(tx, verb, "person:"+e.Person, e.detail())
	})
}
