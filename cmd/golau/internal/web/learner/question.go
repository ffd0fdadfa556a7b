package learner

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/quiz"
)

func questionPath(attempt string, n int) string {
	return "/attempts/" + attempt + "/questions/" + strconv.Itoa(n)
}

type questionPage struct {
	web.Frame
	web.FormErrors
	course.Place
	quiz.View
	Response  quiz.Response // what the page shows as chosen
	Sure      quiz.Sure
	Version   int // the version of the answer that the page shows
	Saved     store.Time
	Before    before // the answer given on the page before this one
	Stale     bool   // a newer answer than the one sent is shown
	Refused   string // what is said when the one sent before signing in could not be saved
	SelfPath  string
	PrevPath  string
	ReviewURL string
	States    []string
}

// Chosen says whether a choice is the answer, or part of it.
func (p *questionPage) Chosen(id string) bool { return slices.Contains(p.Response.Choices, id) }

// At returns the step put at a position, counted from 0.
func (p *questionPage) At(i int) string {
	if i < len(p.Response.Order) {
		return p.Response.Order[i]
	}
	return ""
}

// RowChoice returns what was chosen for a row.
func (p *questionPage) RowChoice(row string) string { return p.Response.Rows[row] }

// Last says whether the review comes next.
func (p *questionPage) Last() bool { return p.Question.Number == p.Attempt.Questions }

// question shows one question.
func (r *Room) question(c *web.Context, v people.Viewer) error {
	view, place, err := r.look(c, v)
	if err != nil {
		return err
	}
	if !view.Attempt.Open {
		return c.Go(resultPath(view.Attempt.ID))
	}
	p := newQuestionPage(c, view, place)
	if p.Before, err = r.before(c, v, p.Question.Number); err != nil {
		return err
	}
	status := http.StatusOK
	switch r.told(c, v, p.SelfPath) {
	case toldStale:
		p.Stale = true
	case toldRefused:
		status = r.again(c, v, p)
	}
	return c.Show(status, "learner/question", p)
}

// number is which question the address names.
func number(c *web.Context) (int, error) {
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil {
		return 0, problem.New(problem.NotFound, "web.not_found")
	}
	return n, nil
}

func (r *Room) look(c *web.Context, v people.Viewer) (quiz.View, course.Place, error) {
	n, err := number(c)
	if err != nil {
		return quiz.View{}, course.Place{}, err
	}
	return r.School.Question(c.Request().Context(), v, c.Param("attempt"), n)
}

func newQuestionPage(c *web.Context, view quiz.View, place course.Place) *questionPage {
	n := view.Question.Number
	p := &questionPage{Place: place, View: view, Response: view.Given.Response, Sure: view.Given.Sure,
		Version: view.Given.Version, Saved: view.Given.At, SelfPath: questionPath(view.Attempt.ID, n),
		ReviewURL: "/attempts/" + view.Attempt.ID + "/review", States: make([]string, len(view.Answered))}
	p.Title, p.Current, p.FormID, p.FormGo = c.T("question.tab", "Number", n, "Of", view.Attempt.Questions), "learn", "question", "next"
	p.Scripts = []string{"js/quiz.js"}
	if n > 1 {
		p.PrevPath = questionPath(view.Attempt.ID, n-1)
	}
	for i, answered := range view.Answered {
		if answered {
			p.States[i] = "done"
		}
	}
	p.States[n-1] = "now"
	return p
}

// answer keeps an answer and goes where the pressed button leads. With our
// script it is called at each choice, and answers when it was saved.
func (r *Room) answer(c *web.Context, v people.Viewer) error {
	n, err := number(c)
	if err != nil {
		return err
	}
	asked, err := r.School.Asked(c.Request().Context(), v, c.Param("attempt"), n)
	if err != nil {
		return err
	}
	in, err := readAnswer(asked.Question, c.Form(), c.Lang)
	var saved quiz.Saved
	if err == nil || !asked.Open { // a closed attempt refuses whatever it is told
		saved, err = r.School.Answer(c.Request().Context(), v, asked.AttemptID, in)
	}
	if err == nil {
		r.forget(c, v, asked)
	}
	if c.WantsJSON() {
		return answerJSON(c, asked, saved, err)
	}
	if p, ok := problem.As(err); ok && (p.Kind == problem.Conflict || p.Kind == problem.Invalid || p.Kind == problem.Unavailable) {
		return r.answerRefused(c, v, in, p)
	}
	if err != nil {
		return err
	}
	return c.Go(after(c, asked, in.Response, saved))
}

