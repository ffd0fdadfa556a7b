package learner

import (
	"html/template"
	"net/http"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/modules"
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
	Base    string        // path of the module
	Short   bool          // the shorter version was asked for
	JobRole string        // whose words are open; the others' are folded
	Nation  people.Nation // whose law and ways are open; likewise
	Beside  []button      // on the last part: the module's card, and what it offers to practise on
	Local   web.LocalNote // there: what their board adds for its area
	Author  *authorNotes  // for whoever writes it; else nil
}

// lessonMade is what a lesson is made of: the text, and how far its reader is.
type lessonMade struct {
	at, edition string // the section, and the edition of its words
	short       bool
	job         string
	nation      people.Nation // where it shows
	read        string        // a sign for each part, and for each case that is offered
	exercises   int           // how many are offered
	local       string        // the board and edition of its note
	over        bool          // its day is past
	author      *authorNotes
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
	for _, o := range p.Offers {
		if o.Done {
			read = append(read, '+')
		} else {
			read = append(read, '-')
		}
	}
	var nation people.Nation
	if p.Asks() {
		nation = p.Nation
	}
	return lessonMade{p.Base + "/" + p.Section.ID, p.Module.Edition, p.Short, p.JobRole, nation, string(read), len(p.Module.Exercises),
		p.Local.BoardID + "/" + strconv.Itoa(p.Local.Edition), p.Local.Past, p.Author}
}

// CoursePath is where the course stands, whose cases a page offers.
func (p *sectionPage) CoursePath() string { return "/learn/" + p.Course.Slug }

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
	p := &sectionPage{Lesson: l, JobRole: string(v.Home().JobRole), Nation: v.Nation, Base: "/learn/" + l.Course.Slug + "/" + l.Module.Slug, Short: c.QueryParam("version") == "short"}
	p.Title = c.T("section.tab", "Module", l.Module.Number, "Part", l.Number, "Of", len(l.Parts))
	p.Current, p.Author = "learn", r.notes(l.Module, l.Section)
	if l.Following == nil {
		p.Beside, p.Local = r.beside(c, l.Module), c.LocalNote(r.Local.Of(v.Home().Board.ID, l.Module.Slug))
	}
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

// beside are the ways from the end of a module to what stands beside the course:
// nothing there is asked for or counted.
func (r *Room) beside(c *web.Context, m *modules.Module) []button {
	var ways []button
	lib := r.School.Library()
	if _, ok := lib.Card(m.Slug); ok {
		ways = append(ways, button{"/cards/" + m.Slug, c.T("cards.go")})
	}
	if _, ok := lib.Pack(m.Slug); ok {
		ways = append(ways, button{"/packs/" + m.Slug, c.T("packs.go")})
	}
	if f := lib.Referral(); f != nil && f.Module == m {
		ways = append(ways, button{"/practice/referral", c.T("referral.go")})
	}
	if m.Slug == "my-plan" {
		ways = append(ways, button{"/plan", c.T("plan.go")})
	}
	return ways
}
