package robot

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Question is one question as its page asks it.
type Question struct {
	Path    string
	Version int // of the answer that the page shows
	Fields  []Field
	Given   url.Values // the answer that the page shows
}

// Field is one thing to choose, with what can be chosen.
type Field struct {
	Name   string
	Values []string
}

var (
	formPart    = regexp.MustCompile(`(?s)<form [^>]*id="question".*?</form>`)
	versionPart = regexp.MustCompile(`name="version" value="(\d+)"`)
	// a radio or checkbox, a select, or an option of the select before it
	choicePart = regexp.MustCompile(`<input [^>]*name="([^"]+)" type="(?:radio|checkbox)" value="([^"]+)"( checked)?|<select [^>]*name="([^"]+)"|<option value="([^"]+)"( selected)?`)
)

// Question opens a question of an attempt.
func (v *Visitor) Question(ctx context.Context, attempt string, n int) (Question, error) {
	q := Question{Path: attempt + "/questions/" + strconv.Itoa(n), Given: url.Values{}}
	p, err := v.Get(ctx, q.Path)
	if err != nil {
		return q, err
	}
	form := formPart.FindString(p.Body)
	version := versionPart.FindStringSubmatch(form)
	if p.Status != http.StatusOK || version == nil {
		return q, &Status{q.Path, p.Status}
	}
	q.Version, _ = strconv.Atoi(version[1])
	selected := ""
	for _, m := range choicePart.FindAllStringSubmatch(form, -1) {
		switch {
		case m[4] != "":
			selected = m[4]
		case m[5] != "":
			q.offer(selected, m[5], m[6] != "")
		case m[1] != "sure":
			q.offer(m[1], m[2], m[3] != "")
		}
	}
	if len(q.Fields) == 0 {
		return q, fmt.Errorf("%s offers nothing to choose", q.Path)
	}
	return q, nil
}

func (q *Question) offer(name, value string, chosen bool) {
	i := slices.IndexFunc(q.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		i = len(q.Fields)
		q.Fields = append(q.Fields, Field{Name: name})
	}
	q.Fields[i].Values = append(q.Fields[i].Values, value)
	if chosen {
		q.Given.Add(name, value)
	}
}

// Choose returns the k-th of the answers that leave nothing open: each choice is
// moved on by one, so that no step of an order stands twice.
func (q Question) Choose(k int) url.Values {
	form := url.Values{}
	for i, f := range q.Fields {
		form.Set(f.Name, f.Values[(k+i)%len(f.Values)])
	}
	return form
}

// Saved is what became of an answer.
type Saved struct {
	Status  int `json:"-"` // 200 saved, 409 older than what is there
	Version int
}

// Save sends an answer as the page's own script does at each choice.
func (v *Visitor) Save(ctx context.Context, q Question, form url.Values) (Saved, error) {
	form = clone(form)
	form.Set("version", strconv.Itoa(q.Version))
	p, err := v.do(ctx, http.MethodPost, q.Path, form, "application/json")
	if err != nil {
		return Saved{}, err
	}
	s := Saved{Status: p.Status}
	if p.Status == http.StatusOK {
		if err := json.NewDecoder(strings.NewReader(p.Body)).Decode(&s); err != nil {
			return s, fmt.Errorf("%s: %w", q.Path, err)
		}
	}
	return s, nil
}

// Next sends an answer as the button does, and returns where it leads.
func (v *Visitor) Next(ctx context.Context, q Question, form url.Values) (string, error) {
	form = clone(form)
	form.Set("version", strconv.Itoa(q.Version))
	form.Set("go", "next")
	p, err := v.Post(ctx, q.Path, form)
	return follow(q.Path, p, err)
}

func clone(form url.Values) url.Values {
	c := make(url.Values, len(form)+2)
	for name, values := range form {
		c[name] = values
	}
	return c
}
