package public

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/site"
	"golau/modules"
)

// textPage is a page of the footer: what its author wrote, and in the places
// left open what the site knows of its owner and of the course.
type textPage struct {
	web.Frame
	Text    modules.Page
	Library *modules.Library
	Site    site.Details
	Notices site.Notices
	Kept    []site.Kept // what the program takes away by itself
}

// Gap is something that the page leaves open because nobody has filled it in.
type Gap struct {
	Name string // of the message notices.gap.<name>
	Path string // where an administrator fills it in
}

// Gaps are what somebody who runs the installation still has to fill in for
// this page to be whole. Others are shown a sentence that says whom to ask.
func (p *textPage) Gaps() (gaps []Gap) {
	owner, officer := p.Site.Owner, p.Site.Privacy
	for _, g := range []struct {
		place string
		open  bool
		gap   Gap
	}{
		{"owner", !owner.Name.Complete(), Gap{"owner", "/admin/site"}},
		{"reach", !owner.Reachable(), Gap{"reach", "/admin/site"}},
		{"privacy", !officer.Name.Complete(), Gap{"officer", "/admin/site"}},
		{"privacy", !officer.Reachable(), Gap{"officer_reach", "/admin/site"}},
		{"basis", !p.Notices.Basis.Complete(), Gap{"basis", "/admin/notices"}},
		{"kept", !p.Notices.Kept.Complete(), Gap{"kept", "/admin/notices"}},
		{"helpers", !p.Notices.Helpers.Complete(), Gap{"helpers", "/admin/notices"}},
	} {
		if g.open && p.Text.Has(g.place) {
			gaps = append(gaps, g.gap)
		}
	}
	return gaps
}

// Source is where a sentence was read.
func (p *textPage) Source(id string) modules.Source {
	i := slices.IndexFunc(p.Library.Sources, func(s modules.Source) bool { return s.ID == id })
	if i < 0 { // the library does not start with a source that is not there
		return modules.Source{}
	}
	return p.Library.Sources[i]
}

// page shows a page of the footer.
func (r *Room) page(name string) web.Handler {
	return func(c *web.Context, _ people.Viewer) error {
		text, ok := r.Library.Page(name, c.Lang)
		if !ok {
			return echoNotFound()
		}
		p := &textPage{Frame: web.Frame{Title: text.Title}, Text: text, Library: r.Library}
		if err := r.fill(c, p); err != nil {
			return err
		}
		return c.Show(http.StatusOK, "public/page", p)
	}
}

// fill reads what the page leaves open. A page that leaves nothing open asks
// the database nothing, so that the help for readers outlives it.
func (r *Room) fill(c *web.Context, p *textPage) (err error) {
	rx := r.DB.Read(c.Request().Context())
	if p.Text.Has("owner") || p.Text.Has("reach") || p.Text.Has("privacy") {
		if p.Site, err = site.Read(rx); err != nil {
			return err
		}
	}
	if p.Text.Has("basis") || p.Text.Has("kept") || p.Text.Has("helpers") {
		if p.Notices, err = site.ReadNotices(rx); err != nil {
			return err
		}
	}
	if p.Text.Has("kept") {
		p.Kept, err = site.Schedule(rx)
	}
	return err
}
