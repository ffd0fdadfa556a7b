package admin

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/modules"
)

func (r *Room) caseRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/cases", web.Admin, r.cases),
		web.Get("/admin/cases/:module/:case", web.Admin, r.branching),
	}
}

type casesPage struct {
	Base
	Modules []*modules.Module // those with cases
}

// cases lists the branching cases by their modules.
func (r *Room) cases(c *web.Context, _ people.Viewer) error {
	p := &casesPage{Base: base(c, "cases", c.T("admin.cases.title"))}
	for _, m := range r.School.Library().Modules {
		if len(m.Cases) > 0 {
			p.Modules = append(p.Modules, m)
		}
	}
	return c.Show(http.StatusOK, "admin/cases", p)
}

type branchingPage struct {
	Base
	Ways   course.Branching
	Fewest int
}

// branching shows an author which share of people took which way in a case.
func (r *Room) branching(c *web.Context, v people.Viewer) error {
	b, err := r.School.Branching(c.Request().Context(), v, c.Param("module"), c.Param("case"))
	if err != nil {
		return err
	}
	p := &branchingPage{base(c, "cases", c.T("admin.cases.branching_title")), b, course.FewestShown}
	return c.Show(http.StatusOK, "admin/branching", p)
}
