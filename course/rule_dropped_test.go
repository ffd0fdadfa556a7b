package course

import (
	"slices"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// TestWhoIsAskedNoMoreIsShown: a rule in another's place says of how many it asks nothing
// any more, by name, and does nothing where that has changed since.
func TestWhoIsAskedNoMoreIsShown(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela := c.newcomer(t, "ela", "")
	c.newcomer(t, "nia", "")
	rule := c.put(t, border)
	c.moves(t, ela, people.PositionForm{JobRole: "border", Group: "B"})
	fewer := withCourse(border)
	fewer.Group, fewer.Replaces = "B", rule
	plan, err := c.school.Plan(t.Context(), c.scope, fewer, i18n.EN, "")
	c.newcomer(t, "lowri", "")
	c.newcomer(t, "llio", "")
	if err != nil || plan.Total != 1 || plan.Dropped != 1 || !slices.Equal(plan.DroppedNames, []string{"Newydd nia"}) {
		t.Fatalf("%+v, %v", plan, err)
	}
	for l, want := range map[i18n.Lang][]string{i18n.EN: {"Newydd llio", "Newydd lowri", "Newydd nia"}, i18n.CY: {"Newydd lowri", "Newydd llio", "Newydd nia"}} {
		if plan, err := c.school.Plan(t.Context(), c.scope, fewer, l, ""); err != nil || !slices.Equal(plan.DroppedNames, want) {
			t.Errorf("%s: %v, %v", l, plan.DroppedNames, err)
		}
	}
	_, err = c.school.AddRule(t.Context(), boss, c.scope, fewer, plan.Total, plan.Dropped)
	if p, ok := problem.As(err); !ok || p.Kind != problem.Conflict || p.Args["Shown"] != 1 || p.Args["Count"] != 3 {
		t.Errorf("%v", err)
	}
	if _, err := c.school.AddRule(t.Context(), boss, c.scope, fewer, plan.Total, 3); err != nil {
		t.Error(err)
	}
	fewer.Group = "C"
	if _, err := c.school.Plan(t.Context(), c.scope, fewer, i18n.EN, ""); problem.KindOf(err) != problem.Conflict {
		t.Errorf("in place of one that ended: %v", err)
	}
	fewer.Replaces = "nowhere"
	if _, err := c.school.Plan(t.Context(), c.scope, fewer, i18n.EN, ""); problem.KindOf(err) != problem.NotFound {
		t.Errorf("in place of one that is not there: %v", err)
	}
}

// TestAPausedRuleSaysWhomItWouldAsk: who came since it was paused is counted too; a rule
// in its place is said to ask at once.
func TestAPausedRuleSaysWhomItWouldAsk(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela := c.newcomer(t, "ela", "")
	rule := c.put(t, border)
	c.state(t, rule, Paused)
	c.newcomer(t, "nia", "")
	c.settle(t)
	said, err := c.school.RuleOf(t.Context(), c.scope, rule)
	if err != nil || said.Asked != 2 {
		t.Errorf("%+v, %v", said, err)
	}
	c.moves(t, ela, people.PositionForm{JobRole: "border", Group: "B"})
	fewer := withCourse(border)
	fewer.Group, fewer.Replaces = "B", rule
	if plan, err := c.school.Plan(t.Context(), c.scope, fewer, i18n.EN, ""); err != nil || !plan.Paused {
		t.Errorf("%+v, %v", plan, err)
	}
	c.state(t, rule, Active)
	c.settle(t)
	if again, err := c.school.RuleOf(t.Context(), c.scope, rule); err != nil || again.Asked != said.Asked {
		t.Errorf("%d when it was taken up again, of %d: %v", again.Asked, said.Asked, err)
	}
}
