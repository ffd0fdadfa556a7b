package learner

import (
	"context"
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/quiz"
)

type assessmentPage struct {
	web.Frame
	course.Assessment
	Path        string // this page
	First       button // to what comes first
	WaitMinutes int
}

// Untouched says whether every try is still there.
func (p *assessmentPage) Untouched() bool { return p.Standing.Left == p.Rules.MaxAttempts }

// assessment shows what awaits before it begins: how many questions, the pass
// mark, tries left, waiting time. Where a step comes before it, it says which one
// and leads there, as the refusal that it is; so where nobody may sit it yet.
func (r *Room) assessment(c *web.Context, v people.Viewer) error {
	a, err := r.School.Assessment(c.Request().Context(), v, c.Param("course"), c.Param("module"))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if a.Missing != nil || a.Unaccepted && a.Standing.OpenAttempt == "" {
		status = http.StatusConflict
	}
	return c.Show(status, "learner/assessment", r.assessmentPage(c, a))
}

func (r *Room) assessmentPage(c *web.Context, a course.Assessment) *assessmentPage {
	p := &assessmentPage{Assessment: a, Path: "/learn/" + a.Course.Slug + "/assessment",
		WaitMinutes: int(a.Rules.Wait.Minutes())}
	p.Title, p.Current = c.T("assessment.tab"), "learn"
	if a.Module != nil {
		p.Path = "/learn/" + a.Course.Slug + "/" + a.Module.Slug + "/check"
		p.Title = c.T("check.tab", "Module", a.Module.Number)
	}
	if a.Missing != nil {
		p.First = r.firstStep(c, *a.Missing, a.Wait)
	}
	return p
}

// start begins an attempt, or goes on with the open one.
func (r *Room) start(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	id, err := r.School.StartAttempt(ctx, v, c.Lang, c.Param("course"), c.Param("module"))
	if err == nil {
		n, err := r.reached(ctx, v, id)
		if err != nil {
			return err
		}
		return c.Go(questionPath(id, n))
	}
	if missing := r.lead(c, err); missing != err {
		return missing
	}
	if k := problem.KindOf(err); k != problem.TooMany && k != problem.Conflict {
		return err
	}
	// Too early, or no try left: the start page says which, and from when.
	a, again := r.School.Assessment(ctx, v, c.Param("course"), c.Param("module"))
	if again != nil {
		return again
	}
	p, _ := problem.As(err)
	return c.Show(web.Status(p), "learner/assessment", r.assessmentPage(c, a))
}

// reached is the question with which somebody goes on.
func (r *Room) reached(ctx context.Context, v people.Viewer, attempt string) (int, error) {
	_, _, given, _, err := r.School.Review(ctx, v, attempt)
	return quiz.Reached(given), err
}
