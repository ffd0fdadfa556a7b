package learner

import (
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/store"
	"golau/quiz"
)

// before is an answer given on the page before this one, as far as it is kept:
// without scripts, the page that follows is the first that can say so.
type before struct {
	Question int
	At       store.Time // zero: there is nothing to say
}

// saidBefore is the number of the question that the address names, 0 for none.
// Whether its answer is kept is for the rows to say.
func saidBefore(c *web.Context) int {
	n, err := strconv.Atoi(c.QueryParam("saved"))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// before reads when the answer was kept that the address of question n names.
func (r *Room) before(c *web.Context, v people.Viewer, n int) (b before, err error) {
	if b.Question = saidBefore(c); b.Question == 0 || b.Question == n {
		return before{}, nil
	}
	b.At, err = r.School.SavedAt(c.Request().Context(), v, c.Param("attempt"), b.Question)
	return b, err
}

// beforeOf finds it among the answers that have been read anyway.
func beforeOf(c *web.Context, given []quiz.Given) before {
	for _, g := range given {
		if g.Question == saidBefore(c) {
			return before{g.Question, g.At}
		}
	}
	return before{}
}
