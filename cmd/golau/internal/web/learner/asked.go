package learner

import (
	"fmt"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
)

// askedPart is what the viewer's agencies ask of them, on the pages of a course.
type askedPart struct {
	Course string // slug
	course.Duties
	What []string // beside each, in words
}

// asked gathers what is asked of the viewer in a course.
func (r *Room) asked(c *web.Context, v people.Viewer, of string) (a askedPart, err error) {
	a.Course = of
	if a.Duties, err = r.School.DutiesOf(c.Request().Context(), v, of); err != nil {
		return a, err
	}
	for _, d := range a.Duties.Asked {
		what := c.T("lead.rule.what_whole")
		if len(d.Rule.Parts) > 0 {
			var names []string
			for _, p := range d.Rule.Parts {
				if m, ok := r.School.Library().Module(p); ok {
					names = append(names, fmt.Sprintf("%d. %s", m.Number, m.Title.In(c.Lang)))
				}
			}
			what = strings.Join(names, "; ")
		}
		a.What = append(a.What, what)
	}
	return a, nil
}

// takeAgain begins a course anew.
func (r *Room) takeAgain(c *web.Context, v people.Viewer) error {
	if err := r.School.TakeAgain(c.Request().Context(), v, c.Param("course")); err != nil {
		return err
	}
	return c.Go("/learn/" + c.Param("course"))
}
