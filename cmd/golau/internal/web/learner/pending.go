package learner

import (
	"regexp"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// answerPath is the address to which an answer is sent.
var answerPath = regexp.MustCompile(`^/(en|cy)/attempts/([0-9a-z]{26})/questions/([0-9]{1,3})$`)

// Keeps says whether a form sent to path can wait for its sender to sign in.
func Keeps(path string) bool { return answerPath.MatchString(path) }

// Store stores an answer that was sent after its session had ended, now that v
// has signed in, and returns the page to go to: the question, which says what
// became of the answer, or for anybody else their own learning, which says that
// it was not theirs to store. The page is in the language in which they signed
// in; the answer keeps the one in which it was given.
func (r *Room) Store(c *web.Context, v people.Viewer, p web.Pending) (path string, err error) {
	m := answerPath.FindStringSubmatch(p.Path)
	if m == nil {
		return "", nil
	}
	lang, attempt := i18n.Lang(m[1]), m[2]
	other := c.Local("/learn?answer=other")
	if p.Person != "" && p.Person != v.Person {
		return other, nil
	}
	n, _ := strconv.Atoi(m[3])
	ctx := c.Request().Context()
	asked, err := r.School.Asked(ctx, v, attempt, n)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return other, nil
	}
	if err != nil {
		return "", err
	}
	back := c.Local(questionPath(attempt, n))
	in, err := readAnswer(asked.Question, p.Form, lang)
	if err == nil {
		_, err = r.School.Answer(ctx, v, attempt, in)
	}
	switch k := problem.KindOf(err); {
	case err == nil:
		return back, nil
	case k == problem.Conflict && asked.Open:
		return back + "?answer=stale", nil
	case k == problem.Conflict || k == problem.Invalid:
		return back, nil // finished meanwhile: the result; or never an answer of this page
	default:
		return "", err
	}
}
