package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/site"
)

func (r *Room) noticeRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/notices", web.Admin, r.notices),
		web.Post("/admin/notices", web.Admin, r.changeNotices),
	}
}

type noticesPage struct {
	Form
	N site.Notices
}

func (r *Room) showNotices(c *web.Context, n site.Notices, err error) error {
	p := &noticesPage{Form: form(c, "notices", c.T("admin.notices.title")), N: n}
	if err := p.take(c, err, "notices", "basis_en", "basis_cy", "kept_en", "kept_cy", "helpers_en", "helpers_cy", "link"); err != nil {
		return err
	}
	p.sent("notices", "/admin/notices")
	return r.showForm(c, "admin/notices", &p.Form, p)
}

// notices shows what the owner says in the privacy notice, to be changed.
func (r *Room) notices(c *web.Context, _ people.Viewer) error {
	n, err := site.ReadNotices(r.DB.Read(c.Request().Context()))
	if err != nil {
		return err
	}
	return r.showNotices(c, n, nil)
}

// changeNotices changes what the owner says in the privacy notice.
func (r *Room) changeNotices(c *web.Context, v people.Viewer) error {
	text := func(name string) i18n.Text { return i18n.Text{EN: c.Field(name + "_en"), CY: c.Field(name + "_cy")} }
	n := site.Notices{Basis: text("basis"), Kept: text("kept"), Helpers: text("helpers"), Link: c.Field("link")}
	if c.Switching() {
		return r.showNotices(c, n, nil)
	}
	if err := site.ChangeNotices(c.Request().Context(), r.DB, v, n); err != nil {
		return r.showNotices(c, n, err)
	}
	return r.done(c, "/admin/notices?done=notices_changed")
}
