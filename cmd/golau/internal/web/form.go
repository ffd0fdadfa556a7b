package web

import (
	"sort"
	"strings"

	"golau/internal/problem"
)

// FieldError is one thing to put right, at one place of the form.
type FieldError struct{ Field, Text string }

// FormErrors are what a page shows above its form and beside each field, in
// the order the form asks.
type FormErrors struct {
	Errors []FieldError
	at     map[string]*FieldError
}

// At returns the error of a field, nil when there is none.
func (f FormErrors) At(field string) *FieldError { return f.at[field] }

// FormErrors makes of a problem what its form shows. order lists the form's
// fields from top to bottom.
func (c *Context) FormErrors(p *problem.Error, order ...string) FormErrors {
	f := FormErrors{at: map[string]*FieldError{}}
	rank := map[string]int{}
	for i, name := range order {
		rank[name] = i + 1
	}
	for field, key := range p.Fields {
		f.Errors = append(f.Errors, FieldError{field, c.Site.Words.TArgs(c.Lang, key, p.Args)})
	}
	sort.Slice(f.Errors, func(i, j int) bool { return rank[f.Errors[i].Field] < rank[f.Errors[j].Field] })
	for i := range f.Errors {
		f.at[f.Errors[i].Field] = &f.Errors[i]
	}
	if p.Kind == problem.Unavailable && !strings.HasPrefix(p.Key, "people.") { // what is wrong inside is for the log
		p = problem.New(p.Kind, "web.unavailable")
	}
	if len(f.Errors) == 0 {
		f.Errors = []FieldError{{"", c.Site.Words.TArgs(c.Lang, p.Key, p.Args)}}
	}
	return f
}

// Status is the status with which a form is shown again.
func Status(p *problem.Error) int { return statuses[p.Kind] }
