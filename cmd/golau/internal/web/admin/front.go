package admin

import (
	"context"
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/steward"
)

func (r *Room) frontRoutes() []web.Route {
	return []web.Route{web.Get("/admin", web.Admin, r.front)}
}

// Task is one thing that waits for an administrator: its words are
// admin.todo.<Name>, with Count.
type Task struct {
	Name  string
	Count int
	Path  string // below the language
}

type frontPage struct {
	Base
	Standing people.Standing
	Tasks    []Task
	Folder   string // where letters lie when no mail server is set
}

// front shows how the installation stands and what needs doing.
func (r *Room) front(c *web.Context, v people.Viewer) error {
	p := &frontPage{Base: base(c, "front", c.T("admin.title")), Folder: r.Folder}
	var err error
	ctx := c.Request().Context()
	if p.Standing, err = people.StandingNow(r.DB.Read(ctx)); err != nil {
		return err
	}
	if p.Tasks, err = r.tasks(ctx, v, p.Standing); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "admin/front", p)
}

// tasks gathers what needs doing. Each part of the room adds its own; a count
// of nought is no task.
func (r *Room) tasks(ctx context.Context, v people.Viewer, s people.Standing) ([]Task, error) {
	rx := r.DB.Read(ctx)
	steps, err := site.Steps(rx)
	if err != nil {
		return nil, err
	}
	stand := map[site.State]int{}
	for _, step := range steps {
		stand[step.State]++
	}
	d, err := site.Read(rx)
	if err != nil {
		return nil, err
	}
	waiting, err := people.WaitingFor(rx, v)
	if err != nil {
		return nil, err
	}
	jobs, err := outbox.TallyOf(rx)
	if err != nil {
		return nil, err
	}
	record, err := audit.LastCheck(rx)
	if err != nil {
		return nil, err
	}
	checks, err := r.Health(ctx)
	if err != nil {
		return nil, err
	}
	review, err := r.School.ReviewOf(rx, r.School.Courses()[0].Slug)
	if err != nil {
		return nil, err
	}
	all := []Task{
		{"health", unhealthy(checks), "/admin/health"},
		{"audit_broken", one(record.Fault != ""), "/admin/audit"},
		{"sign_ins", troubled(checks), "/admin/sign-ins"},
		{"outbox_failed", jobs.Failed, "/admin/outbox"},
		{"review", one(review.Waits), "/admin/review"},
		{"setup", stand[site.Open], "/admin/setup"},
		{"setup_skipped", stand[site.Skipped], "/admin/setup"},
		{"councils_unknown", s.CouncilsUnknown, "/admin/councils"},
		{"councils_old", s.CouncilsOld, "/admin/councils"},
		{"site", one(!d.Owner.Reachable()), "/admin/site"},
		{"privacy", one(!d.Privacy.Reachable()), "/admin/site"},
		{"mail", one(cannotWait(checks, "mail")), "/admin/mail"},
		{"joining", len(waiting), "/admin/joining"},
	}
	var open []Task
	for _, t := range all {
		if t.Count > 0 {
			open = append(open, t)
		}
	}
	return open, nil
}

// cannotWait says whether a check found something that cannot wait.
func cannotWait(checks []steward.Check, name string) bool {
	return slices.ContainsFunc(checks, func(k steward.Check) bool { return k.Name == name && k.Bad })
}

// troubled counts the agencies' own sign-ins that do not work.
func troubled(checks []steward.Check) int {
	for _, k := range checks {
		if k.Name == "sign_ins" && !k.Good() {
			return k.Count
		}
	}
	return 0
}

// one is the count of a task that is there or not.
func one(there bool) int {
	if there {
		return 1
	}
	return 0
}
