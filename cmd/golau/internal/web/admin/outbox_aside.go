package admin

import (
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// asidePage asks why a letter that was given up is to be left unsent.
type asidePage struct {
	Form
	Job    jobRow
	Reason string
}

func (r *Room) showAside(c *web.Context, v people.Viewer, err error) error {
	id, fail := jobNumber(c)
	if fail != nil {
		return fail
	}
	job, fail := r.Steward.GivenUp(c.Request().Context(), v, id)
	if fail != nil {
		return fail
	}
	p := &asidePage{Form: form(c, "outbox", c.T("admin.aside.title")), Job: jobRow{job, what(c, job.Kind), age(c, job.Created)}, Reason: c.Field("reason")}
	if fail := p.take(c, err, "aside", "reason"); fail != nil {
		return fail
	}
	p.Alternate = "/admin/outbox/" + strconv.FormatInt(id, 10) + "/aside"
	p.sent("aside", p.Alternate)
	return r.showForm(c, "admin/outbox-aside", &p.Form, p)
}

// aside shows what would be left unsent.
func (r *Room) aside(c *web.Context, v people.Viewer) error { return r.showAside(c, v, nil) }

// putAside leaves the letter unsent.
func (r *Room) putAside(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showAside(c, v, nil)
	}
	id, err := jobNumber(c)
	if err != nil {
		return err
	}
	if err := r.Steward.PutAside(c.Request().Context(), v, id, c.Field("reason")); err != nil {
		return r.showAside(c, v, err)
	}
	return c.Go("/admin/outbox?state=failed&done=aside")
}
