package main

import (
	"io/fs"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"golau/internal/i18n"
	"golau/quiz"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"
)

// The oracle knows the answers from the files of the banks and reads the
// questions from the page, like somebody with the book open. It has no way to
// an attempt's key.

type bankOption struct {
	Worth    string    `yaml:"worth"`
	Text     i18n.Text `yaml:"text"`
	Feedback i18n.Text `yaml:"feedback"`
}

type bankQuestion struct {
	ID      string       `yaml:"id"`
	Stem    i18n.Text    `yaml:"stem"`
	Options []bankOption `yaml:"options"`
	Steps   []bankOption `yaml:"steps"`
	Pairs   []struct {
		Left     i18n.Text `yaml:"left"`
		Right    i18n.Text `yaml:"right"`
		Feedback i18n.Text `yaml:"feedback"`
	} `yaml:"pairs"`
	Lines []struct {
		Label   i18n.Text    `yaml:"label"`
		Options []bankOption `yaml:"options"`
	} `yaml:"lines"`
}

// banks reads every question, by bank.
var banks = sync.OnceValues(func() (map[string][]bankQuestion, error) {
	files, err := fs.Glob(quiz.Content(), "*.yaml")
	if err != nil {
		return nil, err
	}
	all := map[string][]bankQuestion{}
	for _, file := range files {
		raw, err := fs.ReadFile(quiz.Content(), file)
		if err != nil {
			return nil, err
		}
		var b struct {
			Questions []bankQuestion `yaml:"questions"`
		}
		if err := yaml.Unmarshal(raw, &b); err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(file, ".yaml")] = b.Questions
	}
	return all, nil
})

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// questionOf finds the question of the bank that a page asks.
func questionOf(t testing.TB, page *reply) (bankQuestion, i18n.Lang) {
	t.Helper()
	all, err := banks()
	if err != nil {
		t.Fatal(err)
	}
	doc := page.doc()
	stem := find(doc, hasClass("golau-stem"))
	if stem == nil {
		t.Fatalf("%s (%d) asks no question\n%s", page.path, page.Status, page.gist())
	}
	lang := i18n.Lang(attr(find(doc, tag("html")), "lang"))
	asked := textOf(stem)
	for _, questions := range all {
		for _, q := range questions {
			if flat(q.Stem.In(lang)) == asked {
				return q, lang
			}
		}
	}
	t.Fatalf("%s asks what stands in no bank: %s", page.path, asked)
	return bankQuestion{}, ""
}

// respond fills in the question of a page, in the best way or in one that earns
// nothing, and returns the fields of the answer.
func respond(t testing.TB, page *reply, right bool) url.Values {
	t.Helper()
	q, lang := questionOf(t, page)
	form := find(page.doc(), both(tag("form"), byID("question")))
	v := url.Values{}
	switch {
	case len(q.Options) > 0:
		kind := "radio"
		chosen := pick(form, "answer", lang, q.Options, right)
		if in := find(form, with("name", "answer")); attr(in, "type") == "checkbox" {
			kind = "checkbox"
		}
		if kind == "radio" || !right {
			chosen = chosen[:1]
		}
		v["answer"] = chosen
	case len(q.Steps) > 0:
		for i, sel := range findAll(form, tag("select")) {
			step := q.Steps[i]
			if !right {
				step = q.Steps[len(q.Steps)-1-i]
			}
			v.Set(attr(sel, "name"), optionSaying(t, sel, step.Text.In(lang)))
		}
	case len(q.Pairs) > 0:
		for _, sel := range findAll(form, tag("select")) {
			left := textOf(find(form, both(tag("label"), with("for", attr(sel, "id")))))
			v.Set(attr(sel, "name"), matching(t, q, lang, sel, left, right))
		}
	default:
		for _, line := range findAll(form, hasClass("golau-line")) {
			label := textOf(find(line, tag("legend")))
			for _, l := range q.Lines {
				if flat(l.Label.In(lang)) == label {
					name := attr(line, "id")
					v.Set(name, pick(line, name, lang, l.Options, right)[0])
				}
			}
		}
	}
	return v
}

// pick returns the ids of the choices on the page that are worth all, or nothing.
func pick(n *html.Node, field string, lang i18n.Lang, options []bankOption, right bool) []string {
	want := "0"
	if right {
		want = "1"
	}
	var ids []string
	for _, in := range findAll(n, both(tag("input"), with("name", field))) {
		label := textOf(find(n, both(tag("label"), with("for", attr(in, "id")))))
		for _, o := range options {
			if flat(o.Text.In(lang)) == label && o.Worth == want {
				ids = append(ids, attr(in, "value"))
			}
		}
	}
	return ids
}

func optionSaying(t testing.TB, sel *html.Node, text string) string {
	t.Helper()
	for _, o := range findAll(sel, tag("option")) {
		if saying(o) == flat(text) {
			return attr(o, "value")
		}
	}
	t.Fatalf("no option says %q", text)
	return ""
}

// saying is what an entry of a list says after its letter.
func saying(o *html.Node) string { return entryLetter.ReplaceAllString(textOf(o), "") }

var entryLetter = regexp.MustCompile(`^[A-Z]\. `)

func matching(t testing.TB, q bankQuestion, lang i18n.Lang, sel *html.Node, left string, right bool) string {
	t.Helper()
	for _, p := range q.Pairs {
		if flat(p.Left.In(lang)) != left {
			continue
		}
		if right {
			return optionSaying(t, sel, p.Right.In(lang))
		}
		for _, o := range findAll(sel, tag("option")) {
			if attr(o, "value") != "" && saying(o) != flat(p.Right.In(lang)) {
				return attr(o, "value")
			}
		}
	}
	t.Fatalf("nothing belongs to %q", left)
	return ""
}
