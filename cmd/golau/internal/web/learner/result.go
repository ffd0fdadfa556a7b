package learner

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/quiz"
)

type reviewPage struct {
	web.Frame
	course.Place
	Attempt quiz.Attempt
	Lines   []reviewLine
	Open    int    // questions without an answer
	Before  before // the answer given on the page before this one
}

type reviewLine struct {
	Number int
	Stem   i18n.Text
	Path   string
	State  string // "answered", "partly", "none"
}

// review lists the questions before the attempt is submitted.
func (r *Room) review(c *web.Context, v people.Viewer) error {
	a, paper, given, place, err := r.School.Review(c.Request().Context(), v, c.Param("attempt"))
	if err != nil {
		return err
	}
	if !a.Open {
		return c.Go("/attempts/" + a.ID + "/result")
	}
	p := &reviewPage{Attempt: a, Place: place, Before: beforeOf(c, given)}
	p.Title, p.Current = c.T("review.title"), "learn"
	answers := map[int]quiz.Response{}
	for _, g := range given {
		answers[g.Question] = g.Response
	}
	for _, q := range paper.Questions {
		l := reviewLine{Number: q.Number, Stem: q.Stem, Path: questionPath(a.ID, q.Number), State: "answered"}
		switch resp := answers[q.Number]; {
		case resp.Empty():
			l.State = "none"
			p.Open++
		case !q.Complete(resp):
			l.State = "partly"
			p.Open++
		}
		p.Lines = append(p.Lines, l)
	}
	return c.Show(http.StatusOK, "learner/review", p)
}

// submit closes the attempt; what follows from it has followed when the result
// is shown.
func (r *Room) submit(c *web.Context, v people.Viewer) error {
	if _, err := r.School.Submit(c.Request().Context(), v, c.Lang, c.Param("attempt")); err != nil {
		return err
	}
	return c.Go("/attempts/" + c.Param("attempt") + "/result")
}

type resultPage struct {
	web.Frame
	course.Outcome
	Points     string
	Objectives []objectiveLine
	Button     button // the one thing to do next
	// Mistaken are the answers that were not right, the ones that teach most
	// first; Sound the rest.
	Mistaken, Sound []quiz.Reviewed
	Late            bool // an answer waited that came after the attempt was handed in
}

type objectiveLine struct {
	Text    i18n.Text
	Points  string
	Of      int
	Secure  bool
	Path    string // where it is taught
	Section string
}

// weakFirst puts what is to be looked at again before what is secure: of twenty-five
// lines of an assessment a telephone shows the first few.
func weakFirst(a, b objectiveLine) int {
	switch {
	case a.Secure == b.Secure:
		return 0
	case b.Secure:
		return -1
	}
	return 1
}

func resultPath(attempt string) string { return "/attempts/" + attempt + "/result" }

// result shows what an attempt came to, and what to read again.
func (r *Room) result(c *web.Context, v people.Viewer) error {
	o, err := r.School.Result(c.Request().Context(), v, c.Param("attempt"))
	if err != nil {
		return err
	}
	p := &resultPage{Outcome: o, Points: o.Mark.Points.String(), Late: r.told(c, v, resultPath(o.Attempt.ID)) == toldLate}
	p.Title, p.Current = c.T("result.tab"), "learn"
	for _, m := range o.Mark.Objectives {
		p.Objectives = append(p.Objectives, r.objective(o.Course, m, o.Attempt.Rules.PassPercent))
	}
	slices.SortStableFunc(p.Objectives, weakFirst)
	for _, q := range o.Questions {
		if q.Verdict == quiz.Right {
			p.Sound = append(p.Sound, q)
		} else {
			p.Mistaken = append(p.Mistaken, q)
		}
	}
	p.Button = p.onward(c)
	return c.Show(http.StatusOK, "learner/result", p)
}

func (r *Room) objective(c *course.Course, m quiz.ObjectiveMark, pass int) objectiveLine {
	l := objectiveLine{Points: m.Points.String(), Of: m.Questions, Secure: !m.Weak(pass)}
	mod, ok := r.School.Library().Module(m.Module)
	if !ok {
		return l
	}
	obj, ok := mod.Objective(m.Objective)
	if !ok {
		return l
	}
	l.Text = obj.Text
	if len(obj.Taught) > 0 {
		l.Path = "/learn/" + c.Slug + "/" + mod.Slug + "/" + obj.Taught[0]
	}
	return l
}

// ReadPath leads from a question to the paragraph it rests on.
func (p *resultPage) ReadPath(q quiz.Reviewed) string {
	if q.Section == "" {
		return ""
	}
	path := "/learn/" + p.Course.Slug + "/" + q.Module + "/" + q.Section
	if a := p.Anchors[q.Number]; a != "" {
		path += "#" + a
	}
	return path
}

// SectionTitle is the name of the part that a question rests on.
func (p *resultPage) SectionTitle(q quiz.Reviewed) i18n.Text {
	if p.Outcome.Module == nil {
		return i18n.Text{}
	}
	if s, ok := p.Outcome.Module.Section(q.Section); ok {
		return s.Title
	}
	return i18n.Text{}
}

// optionTag is the key of a tag's words, and its colour.
type optionTag struct{ Key, Colour string }

// Tag says plainly what an option was. Of a choice of one there is a best answer,
// perhaps one that is safe as well, and those that are not advised; of a choice
// of several each fits or does not.
func (p *resultPage) Tag(q quiz.Reviewed, o quiz.ReviewedOption) optionTag {
	switch several := q.Type == quiz.Multiple; {
	case several && o.Best && !o.Chosen:
		return optionTag{"result.missed", "green"}
	case several && o.Best:
		return optionTag{"result.fits", "green"}
	case several:
		return optionTag{"result.fits_not", "grey"}
	case o.Best:
		return optionTag{"result.best", "green"}
	case o.Worth != 0:
		return optionTag{"result.safe", "yellow"}
	}
	return optionTag{"result.not_advised", "grey"}
}
