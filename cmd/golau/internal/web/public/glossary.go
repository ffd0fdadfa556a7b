package public

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/modules"
)

// glossaryPage is the words of the subject in both languages. It is the same for
// everybody, and made once for each language.
type glossaryPage struct {
	web.Frame
	Library *modules.Library
}

// glossaryMade is what the page is made of.
type glossaryMade struct{ library *modules.Library }

// Made implements web.Kept.
func (p *glossaryPage) Made() any { return glossaryMade{p.Library} }

// Terms are those that are explained, or those that stand with their counterpart
// alone.
func (p *glossaryPage) Terms(explained bool) (terms []modules.Term) {
	for _, t := range p.Library.Glossary(p.Lang()) {
		if t.Explained() == explained {
			terms = append(terms, t)
		}
	}
	return terms
}

// glossary shows every term. Like the cards it is open to anybody.
func (r *Room) glossary(c *web.Context, _ people.Viewer) error {
	p := &glossaryPage{web.Frame{Title: c.T("glossary.title"), Current: "glossary"}, r.Library}
	return c.Show(http.StatusOK, "public/glossary", p)
}
