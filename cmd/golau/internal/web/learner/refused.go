package learner

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/quiz"
)

// setAside leaves with the browser an answer that waited and that the paper
// refuses, so that its question can show it with what is wrong. One that is too
// long for that is lost, and the question says so.
func (r *Room) setAside(c *web.Context, v people.Viewer, p web.Pending) error {
	p.Person = v.Person
	sealed, err := r.Seal.Close(p)
	if err == nil {
		c.SetWaits(sealed)
	}
	return err
}

// aside is the answer to a question that was set aside for the viewer.
func (r *Room) aside(c *web.Context, v people.Viewer, attempt string, n int) (web.Pending, bool) {
	p, err := r.Seal.Open(c.Waits())
	if err != nil || p.Person != v.Person {
		return p, false
	}
	m := answerPath.FindStringSubmatch(p.Path)
	return p, m != nil && "/attempts/"+m[2]+"/questions/"+m[3] == questionPath(attempt, n)
}

// again puts an answer that was set aside back into its question, with what is
// wrong, and returns the page's status. Where there is none, the page says that
// it could not be saved.
func (r *Room) again(c *web.Context, v people.Viewer, p *questionPage) int {
	p.Refused = "waited.refused"
	sent, ok := r.aside(c, v, p.Attempt.ID, p.Question.Number)
	if !ok {
		return http.StatusOK
	}
	p.Response, p.Sure = asSent(p.Question, sent.Form), quiz.Sure(sent.Form.Get("sure"))
	_, err := readAnswer(p.Question, sent.Form, c.Lang)
	if e, ok := problem.As(err); ok {
		p.Refused, p.FormErrors = "waited.refused_shown", questionErrors(c, p.Question, e)
	}
	return http.StatusUnprocessableEntity
}

// forget takes away what was set aside of a question, now that it is answered.
func (r *Room) forget(c *web.Context, v people.Viewer, asked quiz.Asked) {
	if _, ok := r.aside(c, v, asked.AttemptID, asked.Question.Number); ok {
		c.SetWaits("")
	}
}
