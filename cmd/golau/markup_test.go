package main

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// doc is the body as a tree; nil when it is no page.
func (r *reply) doc() *html.Node {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	n, err := html.Parse(strings.NewReader(r.Body))
	if err != nil {
		r.t.Fatalf("%s: %v", r.path, err)
	}
	return n
}

// text is what a page says, without tags, white space as one blank.
func (r *reply) text() string {
	if d := r.doc(); d != nil {
		return textOf(d)
	}
	return r.Body
}

type match func(*html.Node) bool

func tag(name string) match {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == name }
}

func byID(id string) match { return func(n *html.Node) bool { return attr(n, "id") == id } }

func with(name, value string) match {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && attr(n, name) == value }
}

func both(a, b match) match { return func(n *html.Node) bool { return a(n) && b(n) } }

func hasClass(class string) match {
	return func(n *html.Node) bool {
		return n.Type == html.ElementNode && strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// findAll returns the nodes in the order of the page.
func findAll(n *html.Node, m match) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if m(d) {
			found = append(found, d)
		}
	}
	return found
}

func find(n *html.Node, m match) *html.Node {
	for d := range n.Descendants() {
		if m(d) {
			return d
		}
	}
	return nil
}

// textOf is the text below n, white space as one blank.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// press sends the form with an id as a browser without scripts would: with all
// that stands in it, to where the button leads. button is "name=value" of a
// button of this form, wherever on the page it stands; "" is none
// of them. Form "" is the first in the main part, but for the one of where somebody
// works, which stands above a lesson. Changes are pairs of field and
// value typed before.
func (b *browser) press(page *reply, form, button string, changes ...string) *reply {
	b.t.Helper()
	doc := page.doc()
	f := find(doc, both(tag("form"), byID(form)))
	if form == "" {
		f = find(find(doc, tag("main")), func(n *html.Node) bool { return tag("form")(n) && attr(n, "id") != "nation-form" })
	}
	if f == nil {
		b.t.Fatalf("%s has no form %q\n%s", page.path, form, page.gist())
	}
	values, action, method := formValues(f), attr(f, "action"), attr(f, "method")
	for i := 0; i+1 < len(changes); i += 2 {
		values.Set(changes[i], changes[i+1])
	}
	if button != "" {
		name, value, _ := strings.Cut(button, "=")
		press := find(doc, func(n *html.Node) bool {
			return tag("button")(n) && attr(n, "name") == name && attr(n, "value") == value && (attr(n, "form") == form || within(n, f))
		})
		if press == nil {
			b.t.Fatalf("%s has no button %s", page.path, button)
		}
		values.Set(name, value)
		if to := attr(press, "formaction"); to != "" {
			action = to
		}
		if how := attr(press, "formmethod"); how != "" {
			method = how
		}
	}
	if method == "get" {
		return b.get(action + "?" + values.Encode())
	}
	return b.post(action, values)
}

func within(n, outer *html.Node) bool {
	for p := range n.Ancestors() {
		if p == outer {
			return true
		}
	}
	return false
}

// formValues is what a form would send as it stands.
func formValues(f *html.Node) url.Values {
	v := url.Values{}
	for n := range f.Descendants() {
		switch {
		case tag("input")(n):
			kind := attr(n, "type")
			if (kind == "radio" || kind == "checkbox") && !hasAttr(n, "checked") || attr(n, "name") == "" {
				continue
			}
			v.Add(attr(n, "name"), attr(n, "value"))
		case tag("select")(n):
			chosen := ""
			for _, o := range findAll(n, tag("option")) {
				if hasAttr(o, "selected") {
					chosen = attr(o, "value")
				}
			}
			v.Add(attr(n, "name"), chosen)
		case tag("textarea")(n):
			typed := ""
			if n.FirstChild != nil {
				typed = n.FirstChild.Data
			}
			v.Add(attr(n, "name"), typed)
		}
	}
	return v
}
