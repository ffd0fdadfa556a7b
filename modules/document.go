package modules

import (
	"regexp"
	"slices"
	"strings"
)

// A document is one Markdown file, cut into the blocks that authors think in.
type document struct {
	file  string
	title string
	// head stands before the first section: the content note of the module, or
	// the whole text of a footer page.
	head     []block
	sections []rawSection
}

type rawSection struct {
	id, title string
	line      int
	blocks    []block
}

// block is one paragraph, list, heading or ::: part.
type block struct {
	// kind is "paragraph", "list", "heading" or the word after the colons.
	kind string
	// arg follows the word: a role, a nation, the title of an example.
	arg string
	// id and level belong to headings; level is the rank on the page, from 2.
	id    string
	level int
	// text is Markdown without fact comments.
	text  string
	line  int
	facts []string
	// bare are lines of list items that no fact comment covers.
	bare []int
	// own are the lines that rest on facts of their own.
	own []ownLine
}

type ownLine struct {
	line  int
	text  string
	facts []string
}

// rests keeps a line of b whose facts are those that b has got since before.
func (b *block) rests(n, before int, text string) {
	if len(b.facts) > before {
		b.own = append(b.own, ownLine{n, text, b.facts[before:len(b.facts):len(b.facts)]})
	}
}

// Blocks that may stand between colons, and whether a word must follow.
var fences = map[string]struct{ arg bool }{
	"note": {}, "case": {}, "think": {}, "recall": {}, "example": {}, "do": {}, "avoid": {}, "key": {}, "short": {},
	"answer": {}, "lines": {}, "dates": {},
	"role": {arg: true}, "nation": {arg: true}, "diagram": {arg: true},
}

// itemised are the parts each of whose items rests on facts of its own.
var itemised = []string{"dates", "diagram"}

// places are what a footer page leaves open for the site to fill in, with
// ::: here and one of these words.
var places = []string{"owner", "reach", "privacy", "basis", "kept", "helpers", "facts", "review", "awaiting", "editions"}

var (
	factComment = regexp.MustCompile(`<!--\s*facts:\s*([^>]*?)\s*-->`)
	anyComment  = regexp.MustCompile(`<!--.*?-->`)
	headingLine = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*(?:\{#([a-z][a-z0-9-]*)\})?\s*$`)
	itemLine    = regexp.MustCompile(`^(?:[-*]|\d+\.)\s+`)
)

// parser reads a file line by line. The format is small on purpose: what it does
// not know is a finding, not a guess.
type parser struct {
	report
	doc   *document
	page  bool // a footer page: ## is a heading, not a section
	fence *block
	open  *block // the paragraph or list being read
}

func parseDocument(r report, raw string, page bool) *document {
	p := &parser{report: r, doc: &document{file: r.file}, page: page}
	for i, line := range strings.Split(strings.ReplaceAll(raw, "\r\n", "\n"), "\n") {
		p.line(i+1, strings.TrimRight(line, " \t"))
	}
	if p.fence != nil {
		p.fault(p.fence.line, p.where(), "::: %s is never closed", p.fence.kind)
		p.add(*p.fence)
	}
	p.close()
	if p.doc.title == "" {
		p.fault(1, "", "the first line must be the title: # …")
	}
	return p.doc
}

func (p *parser) line(n int, line string) {
	switch {
	case p.fence != nil:
		p.inFence(n, line)
	case strings.HasPrefix(line, ":::"):
		p.close()
		p.openFence(n, line)
	case line == "":
		p.close()
	case strings.HasPrefix(line, "<!--"):
		p.close()
		p.comment(n, line)
	case headingLine.MatchString(line):
		p.close()
		p.heading(n, headingLine.FindStringSubmatch(line))
	default:
		p.prose(n, line)
	}
}

func (p *parser) inFence(n int, line string) {
	if line == ":::" {
		p.add(*p.fence)
		p.fence = nil
		return
	}
	if strings.HasPrefix(line, ":::") {
		p.fault(n, p.where(), "a ::: part within ::: %s; close the first with ::: alone", p.fence.kind)
	}
	before := len(p.fence.facts)
	text := p.take(n, p.fence, line)
	p.fence.rests(n, before, text)
	p.fence.text += text + "\n"
	if slices.Contains(itemised, p.fence.kind) && itemLine.MatchString(line) && len(p.fence.facts) == before {
		p.fence.bare = append(p.fence.bare, n)
	}
}

func (p *parser) openFence(n int, line string) {
	kind, arg, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, ":::")), " ")
	known, ok := fences[kind]
	switch {
	case p.page && (kind == "sources" || kind == "figure"):
	case p.page && kind == "here":
		if !slices.Contains(places, strings.TrimSpace(arg)) {
			p.fault(n, p.where(), "::: here %s is not one of the places %s", strings.TrimSpace(arg), strings.Join(places, ", "))
		}
	case !ok:
		p.fault(n, p.where(), "::: %s is not a known part", kind)
	case known.arg && arg == "":
		p.fault(n, p.where(), "::: %s needs a name", kind)
	}
	p.fence = &block{kind: kind, arg: strings.TrimSpace(arg), line: n}
}

