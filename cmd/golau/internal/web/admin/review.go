package admin

import (
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/modules"
)

func (r *Room) reviewRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/review", web.Admin, r.review),
		web.Post("/admin/review", web.Admin, r.accept),
	}
}

// reviewPage says whether the course was reviewed, and takes the acceptance that it
// was not.
type reviewPage struct {
	Form
	course.ReviewStanding
	Review    modules.Review
	Statement string // what is accepted, line by line
	Read      string // the print of the statement that whoever types had before them
	F         course.AcceptanceForm
	Earlier   []acceptance
}

// acceptance is one with the name of whoever wrote it, "" where they are gone.
type acceptance struct {
	course.Acceptance
	Who string
}

// Lines are the lines of what was accepted.
func (a acceptance) Lines() []string { return strings.Split(a.Statement, "\n") }

// Lines are the lines of what there is to accept.
func (p *reviewPage) Lines() []string { return strings.Split(p.Statement, "\n") }

// Agreement is the tick.
func (p *reviewPage) Agreement(words string) []Option {
	return []Option{{Value: "yes", Label: words, Chosen: p.F.Agreed}}
}

// statement is what an administrator accepts, in the language of the page: one
// sentence a line.
func statement(c *web.Context, of *course.Course) string {
	return strings.Join([]string{
		c.T("acceptance.statement.accept", "Course", of.Title.In(c.Lang), "Edition", of.Edition),
		c.T("acceptance.statement.facts"),
		c.T("acceptance.statement.welsh"),
		c.T("acceptance.statement.body"),
		c.T("acceptance.statement.said"),
		c.T("acceptance.statement.later"),
	}, "\n")
}

func (r *Room) showReview(c *web.Context, f course.AcceptanceForm, err error) error {
	rx := r.DB.Read(c.Request().Context())
	standing, fail := r.School.ReviewOf(rx, r.School.Courses()[0].Slug)
	if fail != nil {
		return fail
	}
	p := &reviewPage{Form: form(c, "review", c.T("admin.review.title")), ReviewStanding: standing, Review: r.School.Library().Review(), F: f}
	p.Statement = statement(c, standing.Course)
	p.Read = course.PrintOfStatement(p.Statement)
	if fail := p.take(c, err, "review", "office", "reason", "agreed"); fail != nil {
		return fail
	}
	var ids []string
	for _, a := range standing.All {
		ids = append(ids, a.By)
	}
	names, fail := people.Names(rx, ids)
	for _, a := range standing.All {
		p.Earlier = append(p.Earlier, acceptance{a, names[a.By]})
	}
	if standing.Waits {
		p.sent("accept", "/admin/review")
	}
	if fail != nil {
		return fail
	}
	return r.showForm(c, "admin/review", &p.Form, p)
}

// review shows how the course stands, and what was accepted.
func (r *Room) review(c *web.Context, _ people.Viewer) error {
	return r.showReview(c, course.AcceptanceForm{}, nil)
}

// accept keeps an administrator's acceptance.
func (r *Room) accept(c *web.Context, v people.Viewer) error {
	of := r.School.Courses()[0]
	f := course.AcceptanceForm{Lang: c.Lang, Statement: statement(c, of), Print: c.Field("print"),
		Office: c.Field("office"), Reason: c.Field("reason"), Agreed: c.Field("agreed") == "yes"}
	if c.Switching() {
		return r.showReview(c, f, nil)
	}
	if err := r.School.Accept(c.Request().Context(), v, of.Slug, f); err != nil {
		return r.showReview(c, f, err)
	}
	return c.Go("/admin/review?done=review_accepted")
}
