package lead

import (
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
)

// byRule says by which rule a list of people is narrowed.
type byRule struct {
	Told    *toldRule // nil where the viewer does not lead what it is about
	Without string    // address of the list without it
}

// narrowedBy names the rule by which the list is narrowed; nil where it is by none.
func (r *Room) narrowedBy(c *web.Context, scope people.OrganisationScope, at string, f course.RosterFilter) (*byRule, error) {
	if f.Rule == "" {
		return nil, nil
	}
	id := f.Rule
	f.Rule = ""
	n := &byRule{Without: ask(at, f, "")}
	rule, err := r.School.RuleOf(c.Request().Context(), scope, id)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return n, nil
	}
	if err != nil {
		return nil, err
	}
	tell, err := r.teller(c, scope)
	if err != nil {
		return nil, err
	}
	n.Told = &toldRule{rule, tell.words(rule.Rule)}
	return n, nil
}
