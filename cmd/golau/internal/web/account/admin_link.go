package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) adminLinkRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin-link/:token", web.Public, r.adminLinkPage),
		web.Post("/admin-link/:token", web.Public, r.useAdminLink),
	}
}

type adminLinkPage struct {
	web.Frame
	web.FormErrors
	people.AdminLinkOpened
	Token    string
	Form     people.AdminLinkForm
	JobRoles []people.JobRole
}

func (r *Room) newAdminLinkPage(c *web.Context) (*adminLinkPage, error) {
	opened, err := r.People.AdminLinkOpen(c.Request().Context(), c.Param("token"))
	if err != nil {
		return nil, err
	}
	p := &adminLinkPage{AdminLinkOpened: opened, Token: c.Param("token"), JobRoles: people.JobRoles}
	p.Form = people.AdminLinkForm{Name: c.Field("name"), Password: c.Field("password"), Language: c.Lang, JobRole: people.JobRole(c.Field("job_role"))}
	p.Title, p.FormID, p.FormTo = c.T("admin_link.title"), "come-in", "/admin-link/"+p.Token
	return p, nil
}

// adminLinkPage asks whoever has a link from the machine for a new password.
func (r *Room) adminLinkPage(c *web.Context, _ people.Viewer) error {
	p, err := r.newAdminLinkPage(c)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/admin-link", p)
}

// useAdminLink lets them in as far as setting up their second step.
func (r *Room) useAdminLink(c *web.Context, _ people.Viewer) error {
	p, err := r.newAdminLinkPage(c)
	if err != nil {
		return err
	}
	if c.Switching() {
		return c.Show(http.StatusOK, "account/admin-link", p)
	}
	session, err := r.People.UseAdminLink(c.Request().Context(), p.Token, p.Form)
	if err == nil {
		return r.arrive(c, session, c.Local("/admin"), "")
	}
	e, ok := problem.As(err)
	if !ok || e.Kind == problem.NotFound || e.Kind == problem.Internal {
		return err
	}
	p.FormErrors = c.FormErrors(e, "name", "job_role", "password")
	return c.Show(web.Status(e), "account/admin-link", p)
}
