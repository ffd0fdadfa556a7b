package admin

import (
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/steward"
	"golau/internal/store"
)

func (r *Room) retentionRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/retention", web.Admin, r.retention),
		web.Post("/admin/retention", web.Admin, r.changeRetention),
		web.Post("/admin/retention/run", web.Admin, r.confirmRetention),
	}
}

// retentionPage says how long things are kept, what would go tonight, and what
// went last night.
type retentionPage struct {
	Form
	Due   []dueRow
	Last  site.Run
	Held  steward.Held // why the next one waits
	Now   store.Time
	Gone  []dueRow // of the last run, where anything went
	Told  int      // by the last run, that they will go
	Total int      // of what would go
}

// dueRow is a kind with what was typed for it.
type dueRow struct {
	steward.Due
	Typed string
}

func (r *Room) showRetention(c *web.Context, v people.Viewer, sent bool, err error) error {
	due, last, held, fail := r.Steward.Schedule(c.Request().Context(), v)
	if fail != nil {
		return fail
	}
	p := &retentionPage{Form: form(c, "retention", c.T("admin.retention.title")), Last: last, Held: held, Now: r.DB.Now(), Told: last.Counts[steward.Warned]}
	var order []string
	for _, d := range due {
		order = append(order, d.Kind)
		row := dueRow{d, strconv.Itoa(d.Days)}
		if sent {
			row.Typed = c.Field(d.Kind)
		}
		p.Due = append(p.Due, row)
		p.Total += d.N
		if n := last.Counts[d.Kind]; n > 0 {
			row.N = n
			p.Gone = append(p.Gone, row)
		}
	}
	if fail := p.take(c, err, "retention", order...); fail != nil {
		return fail
	}
	p.Call(func(kind string) string { return c.T("retention.kind." + kind) })
	p.sent("schedule", "/admin/retention")
	return r.showForm(c, "admin/retention", &p.Form, p)
}

// retention shows the schedule and a dry run of it.
func (r *Room) retention(c *web.Context, v people.Viewer) error {
	return r.showRetention(c, v, false, nil)
}

// changeRetention changes the schedule.
func (r *Room) changeRetention(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showRetention(c, v, true, nil)
	}
	days := map[string]string{}
	for _, kind := range steward.Kinds() {
		if c.Form().Has(kind) {
			days[kind] = c.Field(kind)
		}
	}
	if err := site.ChangeSchedule(c.Request().Context(), r.DB, v, days); err != nil {
		return r.showRetention(c, v, true, err)
	}
	return c.Go("/admin/retention?done=retention_changed")
}

// confirmRetention begins a run that waited for somebody to look.
func (r *Room) confirmRetention(c *web.Context, v people.Viewer) error {
	if err := r.Steward.Confirm(c.Request().Context(), v); err != nil {
		return err
	}
	return c.Go("/admin/retention?done=retention_confirmed")
}
