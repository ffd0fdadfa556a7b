package modules

import (
	"bytes"
	_ "embed"
	"html/template"
	"regexp"
	"slices"
	"strconv"

	"golau/internal/i18n"
)

//go:embed blocks.html
var blocksHTML string

var blockTemplates = template.Must(template.New("blocks").Parse(blocksHTML))

// labels are the words the program itself puts on parts of a text. They lie in
// labels.yaml beside the texts, because they are shown and so belong to the
// edition.
type labels struct {
	Welsh   string               `yaml:"welsh"`
	Parts   map[string]i18n.Text `yaml:"parts"`
	Roles   map[string]i18n.Text `yaml:"roles"`
	Nations map[string]i18n.Text `yaml:"nations"`
}

// rendered is one section in one language.
type rendered struct {
	html, short, note template.HTML
	anchors           []anchor
	ids               []string
	factKeys          []string
	parts             []Part
	// prose is the plain text by block, for the checks of style.
	prose []prose
}

// prose is the plain text of one block, one line a paragraph or item.
type prose struct {
	kind string
	line int
	text string
}

// dress is what a template of blocks.html is given.
type dress struct {
	Kind, ID, Label, Title, Hint string
	Level                        int
	Body                         template.HTML
	Sources                      []shownSource
	// Answer is what a question folds away, if it has one.
	Answer *dress
}

type shownSource struct{ ID, Title, URL, Read string }

// canvas is where a section is written.
type canvas struct {
	*writer
	where   string
	labels  labels
	sources []Source
	rendered
	out, shortOut, noteOut bytes.Buffer
	numbered               int
	cut                    int // where the part of a page begins that is being written
}

// part ends a part of a page at what stands there.
func (c *canvas) part(p Part) {
	p.HTML = template.HTML(c.out.String()[c.cut:])
	c.parts = append(c.parts, p)
	c.cut = c.out.Len()
}

// render writes the blocks of one section.
func (w *writer) render(blocks []block, where string, lab labels, sources []Source) rendered {
	c := &canvas{writer: w, where: where, labels: lab, sources: sources}
	for i, b := range blocks {
		c.factKeys = append(c.factKeys, factKeys(b.text)...)
		if b.kind == "heading" {
			c.heading(b, i)
			continue
		}
		if answersAt(blocks, i) {
			continue // written within the question before it
		}
		// Do and do not stand side by side where they follow each other.
		if isSide(b) && !(i > 0 && isSide(blocks[i-1])) {
			c.out.WriteString(`<div class="golau-two">`)
		}
		c.block(b, answerOf(blocks, i))
		if isSide(b) && !(i+1 < len(blocks) && isSide(blocks[i+1])) {
			c.out.WriteString("</div>")
		}
	}
	slices.Sort(c.factKeys)
	c.factKeys = slices.Compact(c.factKeys)
	for i, id := range c.ids {
		if slices.Contains(c.ids[:i], id) {
			c.fault(0, where, "the id %q stands twice", id)
		}
	}
	// The page puts the shorter version below the text, at #short.
	c.landed(where, append(c.ids, "short"))
	c.part(Part{})
	c.html = template.HTML(c.out.String())
	c.short = template.HTML(c.shortOut.String())
	c.note = template.HTML(c.noteOut.String())
	return c.rendered
}

func (c *canvas) heading(b block, i int) {
	d := dress{ID: b.id, Level: b.level, Title: c.fill(b.line, c.where, b.text, func(f Fact) string { return f.Text.In(c.lang) })}
	if d.ID == "" {
		d.ID = "h-" + strconv.Itoa(i+1)
	}
	c.ids = append(c.ids, d.ID)
	c.prose = append(c.prose, prose{b.kind, b.line, d.Title})
	c.execute(&c.out, "heading", d)
}

// block writes anything but a heading. Anchors are numbered over what stands in
// the text, so that p-3 is the same place in both languages.
func (c *canvas) block(b block, answer *block) {
	switch b.kind {
	case "here":
		c.part(Part{Place: b.arg})
		return
	case "figure":
		c.figure(b)
		return
	}
	dressed, ok := kindClasses[b.kind]
	if !ok {
		dressed = bodyClasses
	}
	body, plain := c.convert(b, c.where, dressed)
	c.prose = append(c.prose, prose{b.kind, b.line, plain})
	d := dress{Kind: b.kind, Label: c.labels.Parts[b.kind].In(c.lang), Title: b.arg, Body: body}
	switch b.kind {
	case "short":
		c.shortOut.WriteString(string(body))
		return
	case "note":
		if c.where != "" {
			d.Label = c.labels.Parts["note-part"].In(c.lang)
		}
		c.execute(&c.noteOut, "note", d)
		return
	}
	d.ID = c.number(b)
	switch b.kind {
	case "paragraph", "list", "dates":
		d.Body = withID(body, d.ID)
		c.execute(&c.out, "paragraph", d)
	case "key":
		c.execute(&c.out, "key", d)
	case "do", "avoid":
		c.execute(&c.out, "side", d)
	case "role":
		d.Label = c.name(b, c.labels.Roles)
		c.execute(&c.out, "role", d)
	case "nation":
		d.Label = c.name(b, c.labels.Nations)
		c.execute(&c.out, "nation", d)
	case "sources":
		for _, s := range c.sources {
			d.Sources = append(d.Sources, shownSource{s.ID, s.Title.In(c.lang), s.URL, c.labels.Parts[s.label()].In(c.lang)})
		}
		c.execute(&c.out, "sources", d)
	case "diagram":
		c.diagram(b, d)
	case "answer":
		c.execute(&c.out, "answer", d)
	case "lines":
		d.Hint = c.labels.Parts["lines-hint"].In(c.lang)
		c.execute(&c.out, "lines", d)
	default:
		if answer != nil {
			d.Answer = c.answer(*answer)
		}
		c.execute(&c.out, "labelled", d)
	}
}

// number gives b the next anchor of the text.
func (c *canvas) number(b block) string {
	c.numbered++
	id := "p-" + strconv.Itoa(c.numbered)
	c.ids = append(c.ids, id)
	if facts := onlyFacts(b.facts); len(facts) > 0 && b.kind != "answer" {
		c.anchors = append(c.anchors, anchor{id, facts})
	}
	return id
}

// name is what the reader calls a role or nation.
func (c *canvas) name(b block, names map[string]i18n.Text) string {
	name, ok := names[b.arg]
	if !ok {
		c.fault(b.line, c.where, "the %s %q has no name in labels.yaml", b.kind, b.arg)
	}
	return name.In(c.lang)
}

func (w *writer) execute(out *bytes.Buffer, name string, d dress) {
	if err := blockTemplates.ExecuteTemplate(out, name, d); err != nil {
		w.fault(0, "", "cannot be rendered: %v", err)
	}
}

func isSide(b block) bool { return b.kind == "do" || b.kind == "avoid" }

var firstTag = regexp.MustCompile(`^<(p|ul|ol)\b`)

// withID puts an id on the one element that a paragraph or list becomes.
func withID(body template.HTML, id string) template.HTML {
	return template.HTML(firstTag.ReplaceAllString(string(body), `<$1 id="`+id+`"`))
}

func factKeys(s string) []string {
	var keys []string
	for _, m := range factCall.FindAllStringSubmatch(s, -1) {
		keys = append(keys, m[1])
	}
	return keys
}
