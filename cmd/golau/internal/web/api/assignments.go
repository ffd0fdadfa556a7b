package api

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// assignment is what a rule asks of somebody. Modules is empty where the whole course
// is asked, or where AssessmentAlone says that its final assessment is.
type assignment struct {
	ID              string   `json:"id"`
	Person          string   `json:"person"`
	Name            string   `json:"name"`
	StaffNumber     *string  `json:"staff_number"`
	Rule            string   `json:"rule"`
	Course          string   `json:"course"`
	Modules         []string `json:"modules"`
	AssessmentAlone bool     `json:"assessment_alone"`
	Cycle           int      `json:"cycle"`
	AskedOn         due.Day  `json:"asked_on"`
	DueOn           due.Day  `json:"due_on"`
	GraceDays       int      `json:"grace_days"`
	Status          string   `json:"status"`
	StatusWords     text     `json:"status_words"`
	DoneOn          *string  `json:"done_on"`
	ValidUntil      *string  `json:"valid_until"`
	ExemptUntil     *string  `json:"exempt_until"`
}

func assignmentOf(c *web.Context, a course.Assigned) assignment {
	key := "status." + string(a.Status)
	modules := slices.DeleteFunc(append([]string{}, a.Rule.Parts...), func(p string) bool { return p == course.AssessmentPart })
	return assignment{ID: a.ID, Person: a.Position, Name: a.Name, StaffNumber: orNull(a.StaffNumber), Rule: a.Rule.ID, Course: a.Rule.Course,
		Modules: modules, AssessmentAlone: len(modules) < len(a.Rule.Parts), Cycle: a.Cycle, AskedOn: a.Assignment.Asked, DueOn: a.Assignment.Due, GraceDays: a.Rule.GraceDays,
		Status: string(a.Status), StatusWords: text{c.Site.Words.T(i18n.EN, key), c.Site.Words.T(i18n.CY, key)},
		DoneOn: orNull(a.Done), ValidUntil: orNull(a.Until), ExemptUntil: orNull(a.ExemptUntil)}
}

// assignments lists what is asked of an agency's people now.
func (r *Room) assignments(c *web.Context, v people.Viewer) error {
	_, scope, err := v.LedAt("")
	if err != nil {
		return err
	}
	q := read(c.QueryParams(), "person", "limit", "cursor")
	one, limit, after := q.one("person", store.IsID), q.limit(), q.after()
	if err := q.err(); err != nil {
		return err
	}
	as, next, err := r.School.AssignedIn(c.Request().Context(), scope, r.the().Slug, one, after, limit)
	if err != nil {
		return err
	}
	all := make([]assignment, len(as))
	for i, a := range as {
		all[i] = assignmentOf(c, a)
	}
	return c.JSONAnswer(http.StatusOK, pageOf(all, next))
}
