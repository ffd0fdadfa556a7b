package learner

import (
	"html/template"
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
)

// module leads to where the viewer is in a module.
func (r *Room) module(c *web.Context, v people.Viewer) error {
	o, err := r.School.Overview(c.Request().Context(), v, c.Param("course"))
	if err != nil {
		return err
	}
	st := statusOf(o, c.Param("module"))
	if st == nil {
		_, err := r.School.Lesson(c.Request().Context(), v, c.Param("course"), c.Param("module"), "")
		return err
	}
	if st.State == course.Finished {
		return c.Go("/learn/" + o.Course.Slug + "/" + st.Module.Slug + "/" + st.Module.Sections[0].ID)
	}
	return c.Go(stepPath(st.Next))
}

type sectionPage struct {
	web.Frame
	course.Lesson
	Base    string // path of the module
	Short   bool   // the shorter version was asked for
	JobRole string // whose words are open; the others' are folded
	Card    bool   // this is the last part, and the module has a card
}

// lessonMade is what a lesson is made of: the text, and how far its reader is.
type lessonMade struct {
	at, edition string // the section, and the edition of its words
	short       bool
	job         string
	read        string // a sign for each part
}

// Made implements web.Kept: most readers of a lesson have come by the same way.
func (p *sectionPage) Made() any {
	read := make([]byte, len(p.Parts))
	for i, part := range p.Parts {
		read[i] = '-'
		if part.Read {
			read[i] = '+'
		}
	}
	return lessonMade{p.Base + "/" + p.Section.ID, p.Module.Edition, p.Short, p.JobRole, string(read)}
}

// Reached is how many parts from the first are done without a gap.
func (p *sectionPage) Reached() []string {
	states := make([]string, len(p.Parts))
	for i, part := range p.Parts {
		switch {
		case part.Here:
			states[i] = "now"
		case part.Read:
			states[i] = "done"
		}
	}
	return states
}

// ModuleNote is the note that stands before the module, for whoever comes back
// at a later part and has not seen it today.
func (p *sectionPage) ModuleNote() template.HTML {
	return p.Module.Sections[0].Note.In(p.Lang())
}

// Linked says whether the rail leads to a part: what was read, and what comes
// right after it.
func (p *sectionPage) Linked(i int) bool {
	return p.Parts[i].Read || i == 0 || p.Parts[i-1].Read
}

// AllRead says whether the check is open.
func (p *sectionPage) AllRead() bool {
	for _, part := range p.Parts {
		if !part.Read {
			return false
		}
	}
	return true
}

// section shows one part of a module.
func (r *Room) section(c *web.Context, v people.Viewer) error {
	l, err := r.School.Lesson(c.Request().Context(), v, c.Param("course"), c.Param("module"), c.Param("section"))
	if err != nil {
		return r.lead(c, err)
	}
	p := &sectionPage{Lesson: l, JobRole: string(v.Home().JobRole), Base: "/learn/" + l.Course.Slug + "/" + l.Module.Slug, Short: c.QueryParam("version") == "short"}
	p.Title = c.T("section.tab", "Module", l.Module.Number, "Part", l.Number, "Of", len(l.Parts))
	p.Current = "learn"
	_, p.Card = r.School.Library().Card(l.Module.Slug)
	p.Card = p.Card && l.Following == nil
	if p.Short {
		p.Alternate = p.Base + "/" + l.Section.ID + "?version=short"
	}
	return c.Show(http.StatusOK, "learner/section", p)
}

// advance notes a finished part and goes on to the next.
func (r *Room) advance(c *web.Context, v people.Viewer) error {
	next, err := r.School.Continue(c.Request().Context(), v, c.Lang, c.Param("course"), c.Param("module"), c.Param("section"))
	if err != nil {
		return r.lead(c, err)
	}
	return c.Go(stepPath(next))
}
