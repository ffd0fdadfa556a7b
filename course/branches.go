package course

import (
	"context"

	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/modules/scenario"
)

// FewestShown is of how many people at least something is told, and by how many
// more a figure moves: of fewer, what one of them chose could be guessed, or worked
// out from the page as it was before.
const FewestShown = 20

// Branching is how those who took a case branched out in it, the first time
// through.
type Branching struct {
	Module *modules.Module
	*scenario.Scenario
	Turns []BranchTurn
}

// BranchTurn is one decision, with a group for each kind of work of which enough
// people came there. Of the other kinds nothing is told, alone or together, and
// nothing of all people, from whom the others could be subtracted.
type BranchTurn struct {
	*scenario.Decision
	Groups []BranchGroup
}

// BranchGroup is people of one kind of work, the first twenty, forty, sixty … who
// came to a decision, and which percentage of them took each option, in the order
// of the file.
type BranchGroup struct {
	Job    people.JobRole
	People int
	Shares []int
}

// Branching counts for an author who went which way in a case; problem.Forbidden
// for whoever does not run the installation, problem.NotFound for no such case.
func (s *School) Branching(ctx context.Context, v people.Viewer, module, id string) (Branching, error) {
	if err := v.Require(people.SeeInstallation); err != nil {
		return Branching{}, err
	}
	b := Branching{}
	var ok bool
	if b.Module, ok = s.lib.Module(module); ok {
		b.Scenario, ok = b.Module.Case(id)
	}
	if !ok {
		return Branching{}, problem.New(problem.NotFound, "course.not_found")
	}
	rx := s.db.Read(ctx)
	taken, err := branchesOf(rx, module, id)
	if err != nil {
		return Branching{}, err
	}
	for i := range b.Decisions {
		d := &b.Decisions[i]
		b.Turns = append(b.Turns, BranchTurn{d, groups(d, taken[d.ID])})
	}
	return b, nil
}

// taken is an option that somebody of a kind of work took at a decision.
type taken struct {
	option string
	job    people.JobRole
}

// branchesOf reads what people took at each decision, in the order in which they
// did: the first time through, and in their first cycle.
func branchesOf(rx store.Rx, module, id string) (map[string][]taken, error) {
	rows, err := rx.Query(`SELECT c.decision, c.choice, c.job FROM course_case_choices c
		JOIN course_enrolments e ON e.id = c.enrolment_id
		WHERE c.module = ? AND c.scenario = ? AND c.run = 1 AND e.cycle = 1 ORDER BY c.rowid`, module, id)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	all := map[string][]taken{}
	for rows.Next() {
		var decision string
		var t taken
		if err := rows.Scan(&decision, &t.option, &t.job); err != nil {
			return nil, store.Explain(err)
		}
		all[decision] = append(all[decision], t)
	}
	return all, store.Explain(rows.Err())
}

// groups makes the groups of a decision that are large enough to be told of. Only
// whole twenties count: between two looks a figure stays, or moves by twenty
// people, never by one who can be named.
func groups(d *scenario.Decision, all []taken) (told []BranchGroup) {
	for _, job := range people.JobRoles {
		var options []string
		for _, t := range all {
			if t.job == job {
				options = append(options, t.option)
			}
		}
		n := len(options) / FewestShown * FewestShown
		if n == 0 {
			continue
		}
		g := BranchGroup{Job: job, People: n}
		for i := range d.Options {
			took := 0
			for _, option := range options[:n] {
				if option == d.Options[i].ID {
					took++
				}
			}
			g.Shares = append(g.Shares, (200*took+n)/(2*n)) // rounded
		}
		told = append(told, g)
	}
	return told
}