func readAnswer(q quiz.PaperQuestion, form url.Values, lang i18n.Lang) (quiz.AnswerInput, error) {
	in := quiz.AnswerInput{Question: q.Number, Asked: &q, Sure: quiz.Sure(form.Get("sure")), Lang: lang,
		Sent: quiz.ParseSent(q, form["sent"])}
	in.Version, _ = strconv.Atoi(form.Get("version"))
	var err error
	in.Response, err = quiz.ParseResponse(q, form)
	return in, err
}

// after is where an answer that was kept leads. The next page says that it was, or
// what was left open: nobody has to answer, and nobody is to pass by unawares.
func after(c *web.Context, asked quiz.Asked, given quiz.Response, saved quiz.Saved) string {
	n, id := asked.Question.Number, asked.AttemptID
	said, open := "", ""
	if !saved.At.IsZero() && !given.Empty() {
		said = "?saved=" + strconv.Itoa(n)
	}
	if open = said; given.Empty() || !asked.Question.Complete(given) {
		open = "?open=" + strconv.Itoa(n)
	}
	switch {
	case c.Switching():
		return questionPath(id, n) + c.Notices()
	case c.Field("go") == "previous" && n > 1:
		return questionPath(id, n-1) + said
	case c.Field("go") == "review" || n == asked.Questions:
		return "/attempts/" + id + "/review" + said
	}
	return questionPath(id, n+1) + open
}

// answerRefused shows the question again: with what was chosen when it can be
// put right, with the newer answer when this page was older.
func (r *Room) answerRefused(c *web.Context, v people.Viewer, in quiz.AnswerInput, p *problem.Error) error {
	if p.Key == "quiz.closed" {
		return problem.New(p.Kind, p.Key, "Heading", c.T("step.closed_title"), "Step", c.Local("/attempts/"+c.Param("attempt")+"/result"), "StepName", c.T("step.closed_result"))
	}
	view, place, err := r.look(c, v)
	if err != nil {
		return err
	}
	page := newQuestionPage(c, view, place)
	if p.Kind == problem.Conflict {
		page.Stale = true
		return c.Show(http.StatusConflict, "learner/question", page)
	}
	page.Response, page.Sure = asSent(view.Question, c.Form()), in.Sure
	page.FormErrors = questionErrors(c, view.Question, p)
	if p.RetryAfter > 0 {
		c.RetryAfter(p.RetryAfter)
	}
	return c.Show(web.Status(p), "learner/question", page)
}

// questionErrors says what is wrong with an answer, and with which of the
// question's controls to begin.
func questionErrors(c *web.Context, q quiz.PaperQuestion, p *problem.Error) web.FormErrors {
	fields, first := []string{"answer"}, map[string]string{"sure": "sure-sure"}
	switch {
	case q.Type == quiz.Ordering:
		fields = append(fields, q.Positions()...)
		first["answer"] = fields[1]
	case len(q.Rows) == 0:
		first["answer"] = "c-" + q.Choices[0].ID
	}
	for i, row := range q.Rows {
		field := q.Field(row)
		fields = append(fields, field)
		if first[field] = field; q.Type == quiz.Rewrite {
			first[field] = field + "-" + q.Offers(row)[0].ID
		}
		if i == 0 {
			first["answer"] = first[field]
		}
	}
	f := c.FormErrors(p, append(fields, "sure")...)
	for field, control := range first {
		f.Begin(field, control)
	}
	return f
}

// asSent is the form's answer as it was sent, so that nothing chosen is lost
// when the page comes back with an error.
func asSent(q quiz.PaperQuestion, form url.Values) quiz.Response {
	resp := quiz.Response{Choices: form["answer"], Rows: map[string]string{}}
	if q.Type == quiz.Ordering {
		for _, f := range q.Positions() {
			resp.Order = append(resp.Order, form.Get(f))
		}
	}
	for _, row := range q.Rows {
		resp.Rows[row.ID] = form.Get(q.Field(row))
	}
	return resp
}

// answerJSON tells our script what became of the answer.
func answerJSON(c *web.Context, asked quiz.Asked, saved quiz.Saved, err error) error {
	p, ok := problem.As(err)
	switch {
	case err == nil && saved.At.IsZero():
		return c.JSONAnswer(http.StatusOK, map[string]any{"version": saved.Version, "message": ""})
	case err == nil:
		clock := i18n.Clock(c.Lang, saved.At.Time)
		return c.JSONAnswer(http.StatusOK, map[string]any{"saved": clock, "version": saved.Version, "message": c.T("question.saved", "Time", clock)})
	case ok && p.Kind == problem.Conflict:
		self := c.Local(questionPath(asked.AttemptID, asked.Question.Number))
		return c.JSONAnswer(http.StatusConflict, map[string]any{"message": c.T(p.Key), "reload": self, "reload_text": c.T("question.reload")})
	}
	return err
}
