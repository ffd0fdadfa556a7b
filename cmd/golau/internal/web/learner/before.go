package learner

import (
	"context"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/quiz"
)

// before is the question on the page before this one, as far as there is
// something to say of it: that its answer is kept, which without scripts this page
// is the first to be able to say; or that it has been left open.
type before struct {
	Question int
	At       store.Time // zero: there is nothing to say of an answer
	Open     string     // key of what is left open; "" when nothing is
	Path     string     // of the question that is left open
}

// named is the number of the question that the address names, 0 for none. What is
// said of it is for the rows to say, never for the address.
func named(c *web.Context, what string) int {
	n, err := strconv.Atoi(c.QueryParam(what))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// before reads how the question stands that the address of question n names.
func (r *Room) before(c *web.Context, v people.Viewer, n int) (before, error) {
	saved, open := named(c, "saved"), named(c, "open")
	b := before{Question: max(saved, open)}
	if b.Question == 0 || b.Question == n {
		return before{}, nil
	}
	kept, err := r.kept(c.Request().Context(), v, c.Param("attempt"), b.Question)
	if err != nil {
		return before{}, err
	}
	if saved > 0 && kept.Answered {
		b.At = kept.At
	}
	switch {
	case open == 0 || kept.Whole:
	case kept.Answered:
		b.Open, b.At = "open.partly", kept.At
	default:
		b.Open = "open.none"
	}
	b.Path = questionPath(c.Param("attempt"), b.Question)
	return b, nil
}

// kept is how an answer stands; of a question that is not on the paper, nothing
// is kept and nothing is open.
func (r *Room) kept(ctx context.Context, v people.Viewer, attempt string, n int) (quiz.Kept, error) {
	k, err := r.School.Kept(ctx, v, attempt, n)
	if err != nil && problem.KindOf(err) == problem.NotFound {
		return quiz.Kept{Whole: true}, nil
	}
	return k, err
}

// beforeOf finds it among the answers that have been read anyway.
func beforeOf(c *web.Context, given []quiz.Given) before {
	for _, g := range given {
		if g.Question == named(c, "saved") {
			return before{Question: g.Question, At: g.At}
		}
	}
	return before{}
}
