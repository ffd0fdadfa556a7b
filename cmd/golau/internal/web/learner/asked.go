package learner

import (
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
)

// askedPart is what the viewer's agencies ask of them, on the pages of a course.
type askedPart struct {
	Course string // slug
	course.Duties
	What   []string // beside each, in words
	Exempt []exemptLine
}

// exemptLine is what the viewer is let off, until when and by which agency.
type exemptLine struct {
	course.Exemption
	What   string
	Agency i18n.Text
}

// letOff gathers what the viewer is let off in a course. Why, is in their own data.
func (r *Room) letOff(c *web.Context, v people.Viewer, of string) (lines []exemptLine, err error) {
	own, err := r.School.OwnExemptions(c.Request().Context(), v, of)
	if err != nil {
		return nil, err
	}
	names := map[string]i18n.Text{}
	for _, m := range v.Memberships {
		names[m.Organisation.ID] = m.Organisation.Name
	}
	for _, e := range own {
		what := c.T("lead.exemption.whole")
		if e.Rule != "" {
			if what = r.School.Titles(e.Parts, c.Lang); what == "" {
				what = c.T("lead.rule.what_whole")
			}
		}
		lines = append(lines, exemptLine{e, what, names[e.Agency]})
	}
	return lines, err
}

// asked gathers what is asked of the viewer in a course.
func (r *Room) asked(c *web.Context, v people.Viewer, of string) (a askedPart, err error) {
	a.Course = of
	if a.Duties, err = r.School.DutiesOf(c.Request().Context(), v, of); err != nil {
		return a, err
	}
	if a.Exempt, err = r.letOff(c, v, of); err != nil {
		return a, err
	}
	for _, d := range a.Duties.Asked {
		what := c.T("lead.rule.what_whole")
		if len(d.Rule.Parts) > 0 {
			what = r.School.Titles(d.Rule.Parts, c.Lang)
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
