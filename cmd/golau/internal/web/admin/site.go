package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/site"
)

func (r *Room) siteRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/site", web.Admin, r.site),
		web.Post("/admin/site", web.Admin, r.changeSite),
	}
}

type sitePage struct {
	Form
	D site.Details
}

var siteOrder = []string{"owner_name_en", "owner_name_cy", "owner_email", "owner_phone", "owner_hours_en", "owner_hours_cy",
	"owner_address_en", "owner_address_cy", "privacy_name_en", "privacy_name_cy", "privacy_email", "privacy_phone"}

func siteForm(c *web.Context) site.Details {
	text := func(name string) i18n.Text { return i18n.Text{EN: c.Field(name + "_en"), CY: c.Field(name + "_cy")} }
	return site.Details{
		Owner: site.Contact{Name: text("owner_name"), Email: c.Field("owner_email"), Phone: c.Field("owner_phone"),
			Hours: text("owner_hours"), Address: text("owner_address")},
		Privacy: site.Contact{Name: text("privacy_name"), Email: c.Field("privacy_email"), Phone: c.Field("privacy_phone")},
	}
}

func (r *Room) showSite(c *web.Context, d site.Details, err error) error {
	if s, ok := stepNamed(c.Field("setup")); ok { // the same form, among the others of its step
		return r.showContacts(c, s, d, err)
	}
	p := &sitePage{Form: form(c, "site", c.T("admin.site.title")), D: d}
	if err := p.take(c, err, "site", siteOrder...); err != nil {
		return err
	}
	p.sent("site", "/admin/site")
	return r.showForm(c, "admin/site", &p.Form, p)
}

// site shows what the site says of itself, to be changed.
func (r *Room) site(c *web.Context, _ people.Viewer) error {
	d, err := site.Read(r.DB.Read(c.Request().Context()))
	if err != nil {
		return err
	}
	return r.showSite(c, d, nil)
}

// changeSite changes what the site says of itself.
func (r *Room) changeSite(c *web.Context, v people.Viewer) error {
	d := siteForm(c)
	if c.Switching() {
		return r.showSite(c, d, nil)
	}
	if err := site.Change(c.Request().Context(), r.DB, v, d); err != nil {
		return r.showSite(c, d, err)
	}
	return r.done(c, "/admin/site?done=site_changed")
}
