package admin

import (
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
	// InClear says that emails may be read on the way to the mail server.
	InClear bool
	// Invitations says whether there is a page to invite people from.
	Invitations bool
}

func (r *Room) newMailPage(c *web.Context, v people.Viewer) (*mailPage, error) {
	p := &mailPage{Form: form(c, "mail", c.T("admin.mail.title")), To: v.Email, Invitations: hasPart("invitations"), Folder: r.Folder, InClear: r.InClear}
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

// tried is what came of the letter that somebody sent last to try the post, in
// the words of the sender; the database keeps none of those.
type tried struct {
	by string // person
	letters.Tried
}

// mail says what came of the last letter that was sent to try the post.
func (r *Room) mail(c *web.Context, v people.Viewer) error {
	p, err := r.newMailPage(c, v)
	if err != nil {
		return err
	}
	if last := r.tried.Load(); last != nil && last.by == v.Person && c.Done() == "tried" && p.Last.Tried() {
		p.Now = &last.Tried
	}
	return r.showForm(c, "admin/mail", &p.Form, p)
}

// tryMail sends the viewer a letter. What the post answered is shown by the page
// that follows, so that loading it again sends nothing.
func (r *Room) tryMail(c *web.Context, v people.Viewer) error {
	came, err := r.Post.Try(c.Request().Context(), v)
	if err != nil {
		return err
	}
	r.tried.Store(&tried{v.Person, came})
	if s, ok := stepNamed(c.Field("setup")); ok {
		return c.Go(s.Path() + "?done=tried")
	}
	return c.Go("/admin/mail?done=tried")
}
