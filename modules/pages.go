package modules

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"golau/internal/i18n"
)

// loadPages reads the footer pages.
func (ld *loader) loadPages() (map[string]map[i18n.Lang]Page, error) {
	files, err := fs.Glob(ld.fsys, "pages/*.en.md")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		ld.pages = append(ld.pages, strings.TrimSuffix(path.Base(file), ".en.md"))
	}
	pages := map[string]map[i18n.Lang]Page{}
	for _, name := range ld.pages {
		pages[name] = map[i18n.Lang]Page{}
		docs := map[i18n.Lang]*document{}
		for _, lang := range i18n.Langs {
			r := report{"pages/" + name + "." + string(lang) + ".md", ld.out}
			raw, err := fs.ReadFile(ld.fsys, r.file)
			if errors.Is(err, fs.ErrNotExist) {
				r.fault(0, "", "the page has no text in this language")
			} else if err != nil {
				return nil, err
			}
			docs[lang] = parseDocument(r, string(raw), true)
			pages[name][lang] = ld.page(r, name, docs[lang], lang)
		}
		comparePair(report{"pages/" + name + ".cy.md", ld.out}, docs[i18n.EN], docs[i18n.CY])
	}
	return pages, nil
}

// page renders one language of a footer page.
func (ld *loader) page(r report, name string, doc *document, lang i18n.Lang) Page {
	w := &writer{report: r, lang: lang, facts: ld.refs.facts, figures: ld.figures, pages: ld.pages}
	shown := w.render(doc.head, "", ld.labels, ld.refs.sources)
	for _, p := range shown.prose {
		straightAt(r, p.line, "", p.text)
	}
	if teaches(doc.head) {
		ld.checkTeaching(r, lang, doc.head, shown.prose)
	}
	return Page{Name: name, Title: doc.title, HTML: shown.html, Parts: shown.parts}
}

// teaches says whether a footer page is one that teaches. Most say how the site
// is run and rest on no fact; a page that names one anywhere names one everywhere.
func teaches(blocks []block) bool {
	return slices.ContainsFunc(blocks, func(b block) bool { return len(b.facts) > 0 || b.kind == "figure" })
}

// mostQuoted is how many words of somebody else's may be quoted at a stretch.
const mostQuoted = 25

var (
	quotation = regexp.MustCompile(`“([^”]*)”`)
	year      = regexp.MustCompile(`\b(19|20)\d\d\b`)
)

// checkTeaching holds a page that teaches to what a section is held to, but for
// the shorter version and its length; and to two rules of telling history.
func (ld *loader) checkTeaching(r report, lang i18n.Lang, blocks []block, text []prose) {
	ld.checkFacts(r, "", lang, blocks)
	for _, b := range blocks {
		if ld.isHistory(b) && !year.MatchString(b.text) {
			r.warn(b.line, "", "%s is history: say of which year it is", strings.Join(onlyFacts(b.facts), " "))
		}
	}
	for _, p := range text {
		for _, m := range quotation.FindAllStringSubmatch(p.text, -1) {
			if n := words(m[1]); n > mostQuoted {
				r.fault(p.line, "", "a quotation of %d words (at most %d)", n, mostQuoted)
			}
		}
	}
	checkSentences(r, lang, 1, "", text)
}

// isHistory says whether all that a block rests on is past.
func (ld *loader) isHistory(b block) bool {
	facts := onlyFacts(b.facts)
	return len(facts) > 0 && !slices.ContainsFunc(facts, func(id string) bool {
		c := ld.refs.ids[id].Confidence
		return c != "SEED" && c != changed
	})
}
