package course

import (
	"context"
	"encoding/json"
	"slices"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// mostMore is by how many days from today the day may be put off. Whoever needs
// longer is exempted, which the board may have to countersign.
const mostMore = 28

// mostGiven is how many may be given more time at a once.
const mostGiven = 2000

// MoreTime is what a lead gives: until a day, for what a rule asks, to those whom a
// filter wants or, where somebody is named, to these.
type MoreTime struct {
	Rule   string // id
	Until  due.Day
	Reason string
	Filter RosterFilter
	Named  []string // positions
}

// MoreTimePlan is to whom it would be given.
type MoreTimePlan struct {
	Rule     Rule
	Until    due.Day
	Matching int // whom the filter wants, or who is named
	// Who of them is left out: it is not asked of them, or they have nothing to do;
	// they did it before, and it runs out on its day; they had more time once; they
	// have that day or a later one.
	Nothing, Renewal, Once, Later int
	To                            []MoreTimeFor
}

// MoreTimeFor is one of those to whom more time would be given.
type MoreTimeFor struct {
	Position, Name string
	Assignment     Assignment
}

// PlanMoreTime says to whom more time would be given. A day that is no day, not after
// today or more than four weeks away is Invalid with the field "until", a rule that is
// none of theirs or not in force with "rule"; more people than may be given time at
// once is Conflict.
func (s *School) PlanMoreTime(ctx context.Context, scope people.OrganisationScope, m MoreTime) (MoreTimePlan, error) {
	return s.planMoreTime(s.db.Read(ctx), scope, m)
}

func (s *School) planMoreTime(rx store.Rx, scope people.OrganisationScope, m MoreTime) (n MoreTimePlan, err error) {
	fields := map[string]string{}
	r, err := ruleIn(rx, scope, m.Rule)
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return n, err
	}
	if err != nil || r.State != Active {
		fields["rule"] = "course.more_time.rule"
	}
	today := due.DayOf(rx.Now().Time)
	until, err := dayOf(m.Until)
	if err != nil || until <= today || until > today.Plus(0, mostMore) {
		fields["until"] = "course.more_time.until"
	}
	if len(fields) > 0 {
		wrong := problem.New(problem.Invalid, "course.rule.invalid", "Most", mostMore)
		wrong.Fields = fields
		return n, wrong
	}
	n.Rule, n.Until = *r, until
	wanted, err := m.wanted(rx, scope, s.courses[0].Slug)
	if err != nil {
		return n, err
	}
	if n.Matching = len(wanted); n.Matching > mostGiven {
		return n, problem.New(problem.Conflict, "course.more_time.many", "Most", mostGiven)
	}
	for _, w := range wanted {
		if err := s.planFor(rx, w, &n); err != nil {
			return n, err
		}
	}
	return n, nil
}

// whoseTime is somebody who is wanted.
type whoseTime struct{ ID, Person, Name string }

// wanted reads those who are named or whom the filter wants, in the order of their
// names.
func (m MoreTime) wanted(rx store.Rx, scope people.OrganisationScope, course string) (all []whoseTime, err error) {
	ids := m.Named
	if len(ids) == 0 {
		q, err := m.Filter.query(rx, scope, course)
		if err != nil {
			return nil, err
		}
		some, err := q.statuses(rx)
		if err != nil {
			return nil, err
		}
		for _, w := range some {
			ids = append(ids, w.ID)
		}
	}
	list, err := json.Marshal(ids[:min(len(ids), mostGiven+1)])
	if err != nil {
		return nil, err
	}
	within, args := scope.Within("r")
	err = rx.Raw(`SELECT r.id, r.person_id AS person, r.name FROM json_each(?) j CROSS JOIN roster r ON r.id = j.value
		WHERE r.organisation_id = ? AND r.board_id = ? AND r.left_at IS NULL AND `+within+" ORDER BY r.name, r.id",
		slices.Concat([]any{string(list), scope.Organisation(), scope.Board()}, args)...).Scan(&all).Error
	return all, store.Explain(err)
}

// planFor counts one of them in.
func (s *School) planFor(rx store.Rx, w whoseTime, n *MoreTimePlan) error {
	asked, err := s.undone(rx, w.ID, w.Person)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(asked, func(a Asked) bool { return a.Rule.ID == n.Rule.ID })
	switch {
	case i < 0:
		n.Nothing++
	case asked[i].DoneBefore != "":
		n.Renewal++
	case asked[i].Planned != "":
		n.Once++
	case asked[i].Assignment.Due >= n.Until:
		n.Later++
	default:
		n.To = append(n.To, MoreTimeFor{w.ID, w.Name, asked[i].Assignment})
	}
	return nil
}
