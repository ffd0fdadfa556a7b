package admin

import (
	"net/http"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
)

// Form is what every page with a form hands to its templates. Page structs
// embed it.
type Form struct {
	Base
	web.FormErrors
	Done string // message key of what was just done
	Then *Then  // where it goes on; nil where nothing follows
	Step *Step  // of the setting up, when the page is shown as one; else nil

	has    func(key string) bool
	status int
}

// Then is where what was just done goes on, and the key of what the link says.
type Then struct{ Path, Key string }

// thens are the things that ask for something elsewhere, by what was done.
var thens = map[string]Then{
	"council_added":    {"/admin/agencies", "admin.done_then.agencies"},
	"council_returned": {"/admin/agencies", "admin.done_then.agencies"},
}

// form returns the frame of a page with a form, and says what was just done.
func form(c *web.Context, part, title string) Form {
	f := Form{Base: base(c, part, title), has: c.Site.Words.Has, status: http.StatusOK}
	if s, ok := stepNamed(c.Field("setup")); ok {
		f.Step = &s
	}
	if done := "admin.done." + c.Done(); f.has(done) {
		f.Done = done
		if then, ok := thens[c.Done()]; ok {
			f.Then = &then
		}
	}
	return f
}

// sent says that the form with the id goes to path, so that the language can be
// switched with what was typed.
func (f *Form) sent(id, path string) { f.FormID, f.FormTo = id, path }

// take shows err beside the fields, in the order the form asks, and above the
// form with their labels, admin.label.<family>.<field>. It returns what no form can
// show.
func (f *Form) take(c *web.Context, err error, family string, order ...string) error {
	if err == nil {
		return nil
	}
	p, ok := problem.As(err)
	if !ok || p.Kind != problem.Invalid && p.Kind != problem.Conflict && p.Kind != problem.TooMany {
		return err
	}
	f.FormErrors, f.status = c.FormErrors(p, order...), web.Status(p)
	f.Call(func(field string) string {
		if key := "admin.label." + family + "." + field; f.has(key) {
			return c.T(key)
		}
		return ""
	})
	if p.RetryAfter > 0 {
		c.RetryAfter(p.RetryAfter)
	}
	return nil
}

// callProof says how the proof is called that a page asks for, which is a password
// or a code.
func (f *Form) callProof(c *web.Context, kind people.Proof) { callProof(c, f.FormErrors, kind) }

func callProof(c *web.Context, errs web.FormErrors, kind people.Proof) {
	errs.Call(func(field string) string {
		switch {
		case field != "proof":
			return ""
		case kind == people.ProofPassword:
			return c.T("second.proof_password")
		}
		return c.T("second.proof_code")
	})
}

// Input is one field of a form.
type Input struct {
	Name, Key, Value, Kind, Lang string
	Hint                         bool
	Options                      []Option
	Error                        *web.FieldError
}

// Option is one choice of a field.
type Option struct {
	Value, Label string
	Chosen       bool
}

// ID is the id of the option that stands at i: the first bears the field's own,
// so that an error leads there.
func (i Input) ID(n int) string {
	if n == 0 {
		return i.Name
	}
	return i.Name + "-" + i.Options[n].Value
}

// HintID is the id of the field's hint, "" where it has none.
func (i Input) HintID() string {
	if !i.Hint {
		return ""
	}
	return i.Name + "-hint"
}

// Input returns the field for its template. The key is that of its label,
// admin.label.<key>, and of its hint, where there is one; the field is named by
// the last word of the key. kind is the type of an input.
func (f Form) Input(key, value, kind string) Input {
	name := key[strings.LastIndex(key, ".")+1:]
	i := Input{Name: name, Key: key, Value: value, Kind: kind, Hint: f.has("admin.hint." + key), Error: f.At(name)}
	if strings.HasSuffix(name, "_cy") {
		i.Lang = "cy"
	}
	if strings.HasSuffix(name, "_en") {
		i.Lang = "en"
	}
	return i
}

// Choice returns a field with options.
func (f Form) Choice(key string, options []Option) Input {
	i := f.Input(key, "", "")
	i.Options = options
	return i
}

// done goes on after a change: to the step of the setting up, when the form was
// sent from there, or to the one after it, when that was asked for; else to path.
func (r *Room) done(c *web.Context, path string) error {
	if s, ok := stepNamed(c.Field("setup")); ok {
		if c.Field("go") == "next" && !s.Last() {
			s, _ = stepNamed(site.StepNames[s.Number])
		}
		return c.Go(s.Path() + "?done=saved")
	}
	return c.Go(path)
}