// comment is a line that is only a comment: facts of the block before, or
// something between authors.
func (p *parser) comment(n int, line string) {
	m := factComment.FindStringSubmatch(line)
	if m == nil {
		if strings.Contains(line, "fact") {
			p.fault(n, p.where(), "a fact comment is written <!-- facts: D-01 D-02 -->")
		}
		return
	}
	blocks := p.blocks()
	if len(*blocks) == 0 {
		p.fault(n, p.where(), "a fact comment follows no paragraph")
		return
	}
	last := &(*blocks)[len(*blocks)-1]
	last.facts = append(last.facts, strings.Fields(m[1])...)
	last.bare = nil // facts below a list cover every item
}

func (p *parser) heading(n int, m []string) {
	level, title, id := len(m[1]), m[2], m[3]
	switch {
	case level == 1 && p.doc.title == "":
		p.doc.title = title
	case level == 1:
		p.fault(n, p.where(), "a second title; sections begin with ##")
	case level == 2 && !p.page:
		if id == "" {
			p.fault(n, title, "the section has no id: ## %s {#id}", title)
		}
		p.doc.sections = append(p.doc.sections, rawSection{id: id, title: title, line: n})
	default:
		if !p.page {
			level-- // the section's title is the h1 of its page
		}
		if id == "" && !p.page {
			p.fault(n, p.where(), "the heading has no id: %s %s {#id}", m[1], title)
		}
		if level > 3 {
			p.fault(n, p.where(), "headings this deep are not used")
		}
		p.add(block{kind: "heading", id: id, level: level, text: title, line: n})
	}
}

func (p *parser) prose(n int, line string) {
	if p.open == nil {
		p.open = &block{kind: "paragraph", line: n}
		if itemLine.MatchString(line) {
			p.open.kind = "list"
		}
	}
	before := len(p.open.facts)
	text := p.take(n, p.open, line)
	p.open.rests(n, before, text)
	if itemLine.MatchString(line) && len(p.open.facts) == before {
		p.open.bare = append(p.open.bare, n)
	}
	p.open.text += text + "\n"
}

// take moves the fact comments of a line into b and returns what is left.
func (p *parser) take(n int, b *block, line string) string {
	for _, m := range factComment.FindAllStringSubmatch(line, -1) {
		b.facts = append(b.facts, strings.Fields(m[1])...)
	}
	line = factComment.ReplaceAllString(line, "")
	if strings.Contains(line, "<!--") {
		if !anyComment.MatchString(line) || strings.Contains(line, "fact") {
			p.fault(n, p.where(), "a fact comment is written <!-- facts: D-01 D-02 -->")
		}
		line = anyComment.ReplaceAllString(line, "")
	}
	return strings.TrimRight(line, " ")
}

func (p *parser) close() {
	if p.open != nil {
		p.add(*p.open)
		p.open = nil
	}
}

func (p *parser) add(b block) {
	blocks := p.blocks()
	*blocks = append(*blocks, b)
	checkPractice(p.report, p.where(), *blocks)
}

func (p *parser) blocks() *[]block {
	if n := len(p.doc.sections); n > 0 {
		return &p.doc.sections[n-1].blocks
	}
	return &p.doc.head
}

func (p *parser) where() string {
	if n := len(p.doc.sections); n > 0 {
		return "section " + p.doc.sections[n-1].id
	}
	return ""
}

// onlyFacts returns the facts of a fact comment, sorted, each once, without the
// words that are not facts.
func onlyFacts(ids []string) []string {
	ids = slices.DeleteFunc(sorted(ids), func(id string) bool { return slices.Contains(tokens, id) })
	return slices.Compact(ids)
}

// allFacts returns the fact ids of the blocks, sorted, each once.
func allFacts(blocks []block) []string {
	var ids []string
	for _, b := range blocks {
		ids = append(ids, onlyFacts(b.facts)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
