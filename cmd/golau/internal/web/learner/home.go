package learner

import (
	"net/http"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
)

type homePage struct {
	web.Frame
	Name     string
	Enrolled bool
	Overview course.Overview
	Now      *course.ModuleStatus // the module of the next step, nil for the rest
	Button   button
	Kind     course.StepKind
	Status   certificates.Status // of what is held by whoever has finished
	NotKept  bool                // an answer waited that was somebody else's
	Same     string              // message key of what there is to say of a second account of theirs; "" = nothing
	Asked    askedPart
}

// home shows the one thing that is next.
func (r *Room) home(c *web.Context, v people.Viewer) error {
	p := &homePage{Frame: web.Frame{Title: c.T("learn.title"), Current: "learn"}, Name: v.Name, NotKept: r.told(c, v, "/learn") == toldOther}
	if err := r.same(c, v, p); err != nil {
		return err
	}
	o, err := r.School.Home(c.Request().Context(), v)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return c.Show(http.StatusOK, "learner/home", p)
	}
	if err != nil {
		return err
	}
	p.Enrolled, p.Overview, p.Kind = true, o, o.Next.Kind
	p.Now = statusOf(o, o.Next.Module)
	p.Button = onward(c, o)
	if o.Held != nil {
		p.Status = o.Held.StatusAt(c.Now())
	}
	if p.Asked, err = r.asked(c, v, o.Course.Slug); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "learner/home", p)
}

// same notes what a training lead asks of a second account, or that this one stands
// behind another.
func (r *Room) same(c *web.Context, v people.Viewer, p *homePage) error {
	all, err := people.DuplicatesOf(r.People.Reading(c.Request().Context()), v)
	for _, d := range all {
		switch {
		case !d.Merged.IsZero():
			p.Same = "account.same.notice_merged"
		case d.Said == "":
			p.Same = "account.same.notice"
		}
	}
	return err
}

func statusOf(o course.Overview, module string) *course.ModuleStatus {
	for i := range o.Modules {
		if o.Modules[i].Module.Slug == module {
			return &o.Modules[i]
		}
	}
	return nil
}

type coursePage struct {
	web.Frame
	course.Overview
	Assessment course.Assessment
	Lines      []line
	Button     button
	Referral   bool // the course has a form to practise on
	Plan       bool // and a module that ends in a plan
	Author     *authorNotes
	Asked      askedPart
}

// line is one module of the course page.
type line struct {
	course.ModuleStatus
	Path    string
	Present bool
	Card    bool // the module has a card
}

// Window is the state of the line's window.
func (l line) Window() string {
	switch {
	case l.State == course.Finished:
		return "done"
	case l.Present:
		return "now"
	case l.State == course.InProgress:
		return "begun"
	}
	return ""
}

// course lists the modules and where the viewer stands with each.
func (r *Room) course(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	o, err := r.School.Overview(ctx, v, c.Param("course"))
	if err != nil {
		return err
	}
	a, err := r.School.Assessment(ctx, v, o.Course.Slug, "")
	if err != nil {
		return err
	}
	p := &coursePage{Frame: web.Frame{Title: c.T("course.title"), Current: "learn"}, Overview: o, Assessment: a, Button: onward(c, o)}
	if p.Button.Path == "/learn/"+o.Course.Slug { // which is this page
		p.Button = button{}
	}
	for _, m := range o.Modules {
		l := line{ModuleStatus: m, Present: m.Module.Slug == o.Next.Module, Path: stepPath(m.Next)}
		if m.State == course.Finished {
			l.Path = "/learn/" + o.Course.Slug + "/" + m.Module.Slug + "/" + m.Module.Sections[0].ID
		}
		_, l.Card = r.School.Library().Card(m.Module.Slug)
		p.Lines = append(p.Lines, l)
	}
	_, p.Plan = r.School.Library().Module("my-plan")
	p.Author = r.allNotes()
	p.Referral = r.School.Library().Referral() != nil
	if p.Asked, err = r.asked(c, v, o.Course.Slug); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "learner/course", p)
}
