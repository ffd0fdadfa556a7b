package modules

import (
	"errors"
	"html/template"
	"io/fs"
	"slices"
	"strings"

	"golau/internal/i18n"
)

// Pack is what a team needs to talk about a module for twenty minutes: a case, its
// questions, how it goes on, and notes for whoever leads. Who came is not the
// library's to know.
type Pack struct {
	Module *Module
	Title  i18n.Text
	// Note says what is in the case, before anybody reads it.
	Note, HTML HTML
	// Facts are the ids of all that it rests on, sorted.
	Facts []string
}

// packParts are the headings of every pack, in their order, so that whoever leads
// finds their way in any of them.
var packParts = []string{"case", "talk", "next", "lead", "away"}

// Packs returns the packs in the order of their modules.
func (l *Library) Packs() []*Pack { return l.packs }

// Pack returns the pack of the module with that slug.
func (l *Library) Pack(slug string) (*Pack, bool) {
	i := slices.IndexFunc(l.packs, func(p *Pack) bool { return p.Module.Slug == slug })
	if i < 0 {
		return nil, false
	}
	return l.packs[i], true
}

// Everybody returns what the team has before it: the case and what to talk about.
func (p *Pack) Everybody(l i18n.Lang) template.HTML { return p.HTML.In(l)[:p.turns(l)] }

// Leader returns what is for whoever leads, from how the case goes on: a team
// that had it in hand would read ahead.
func (p *Pack) Leader(l i18n.Lang) template.HTML { return p.HTML.In(l)[p.turns(l):] }

// turns is where what everybody has before them ends.
func (p *Pack) turns(l i18n.Lang) int {
	text := string(p.HTML.In(l))
	before, _, _ := strings.Cut(text, `id="`+packParts[2]+`"`)
	return max(0, strings.LastIndex(before, "<h2"))
}

// loadPacks reads pack.en.md and pack.cy.md of each module. A module may do
// without, but not in one language.
func (ld *loader) loadPacks(lib *Library) error {
	for _, m := range lib.Modules {
		p := &Pack{Module: m}
		docs := map[i18n.Lang]*document{}
		for _, l := range i18n.Langs {
			rep := report{m.Slug + "/pack." + string(l) + ".md", ld.out}
			raw, err := fs.ReadFile(ld.fsys, rep.file)
			switch {
			case err == nil:
				docs[l] = parseDocument(rep, string(raw), true)
				ld.packIn(rep, l, docs[l], p)
			case !errors.Is(err, fs.ErrNotExist):
				return err
			}
		}
		switch en, cy := docs[i18n.EN], docs[i18n.CY]; {
		case en == nil && cy == nil:
			continue
		case en == nil || cy == nil:
			report{m.Slug + "/pack.en.md", ld.out}.fault(0, "", "the pack stands in one language alone")
			continue
		default:
			comparePair(report{cy.file, ld.out}, en, cy)
			p.Facts = allFacts(en.head)
		}
		lib.packs = append(lib.packs, p)
	}
	return nil
}

// packIn checks and renders one language of a pack.
func (ld *loader) packIn(rep report, l i18n.Lang, doc *document, p *Pack) {
	var parts []string
	for _, b := range doc.head {
		if b.kind == "heading" {
			parts = append(parts, b.id)
		}
		if b.kind == "here" || b.kind == "figure" || b.kind == "sources" {
			rep.fault(b.line, "", "::: %s has no place in a pack", b.kind)
		}
	}
	if !slices.Equal(parts, packParts) {
		rep.fault(0, "", "the headings are %s; those of a pack are %s", strings.Join(parts, " "), strings.Join(packParts, " "))
	}
	if !hasKind(doc.head, "note") {
		rep.fault(1, "", "the content note is missing: ::: note")
	}
	w := &writer{report: rep, lang: l, facts: ld.refs.facts, pages: ld.pages}
	shown := w.render(doc.head, "pack", ld.labels, nil)
	straightAt(rep, 1, "", doc.title)
	for _, s := range shown.prose {
		straightAt(rep, s.line, "", s.text)
	}
	ld.checkTeaching(rep, l, doc.head, shown.prose)
	if l == i18n.CY {
		p.Title.CY, p.Note.CY, p.HTML.CY = doc.title, shown.note, shown.html
		return
	}
	p.Title.EN, p.Note.EN, p.HTML.EN = doc.title, shown.note, shown.html
}
