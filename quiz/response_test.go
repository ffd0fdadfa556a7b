package quiz

import (
	"net/url"
	"reflect"
	"slices"
	"testing"

	"golau/internal/problem"
)

func shown(n int) []Choice {
	var all []Choice
	for i := range n {
		all = append(all, Choice{choiceID(i), both("text")})
	}
	return all
}

var (
	askSingle   = PaperQuestion{Number: 1, Type: Single, Choices: shown(3)}
	askMultiple = PaperQuestion{Number: 2, Type: Multiple, Choices: shown(4)}
	askOrdering = PaperQuestion{Number: 3, Type: Ordering, Choices: shown(3)}
	askMatching = PaperQuestion{Number: 4, Type: Matching, Choices: shown(2), Rows: []PaperRow{{ID: "1"}, {ID: "2"}}}
	askRewrite  = PaperQuestion{Number: 5, Type: Rewrite, Rows: []PaperRow{{ID: "1", Choices: shown(3)}, {ID: "2", Choices: shown(2)}}}
)

func TestParseResponse(t *testing.T) {
	for _, c := range []struct {
		name     string
		q        PaperQuestion
		form     string
		want     Response
		complete bool
	}{
		{"single", askSingle, "answer=b", Response{Choices: []string{"b"}}, true},
		{"single: nothing", askSingle, "", Response{}, false},
		{"single: other fields are passed over", askSingle, "answer=c&version=3&sure=sure&step=1", Response{Choices: []string{"c"}}, true},
		{"multiple, in the order of the paper", askMultiple, "answer=d&answer=a", Response{Choices: []string{"a", "d"}}, true},
		{"ordering", askOrdering, "step.1=c&step.2=a&step.3=b", Response{Order: []string{"c", "a", "b"}}, true},
		{"ordering: begun", askOrdering, "step.1=&step.2=a&step.3=", Response{Order: []string{"", "a", ""}}, false},
		{"ordering: not begun", askOrdering, "step.1=&step.2=&step.3=", Response{}, false},
		{"matching", askMatching, "pair.1=b&pair.2=a", Response{Rows: map[string]string{"1": "b", "2": "a"}}, true},
		{"matching: one right for two lefts", askMatching, "pair.1=b&pair.2=b", Response{Rows: map[string]string{"1": "b", "2": "b"}}, true},
		{"matching: begun", askMatching, "pair.1=&pair.2=a", Response{Rows: map[string]string{"2": "a"}}, false},
		{"rewrite", askRewrite, "line.1=c&line.2=b", Response{Rows: map[string]string{"1": "c", "2": "b"}}, true},
	} {
		form, err := url.ParseQuery(c.form)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseResponse(c.q, form)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
		if c.q.Complete(got) != c.complete || got.Empty() != reflect.DeepEqual(c.want, Response{}) {
			t.Errorf("%s: complete %v, empty %v", c.name, c.q.Complete(got), got.Empty())
		}
	}
}

func TestParseResponseRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		q     PaperQuestion
		form  string
		field string
		key   string
	}{
		{"unknown option", askSingle, "answer=z", "answer", "quiz.field.unknown"},
		{"option of the bank", askSingle, "answer=secret-best", "answer", "quiz.field.unknown"},
		{"two of a single choice", askSingle, "answer=a&answer=b", "answer", "quiz.field.one"},
		{"the same twice", askMultiple, "answer=a&answer=a", "answer", "quiz.field.twice"},
		{"unknown among known", askMultiple, "answer=a&answer=9", "answer", "quiz.field.unknown"},
		{"unknown step", askOrdering, "step.1=a&step.2=x", "step.2", "quiz.field.unknown"},
		{"a step in two places", askOrdering, "step.1=a&step.3=a", "step.3", "quiz.field.twice"},
		{"a place that is not there", askOrdering, "step.4=a", "answer", "quiz.field.unknown"},
		{"place nought", askOrdering, "step.0=a", "answer", "quiz.field.unknown"},
		{"a place with a sign", askOrdering, "step.%2B1=a", "answer", "quiz.field.unknown"},
		{"a place that overflows", askOrdering, "step.99999999999999999999=a", "answer", "quiz.field.unknown"},
		{"two steps in one place", askOrdering, "step.1=a&step.1=b", "answer", "quiz.field.one"},
		{"unknown row", askMatching, "pair.3=a", "answer", "quiz.field.unknown"},
		{"unknown right", askMatching, "pair.2=c", "pair.2", "quiz.field.unknown"},
		{"unknown wording", askRewrite, "line.2=c", "line.2", "quiz.field.unknown"},
		{"another kind of question", askRewrite, "pair.1=a", "answer", "quiz.field.unknown"},
		{"an order for a choice", askSingle, "step.1=a", "answer", "quiz.field.unknown"},
	} {
		form, err := url.ParseQuery(c.form)
		if err != nil {
			t.Fatal(err)
		}
		_, err = ParseResponse(c.q, form)
		p := wantProblem(t, err, problem.Invalid, "quiz.answer.invalid")
		if len(p.Fields) != 1 || p.Fields[c.field] != c.key {
			t.Errorf("%s: fields %v, want %s: %s", c.name, p.Fields, c.field, c.key)
		}
	}
}

