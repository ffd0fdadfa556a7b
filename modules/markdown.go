package modules

import (
	"bytes"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"golau/internal/i18n"
)

// classes dress the elements of a piece of Markdown.
type classes struct{ paragraph, bullets, numbers string }

var (
	bodyClasses = classes{"govuk-body", "govuk-list govuk-list--bullet", "govuk-list govuk-list--number"}
	kindClasses = map[string]classes{
		"note":  {"", "govuk-list govuk-list--bullet", "govuk-list govuk-list--number"},
		"key":   {"golau-key__text", "govuk-list govuk-list--bullet", "govuk-list govuk-list--number"},
		"do":    {"govuk-body", "golau-list-do", "golau-list-do"},
		"avoid": {"govuk-body", "golau-list-dont", "golau-list-dont"},
		"lines": {"govuk-body", "golau-lines__list", "golau-lines__list"},
		"dates": {"govuk-body", "golau-dates", "golau-dates"},

		"diagram": {"govuk-body", "golau-diagram__parts", "golau-diagram__parts"},
	}
)

// dialled is a number as a telephone takes it from a link.
var dialled = regexp.MustCompile(`^\+?[0-9]{3,15}$`)

var factCall = regexp.MustCompile(`\{\{\s*fact\s+([a-z0-9-]+)\s*\}\}`)

// writer turns the Markdown of one file into HTML.
type writer struct {
	report
	lang  i18n.Lang
	facts map[string]Fact
	// figures are those that a footer page may show.
	figures map[string]Figure
	// pages are the footer pages a link may lead to.
	pages []string
	// targets collects the links to places on the same page, checked at its end.
	targets []target
}

type target struct {
	id   string
	line int
}

var markdown = goldmark.New(goldmark.WithRendererOptions(
	renderer.WithNodeRenderers(util.Prioritized(phraseRenderer{}, 1))))

// fill puts the sentences of the facts file into s, as each is said.
func (w *writer) fill(line int, where, s string, said func(Fact) string) string {
	s = factCall.ReplaceAllStringFunc(s, func(call string) string {
		key := factCall.FindStringSubmatch(call)[1]
		f, ok := w.facts[key]
		if !ok {
			w.fault(line, where, "{{fact %s}} is not in the facts file", key)
			return ""
		}
		return said(f)
	})
	if strings.Contains(s, "{{") {
		w.fault(line, where, "double braces that are not {{fact key}}")
	}
	return s
}

// convert renders the Markdown of b and returns it with its plain text, one
// line a paragraph or list item.
func (w *writer) convert(b block, where string, c classes) (template.HTML, string) {
	source := []byte(w.fill(b.line, where, b.text, func(f Fact) string { return f.linked(w.lang) }))
	root := markdown.Parser().Parse(text.NewReader(source))
	var dropped []ast.Node
	var plain strings.Builder
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock {
				plain.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Document, *ast.TextBlock, *ast.ListItem, *ast.Emphasis:
		case *ast.Paragraph:
			setClass(n, c.paragraph)
		case *ast.List:
			if n.IsOrdered() {
				setClass(n, c.numbers)
			} else {
				setClass(n, c.bullets)
			}
		case *ast.Text:
			plain.Write(n.Segment.Value(source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				plain.WriteByte(' ')
			}
		case *ast.Link:
			w.link(n, b.line, where)
		case *ast.RawHTML, *ast.HTMLBlock:
			w.fault(b.line, where, "HTML is not used in the texts; it is left out")
			dropped = append(dropped, n)
		default:
			w.fault(b.line, where, "%s is not used in the texts", n.Kind())
			dropped = append(dropped, n)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	for _, n := range dropped {
		n.Parent().RemoveChild(n.Parent(), n)
	}
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, source, root); err != nil {
		w.fault(b.line, where, "cannot be rendered: %v", err)
	}
	return template.HTML(strings.TrimSpace(out.String())), strings.TrimSpace(plain.String())
}

// link checks where a link leads and turns our own short forms into addresses.
func (w *writer) link(n *ast.Link, line int, where string) {
	dest := string(n.Destination)
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		w.fault(line, where, "the link %q is not an address", dest)
	case u.Scheme == "lang":
		// [culture of disbelief](lang:en): words in the other language, which a
		// screen reader must pronounce as such. Not a link at all.
		if _, ok := i18n.ParseLang(u.Opaque); !ok {
			w.fault(line, where, "the language %q is not known", u.Opaque)
		}
	case u.Scheme == "page":
		if !slices.Contains(w.pages, u.Opaque) {
			w.fault(line, where, "the page %q does not exist", u.Opaque)
		}
		n.Destination = []byte("/" + string(w.lang) + "/" + u.Opaque)
		setClass(n, "govuk-link")
	case dest == "#"+u.Fragment && u.Fragment != "":
		w.targets = append(w.targets, target{u.Fragment, line})
		setClass(n, "govuk-link")
	case u.Scheme == "https" && u.Host != "", u.Scheme == "tel" && dialled.MatchString(u.Opaque), u.Scheme == "mailto" && u.Opaque != "":
		setClass(n, "govuk-link")
	default:
		w.fault(line, where, "the link %q leads nowhere: use https://…, tel:…, mailto:…, page:name or #id", dest)
	}
}

// landed reports links to places that are not on the page.
func (w *writer) landed(where string, ids []string) {
	for _, t := range w.targets {
		if !slices.Contains(ids, t.id) {
			w.fault(t.line, where, "the link #%s leads to no place on this page", t.id)
		}
	}
	w.targets = nil
}

func setClass(n ast.Node, class string) {
	if class != "" {
		n.SetAttributeString("class", []byte(class))
	}
}

// phraseRenderer writes a lang: link as a span and every other link as usual.
type phraseRenderer struct{}

func (phraseRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, func(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		n := node.(*ast.Link)
		lang, phrase := bytes.CutPrefix(n.Destination, []byte("lang:"))
		switch {
		case phrase && entering:
			_, _ = out.WriteString(`<span lang="` + template.HTMLEscapeString(string(lang)) + `">`)
		case phrase:
			_, _ = out.WriteString("</span>")
		case entering:
			_, _ = out.WriteString(`<a class="govuk-link" href="` + template.HTMLEscapeString(safeAddress(n.Destination)) + `">`)
		default:
			_, _ = out.WriteString("</a>")
		}
		return ast.WalkContinue, nil
	})
}

// safeAddress leaves out what link has already reported, so that content shown
// in spite of its faults (while an author writes) cannot carry a script.
func safeAddress(dest []byte) string {
	u, err := url.Parse(string(dest))
	if err != nil || !slices.Contains([]string{"", "https", "tel", "mailto"}, u.Scheme) || u.Scheme == "" && u.Host != "" {
		return ""
	}
	return u.String()
}
