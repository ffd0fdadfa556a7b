package admin

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
)

func (r *Room) setupRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/setup", web.Admin, r.setup),
		web.Get("/admin/setup/:step", web.Admin, r.step),
		web.Get("/admin/setup/:step/:council", web.Admin, r.stepCouncil),
		web.Post("/admin/setup/:step", web.Admin, r.leaveStep),
	}
}

// Step is one step of the setting up, as a page shows it above its form.
type Step struct {
	Name   string
	Number int
	Of     int
}

// Path is the step's page, below the language.
func (s Step) Path() string { return "/admin/setup/" + s.Name }

// Last says whether nothing comes after it.
func (s Step) Last() bool { return s.Number == s.Of }

// stepNamed returns the step with the name. The first, which makes the
// administrator, is over when anybody can ask.
func stepNamed(name string) (Step, bool) {
	i := slices.Index(site.StepNames, name)
	return Step{name, i + 1, len(site.StepNames)}, i > 0
}

type setupPage struct {
	Base
	Steps []site.Step
	Next  *site.Step // the first that is open; nil when none is
	Waits bool       // certificates are not issued yet
}

// setup shows the five steps, and where to go on.
func (r *Room) setup(c *web.Context, _ people.Viewer) error {
	p := &setupPage{Base: base(c, "front", c.T("admin.setup.title"))}
	var err error
	if p.Steps, err = site.Steps(r.DB.Read(c.Request().Context())); err != nil {
		return err
	}
	if i := slices.IndexFunc(p.Steps, func(s site.Step) bool { return s.State == site.Open }); i >= 0 {
		p.Next = &p.Steps[i]
	}
	review, err := r.School.ReviewOf(r.DB.Read(c.Request().Context()), r.School.Courses()[0].Slug)
	if err != nil {
		return err
	}
	p.Waits = review.Waits
	return c.Show(http.StatusOK, "admin/setup", p)
}

// step shows the page of one step: the form that the room has for it anyway.
func (r *Room) step(c *web.Context, v people.Viewer) error {
	s, ok := stepNamed(c.Param("step"))
	if !ok {
		return problem.New(problem.NotFound, "people.not_found")
	}
	c.Form().Set("setup", s.Name)
	switch s.Name {
	case "boards":
		return r.boards(c, v)
	case "agency":
		return r.newAgency(c, v)
	case "contacts":
		return r.site(c, v)
	}
	return r.mail(c, v)
}

// stepCouncil shows one council's numbers within the step of contacts.
func (r *Room) stepCouncil(c *web.Context, v people.Viewer) error {
	if c.Param("step") != "contacts" {
		return problem.New(problem.NotFound, "people.not_found")
	}
	c.Form().Set("setup", "contacts")
	return r.council(c, v)
}

// leaveStep goes on to the next step; one that is not done counts as skipped.
func (r *Room) leaveStep(c *web.Context, v people.Viewer) error {
	if err := site.Leave(c.Request().Context(), r.DB, v, c.Param("step")); err != nil {
		return err
	}
	s, _ := stepNamed(c.Param("step"))
	if s.Last() {
		return c.Go("/admin/setup")
	}
	return c.Go("/admin/setup/" + site.StepNames[s.Number])
}

type contactsPage struct {
	sitePage
	Councils []people.CouncilLine
}

// showContacts shows the councils of the agencies' areas and the site's own
// contact on one page.
func (r *Room) showContacts(c *web.Context, s Step, d site.Details, err error) error {
	p := &contactsPage{sitePage: sitePage{Form: form(c, "site", c.T("admin.setup.contacts.title")), D: d}}
	if err := p.take(c, err, "site", siteOrder...); err != nil {
		return err
	}
	var fail error
	if p.Councils, _, fail = people.CouncilLines(r.DB.Read(c.Request().Context()), c.Lang); fail != nil {
		return fail
	}
	p.sent("site", "/admin/site")
	return r.showForm(c, "admin/setup-contacts", &p.Form, p)
}

// showForm shows a page with a form. Within the setting up it belongs to its
// step.
func (r *Room) showForm(c *web.Context, name string, f *Form, p web.Page) error {
	if f.Step != nil {
		f.Part = "front"
		f.Alternate = f.Step.Path()
	}
	return c.Show(f.status, name, p)
}
