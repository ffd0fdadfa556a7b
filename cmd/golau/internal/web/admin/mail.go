package admin

import (
	"net/http"

	"golau/cmd/golau/internal/letters"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/site"
)

func (r *Room) mailRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/mail", web.Admin, r.mail),
		web.Post("/admin/mail", web.Admin, r.tryMail),
	}
}

type mailPage struct {
	Form
	To     string
	Last   site.Try
	Now    *letters.Tried // what came of it just now
	Leads  int
	Folder string // where letters lie when no mail server is set
	// Invitations says whether there is a page to invite people from.
	Invitations bool
}

func (r *Room) newMailPage(c *web.Context, v people.Viewer) (*mailPage, error) {
	p := &mailPage{Form: form(c, "mail", c.T("admin.mail.title")), To: v.Email, Invitations: hasPart("invitations"), Folder: r.Folder}
	p.Alternate = "/admin/mail"
	if p.Step != nil {
		p.Alternate = p.Step.Path()
	}
	rx := r.DB.Read(c.Request().Context())
	now, err := people.StandingNow(rx)
	if err != nil {
		return nil, err
	}
	p.Leads = now.Leads
	p.Last, err = site.LastTry(rx)
	return p, err
}

// mail says what came of the last letter that was sent to try the post.
func (r *Room) mail(c *web.Context, v people.Viewer) error {
	p, err := r.newMailPage(c, v)
	if err != nil {
		return err
	}
	return r.showForm(c, "admin/mail", &p.Form, p)
}

// tryMail sends the viewer a letter and shows what the post answered.
func (r *Room) tryMail(c *web.Context, v people.Viewer) error {
	tried, err := r.Post.Try(c.Request().Context(), v)
	if err != nil {
		return err
	}
	p, err := r.newMailPage(c, v)
	if err != nil {
		return err
	}
	p.Now = &tried
	return c.Show(http.StatusOK, "admin/mail", p)
}