// A response that did not come through a form is held to the same paper.
func TestAcceptRefusesOtherShapes(t *testing.T) {
	for _, c := range []struct {
		q PaperQuestion
		r Response
	}{
		{askSingle, Response{Order: []string{"a"}}},
		{askMultiple, Response{Rows: map[string]string{"1": "a"}}},
		{askOrdering, Response{Choices: []string{"a"}}},
		{askOrdering, Response{Order: []string{"a", "b", "c", ""}}},
		{askMatching, Response{Choices: []string{"a"}}},
		{askRewrite, Response{Order: []string{"a"}}},
		{askRewrite, Response{Rows: map[string]string{"7": ""}}},
	} {
		_, err := c.q.accept(c.r)
		wantProblem(t, err, problem.Invalid, "quiz.answer.invalid")
	}
	if _, err := askMultiple.accept(Response{Choices: []string{""}}); err == nil {
		t.Error("an option without a name was accepted")
	}
}

func TestFieldNames(t *testing.T) {
	if got := askOrdering.Positions(); !slices.Equal(got, []string{"step.1", "step.2", "step.3"}) {
		t.Error(got)
	}
	if got := askMatching.Field(askMatching.Rows[1]); got != "pair.2" {
		t.Error(got)
	}
	if got := askRewrite.Field(askRewrite.Rows[0]); got != "line.1" {
		t.Error(got)
	}
}

// Whatever is sent: either a problem that names only fields of the page, or an
// answer that the paper offers and that reads the same when read again.
func FuzzParseResponse(f *testing.F) {
	for _, s := range []string{"answer=a", "answer=a&answer=b", "step.1=a&step.2=b", "pair.1=a", "line.1=b&line.2=a",
		"step.01=a", "pair.=a", "answer=%00", "step.-1=a", "line.1=a;b", "%ff=1", "answer=", "step.=b"} {
		f.Add(s)
	}
	questions := []PaperQuestion{askSingle, askMultiple, askOrdering, askMatching, askRewrite}
	f.Fuzz(func(t *testing.T, query string) {
		form, _ := url.ParseQuery(query)
		for _, q := range questions {
			r, err := ParseResponse(q, form)
			if err != nil {
				p := wantProblem(t, err, problem.Invalid, "quiz.answer.invalid")
				for field := range p.Fields {
					if field != "answer" && !slices.Contains(q.Positions(), field) &&
						!slices.ContainsFunc(q.Rows, func(r PaperRow) bool { return q.Field(r) == field }) {
						t.Fatalf("%s: the problem names %q", query, field)
					}
				}
				continue
			}
			again, err := q.accept(r)
			if err != nil || !same(r, again) {
				t.Fatalf("%s: %+v becomes %+v, %v", query, r, again, err)
			}
			for _, id := range append(slices.Clone(r.Choices), r.Order...) {
				if id != "" && !has(q.Choices, id) {
					t.Fatalf("%s: %q is not offered", query, id)
				}
			}
			if _, said := form["answer"]; !said && len(r.Choices) > 0 {
				t.Fatalf("%s: an answer from nowhere", query)
			}
		}
	})
}
