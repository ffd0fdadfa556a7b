package admin

import (
	"net/http"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/steward"
)

func (r *Room) outboxRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/outbox", web.Admin, r.outbox),
		web.Post("/admin/outbox/:job/again", web.Admin, r.tryAgain),
		web.Get("/admin/outbox/:job/aside", web.Admin, r.aside),
		web.Post("/admin/outbox/:job/aside", web.Admin, r.putAside),
	}
}

type outboxPage struct {
	Base
	State  outbox.State
	States []outbox.State
	Tally  outbox.Tally
	Jobs   []jobRow
	Next   int64  // from which the next page goes on; 0 at the end
	Done   string // message key of what was just done
	Folder string // where letters lie when no mail server is set
}

// jobRow is a job with what it is in words.
type jobRow struct {
	steward.Job
	What, Age string
}

// outbox lists the jobs in one state. An unknown state is taken for the first.
func (r *Room) outbox(c *web.Context, v people.Viewer) error {
	p := &outboxPage{Base: base(c, "outbox", c.T("admin.outbox.title")), State: outbox.Failed, States: outbox.States, Folder: r.Folder}
	if s := c.QueryParam("state"); steward.IsState(s) {
		p.State = outbox.State(s)
	}
	if done := c.Done(); done == "again" || done == "aside" {
		p.Done = "admin.outbox." + done + "_done"
	}
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	ctx := c.Request().Context()
	jobs, next, err := r.Steward.Jobs(ctx, v, p.State, before)
	if err != nil {
		return err
	}
	if p.Tally, err = r.Steward.Tally(ctx, v); err != nil {
		return err
	}
	for _, j := range jobs {
		p.Jobs = append(p.Jobs, jobRow{j, what(c, j.Kind), age(c, j.Created)})
	}
	p.Next = next
	return c.Show(http.StatusOK, "admin/outbox", p)
}

// what says a kind of job in words; one that has none yet, by its name.
func what(c *web.Context, kind string) string { return said(c, "admin.outbox.kind."+kind, kind) }

// tryAgain lets a job be tried now.
func (r *Room) tryAgain(c *web.Context, v people.Viewer) error {
	id, err := jobNumber(c)
	if err != nil {
		return err
	}
	if err := r.Steward.TryAgain(c.Request().Context(), v, id); err != nil {
		return err
	}
	return c.Go("/admin/outbox?state=waiting&done=again")
}

// jobNumber is which job the address names.
func jobNumber(c *web.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("job"), 10, 64)
	if err != nil {
		return 0, problem.New(problem.NotFound, "web.not_found")
	}
	return id, nil
}
