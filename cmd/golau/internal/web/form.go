package web

import (
	"cmp"
	"slices"
	"strings"

	"golau/internal/problem"
)

// FieldError is one thing to put right, at one place of the form.
type FieldError struct {
	Field   string // "" when it is about no field that the form shows
	Control string // id of the field, or of the first of its radios or lists
	Text    string
	Label   string // how the field is called on the page, for the summary above it; "" where the text says so
}

// FormErrors are what a page shows above its form and beside each field, in
// the order the form asks.
type FormErrors struct {
	Errors []FieldError
	at     map[string]*FieldError
}

// At returns the error of a field, nil when there is none.
func (f FormErrors) At(field string) *FieldError { return f.at[field] }

// Begin says with which control a field of several begins, so that the summary
// leads to something that can be put right.
func (f FormErrors) Begin(field, control string) {
	if e := f.at[field]; e != nil {
		e.Control = control
	}
}

// Call says how the fields are called, so that the summary, which stands apart from
// them, names the field of which it speaks. What label says nothing of stays as it
// was called before.
func (f FormErrors) Call(label func(field string) string) {
	for i := range f.Errors {
		e := &f.Errors[i]
		if e.Field == "" {
			continue
		}
		called := label(e.Field)
		if called == "" {
			continue
		}
		if e.Label = called; !strings.HasSuffix(called, "?") {
			e.Label = strings.TrimRight(called, ".:") + ":"
		}
	}
}

// passwordField is a password that can be shown while it is typed: fill is what
// the browser may fill in.
type passwordField struct {
	Field, Label, Fill, Hint string
	Error                    *FieldError
}

// FormErrors makes of a problem what its form shows. order lists the form's
// fields from top to bottom; what is wrong with any other is said and leads
// nowhere.
func (c *Context) FormErrors(p *problem.Error, order ...string) FormErrors {
	f := FormErrors{at: map[string]*FieldError{}}
	rank := map[string]int{}
	for i, name := range order {
		rank[name] = i + 1
	}
	for field, key := range p.Fields {
		e := FieldError{Text: c.Site.Words.TArgs(c.Lang, key, p.Args)}
		if rank[field] > 0 {
			e.Field, e.Control = field, field
		}
		f.Errors = append(f.Errors, e)
	}
	slices.SortFunc(f.Errors, func(a, b FieldError) int {
		return cmp.Or(cmp.Compare(rank[a.Field], rank[b.Field]), strings.Compare(a.Text, b.Text))
	})
	for i := range f.Errors {
		f.at[f.Errors[i].Field] = &f.Errors[i]
	}
	if p.Kind == problem.Unavailable && !strings.HasPrefix(p.Key, "people.") { // what is wrong inside is for the log
		p = problem.New(p.Kind, "web.unavailable")
	}
	if len(f.Errors) == 0 {
		f.Errors = []FieldError{{Text: c.Site.Words.TArgs(c.Lang, p.Key, p.Args)}}
	}
	return f
}

// Status is the status with which a form is shown again.
func Status(p *problem.Error) int { return statuses[p.Kind] }
