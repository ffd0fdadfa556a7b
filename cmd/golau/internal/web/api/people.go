package api

import (
	"cmp"
	"net/http"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// person is one of an agency's people as they are answered.
type person struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Email       *string    `json:"email"`
	StaffNumber *string    `json:"staff_number"`
	JobRole     string     `json:"job_role"`
	Team        *string    `json:"team"`
	Group       *string    `json:"group"`
	WorksSince  *string    `json:"works_since"`
	Manager     *string    `json:"manager"`
	Left        bool       `json:"left"`
	LeftOn      *string    `json:"left_on"`
	Status      string     `json:"status"`
	StatusWords text       `json:"status_words"`
	ModulesDone int        `json:"modules_done"`
	CompletedAt *time.Time `json:"completed_at"`
	ValidUntil  *string    `json:"valid_until"`
	Version     string     `json:"version"`
}

func personOf(c *web.Context, m course.Member) person {
	left := m.LeftOn
	if !m.Left.IsZero() {
		left = cmp.Or(left, string(due.DayOf(m.Left.Time)))
	}
	key := "status." + string(m.Status)
	return person{ID: m.ID, Name: m.Name, Email: orNull(m.Email), StaffNumber: orNull(m.StaffNumber), JobRole: string(m.JobRole), Team: orNull(m.Team),
		Group: orNull(m.Group), WorksSince: orNull(m.WorksSince), Manager: orNull(m.Manager), Left: !m.Left.IsZero(), LeftOn: orNull(left),
		Status: string(m.Status), StatusWords: text{c.Site.Words.T(i18n.EN, key), c.Site.Words.T(i18n.CY, key)},
		ModulesDone: m.Modules, CompletedAt: moment(m.Done), ValidUntil: day(m.Until), Version: m.Version()}
}

// moment is a time as RFC 3339 has it, null for none.
func moment(t store.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}

// day is the day of a moment in London, null for none.
func day(t store.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(due.DayOf(t.Time))
}

// people lists who works in the agency.
func (r *Room) people(c *web.Context, v people.Viewer) error {
	_, scope, err := v.LedAt("")
	if err != nil {
		return err
	}
	q := read(c.QueryParams(), "team", "job_role", "group", "status", "left", "limit", "cursor")
	f, limit, after := q.filter(), q.limit(), q.after()
	if err := q.err(); err != nil {
		return err
	}
	ms, next, err := r.School.Members(c.Request().Context(), scope, r.the().Slug, f, after, limit)
	if err != nil {
		return err
	}
	all := make([]person, len(ms))
	for i, m := range ms {
		all[i] = personOf(c, m)
	}
	return c.JSONAnswer(http.StatusOK, pageOf(all, next))
}

// person answers about one of them, also one who has left.
func (r *Room) person(c *web.Context, v people.Viewer) error {
	_, scope, err := v.LedAt("")
	if err != nil {
		return err
	}
	return r.answer(c, scope, c.Param("id"))
}

func (r *Room) answer(c *web.Context, scope people.OrganisationScope, id string) error {
	m, err := r.School.Member(c.Request().Context(), scope, r.the().Slug, id)
	if err != nil {
		return err
	}
	c.Response().Header().Set("ETag", `"`+m.Version()+`"`)
	return c.JSONAnswer(http.StatusOK, personOf(c, m))
}

// change changes what somebody's position says, if the caller has seen what it says
// now.
func (r *Room) change(c *web.Context, v people.Viewer) error {
	_, scope, err := v.LedAt("")
	if err != nil {
		return err
	}
	said, err := c.Said("team", "group", "works_since", "staff_number", "manager", "job_role")
	if err != nil {
		return err
	}
	version, err := seen(c.Request().Header)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if _, err := r.People.PatchPosition(c.Request().Context(), c.Caller(), scope, id, version, patch(said)); err != nil {
		return err
	}
	return r.answer(c, scope, id)
}

// seen returns the version that the caller has seen.
func seen(h http.Header) (string, error) {
	all := h.Values("If-Match")
	if len(all) != 1 || len(all[0]) < 3 || all[0][0] != '"' || all[0][len(all[0])-1] != '"' {
		return "", problem.New(problem.Conflict, "api.version_missing")
	}
	return all[0][1 : len(all[0])-1], nil
}

// patch is what was said of a position. What is null is taken away.
func patch(said map[string]*string) (p people.PositionPatch) {
	p.Team, p.WorksSince, p.StaffNumber, p.Manager = given[string](said, "team"), given[string](said, "works_since"), given[string](said, "staff_number"), given[string](said, "manager")
	p.Group, p.JobRole = given[people.Group](said, "group"), given[people.JobRole](said, "job_role")
	return p
}

func given[T ~string](said map[string]*string, name string) *T {
	value, there := said[name]
	if !there {
		return nil
	}
	var t T
	if value != nil {
		t = T(*value)
	}
	return &t
}
