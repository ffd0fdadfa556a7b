package web

import (
	"net/http"

	"golau/internal/problem"
)

// Input is one field of a form as its template draws it ("field", "choice", "boxes").
type Input struct {
	Name, Label, Hint, Value string
	Kind                     string // of an input; "text" when empty
	Lang                     string // of what is typed, where it is not the page's
	Short                    bool   // for a number or a day
	Options                  []Option
	Error                    *FieldError
}

// OptionID is the id of a field's nth box: the first has the field's own, to which
// an error leads.
func (i Input) OptionID(n int) string {
	if n == 0 {
		return i.Name
	}
	return i.Name + "-" + i.Options[n].Value
}

// Option is one choice of a field.
type Option struct {
	Value, Label string
	Chosen       bool
}

// HintID is the id of the field's hint, "" where it has none.
func (i Input) HintID() string {
	if i.Hint == "" {
		return ""
	}
	return i.Name + "-hint"
}

// Take returns what of err the form shows, in the order of its fields, with the
// status of the page. What no form can show comes back as an error.
func (c *Context) Take(err error, order ...string) (FormErrors, int, error) {
	p, ok := problem.As(err)
	switch {
	case err == nil:
		return FormErrors{}, http.StatusOK, nil
	case !ok || p.Kind != problem.Invalid && p.Kind != problem.Conflict && p.Kind != problem.TooMany:
		return FormErrors{}, 0, err
	}
	return c.FormErrors(p, order...), Status(p), nil
}
