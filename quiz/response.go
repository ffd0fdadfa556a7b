package quiz

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golau/internal/problem"
)

// Response is an answer to one question in the ids of the paper. The zero
// Response is no answer, and clears one given before.
type Response struct {
	Choices []string          `json:"choices,omitempty"` // single: at most one; multiple: any
	Order   []string          `json:"order,omitempty"`   // ordering: the step at each position, "" for none yet
	Rows    map[string]string `json:"rows,omitempty"`    // matching, rewrite: row id -> choice id
}

// Empty says whether nothing has been chosen.
func (r Response) Empty() bool { return len(r.Choices) == 0 && len(r.Order) == 0 && len(r.Rows) == 0 }

// The names of form fields. They are the same for every attempt.
const (
	fieldAnswer = "answer" // single, multiple: a choice id; repeated
	fieldStep   = "step."  // ordering: "step.1" is the first position; its value a choice id
	fieldPair   = "pair."  // matching: "pair.<row id>"; its value a choice id
	fieldLine   = "line."  // rewrite: "line.<row id>"; its value a choice id
)

// Field returns the form field of a row of the question.
func (q PaperQuestion) Field(r PaperRow) string {
	if q.Type == Rewrite {
		return fieldLine + r.ID
	}
	return fieldPair + r.ID
}

// Positions lists the form fields of an ordering question, first position first.
func (q PaperQuestion) Positions() []string {
	fields := make([]string, len(q.Choices))
	for i := range fields {
		fields[i] = fieldStep + strconv.Itoa(i+1)
	}
	return fields
}

// Complete says whether r leaves nothing of the question open. For a multiple
// question one choice is enough: how many are right is part of the question.
func (q PaperQuestion) Complete(r Response) bool {
	switch q.Type {
	case Ordering:
		return len(r.Order) == len(q.Choices) && !slices.Contains(r.Order, "")
	case Matching, Rewrite:
		return len(r.Rows) == len(q.Rows)
	}
	return len(r.Choices) > 0
}

// ParseResponse reads an answer to q from a form. Fields that are not part of an
// answer are passed over; empty values count as not chosen.
//
// Returns problem.Invalid naming the fields when a value is not on the paper, a
// choice stands twice, or the form answers another kind of question.
func ParseResponse(q PaperQuestion, form url.Values) (Response, error) {
	var r Response
	wrong := map[string]string{}
	for field, values := range form {
		values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
		if len(values) == 0 {
			continue
		}
		prefix, rest := splitField(field)
		switch {
		case prefix == "":
		case prefix != q.fieldPrefix():
			wrong[fieldAnswer] = "quiz.field.unknown"
		case prefix == fieldAnswer:
			r.Choices = values
		case len(values) > 1:
			// The name is the sender's; it is not repeated on the page.
			wrong[fieldAnswer] = "quiz.field.one"
		case prefix == fieldStep:
			n, err := strconv.Atoi(rest)
			if err != nil || n < 1 || n > len(q.Choices) || strconv.Itoa(n) != rest {
				wrong[fieldAnswer] = "quiz.field.unknown"
				continue
			}
			if r.Order == nil {
				r.Order = make([]string, len(q.Choices))
			}
			r.Order[n-1] = values[0]
		default:
			if r.Rows == nil {
				r.Rows = map[string]string{}
			}
			r.Rows[rest] = values[0]
		}
	}
	if len(wrong) > 0 {
		return Response{}, invalid(wrong)
	}
	return q.accept(r)
}

// splitField tells a field of an answer from any other field of the form.
func splitField(field string) (prefix, rest string) {
	if field == fieldAnswer {
		return fieldAnswer, ""
	}
	for _, p := range []string{fieldStep, fieldPair, fieldLine} {
		if rest, ok := strings.CutPrefix(field, p); ok {
			return p, rest
		}
	}
	return "", ""
}

func (q PaperQuestion) fieldPrefix() string {
	switch q.Type {
	case Ordering:
		return fieldStep
	case Matching:
		return fieldPair
	case Rewrite:
		return fieldLine
	}
	return fieldAnswer
}

// accept checks r against the paper and returns it in its one canonical form, so
// that two equal answers are equal byte for byte.
func (q PaperQuestion) accept(r Response) (Response, error) {
	wrong := map[string]string{}
	switch q.Type {
	case Single, Multiple:
		if len(r.Order) > 0 || len(r.Rows) > 0 {
			wrong[fieldAnswer] = "quiz.field.unknown"
		}
		q.checkChoices(r.Choices, wrong)
	case Ordering:
		if len(r.Choices) > 0 || len(r.Rows) > 0 || len(r.Order) > len(q.Choices) {
			wrong[fieldAnswer] = "quiz.field.unknown"
		} else {
			q.checkOrder(r.Order, wrong)
		}
	case Matching, Rewrite:
		if len(r.Choices) > 0 || len(r.Order) > 0 {
			wrong[fieldAnswer] = "quiz.field.unknown"
		}
		q.checkRows(r.Rows, wrong)
	}
	if len(wrong) > 0 {
		return Response{}, invalid(wrong)
	}
	return q.canonical(r), nil
}

func (q PaperQuestion) checkChoices(chosen []string, wrong map[string]string) {
	if q.Type == Single && len(chosen) > 1 {
		wrong[fieldAnswer] = "quiz.field.one"
	}
	for i, id := range chosen {
		switch {
		case !has(q.Choices, id):
			wrong[fieldAnswer] = "quiz.field.unknown"
		case slices.Contains(chosen[:i], id):
			wrong[fieldAnswer] = "quiz.field.twice"
		}
	}
}

func (q PaperQuestion) checkOrder(order []string, wrong map[string]string) {
	for i, id := range order {
		field := fieldStep + strconv.Itoa(i+1)
		switch {
		case id == "":
		case !has(q.Choices, id):
			wrong[field] = "quiz.field.unknown"
		case slices.Contains(order[:i], id):
			wrong[field] = "quiz.field.twice"
		}
	}
}

// checkRows lets two rows have the same choice: two left sides may share a right.
func (q PaperQuestion) checkRows(rows map[string]string, wrong map[string]string) {
	for id, chosen := range rows {
		i := slices.IndexFunc(q.Rows, func(r PaperRow) bool { return r.ID == id })
		switch {
		case i < 0:
			wrong[fieldAnswer] = "quiz.field.unknown"
		case chosen != "" && !has(q.Offers(q.Rows[i]), chosen):
			wrong[q.Field(q.Rows[i])] = "quiz.field.unknown"
		}
	}
}

func (q PaperQuestion) canonical(r Response) Response {
	var c Response
	for _, choice := range q.Choices {
		if slices.Contains(r.Choices, choice.ID) {
			c.Choices = append(c.Choices, choice.ID)
		}
	}
	if slices.ContainsFunc(r.Order, func(id string) bool { return id != "" }) {
		c.Order = append(slices.Clone(r.Order), make([]string, len(q.Choices)-len(r.Order))...)
	}
	for id, chosen := range r.Rows {
		if chosen == "" {
			continue
		}
		if c.Rows == nil {
			c.Rows = make(map[string]string, len(r.Rows))
		}
		c.Rows[id] = chosen
	}
	return c
}

func has(choices []Choice, id string) bool {
	return slices.ContainsFunc(choices, func(c Choice) bool { return c.ID == id })
}

func invalid(fields map[string]string) error {
	e := problem.New(problem.Invalid, "quiz.answer.invalid")
	e.Fields = fields
	return e
}
