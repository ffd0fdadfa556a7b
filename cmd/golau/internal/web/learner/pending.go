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
func Keeps(path string) bool {
	return answerPath.MatchString(path) || choicePath.MatchString(path) || exercisePath.MatchString(path)
}

// Store stores an answer that was sent after its session had ended, now that v
// has signed in, and returns the page to go to: the question, which says what
// became of the answer; the result, when the attempt was handed in meanwhile; or
// for anybody else their own learning, which says that it was not theirs to
// store. settled says that the answer need not wait any longer. The page is in
// the language in which they signed in; the answer keeps the one in which it was
// given.
func (r *Room) Store(c *web.Context, v people.Viewer, p web.Pending) (path string, settled bool, err error) {
	if v.Barred() { // they gave it before their agency suspended them
		return c.Local("/certificates"), false, nil
	}
	if exercisePath.MatchString(p.Path) {
		return r.storeExercise(c, v, p)
	}
	m := answerPath.FindStringSubmatch(p.Path)
	if m == nil {
		return r.storeChoice(c, v, p)
	}
	lang, attempt := i18n.Lang(m[1]), m[2]
	if p.Person != "" && p.Person != v.Person {
		path, err = r.tell(c, v, "/learn", toldOther)
		return path, false, err
	}
	n, _ := strconv.Atoi(m[3])
	ctx := c.Request().Context()
	asked, err := r.School.Asked(ctx, v, attempt, n)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		path, err = r.tell(c, v, "/learn", toldOther)
		return path, false, err
	}
	if err != nil {
		return "", false, err
	}
	back := questionPath(attempt, n)
	in, err := readAnswer(asked.Question, p.Form, lang)
	if err == nil || !asked.Open { // a closed attempt refuses whatever it is told
		_, err = r.School.Answer(ctx, v, attempt, in)
	}
	e, _ := problem.As(err)
	switch k := problem.KindOf(err); {
	case err == nil:
		return c.Local(back), true, nil
	case k == problem.Conflict && e.Key == "quiz.closed":
		path, err = r.tell(c, v, resultPath(attempt), toldLate)
		return path, true, err
	case k == problem.Conflict:
		path, err = r.tell(c, v, back, toldStale)
		return path, true, err
	case k == problem.Invalid:
		if err := r.setAside(c, v, p); err != nil {
			return "", false, err
		}
		path, err = r.tell(c, v, back, toldRefused)
		return path, false, err
	default:
		return "", false, err
	}
}
