package web

import (
	"bytes"
	"html/template"

	"golau/internal/i18n"
	"golau/internal/people"
)

// keptPart names a part of a page that has been rendered once.
type keptPart struct {
	lang i18n.Lang
	page string
	part string
	of   any
}

// Kept renders a part of the page from of alone, once, and then gives it out
// again: most of a page is the same for everybody who sees it. of must be
// comparable and come from the content or the settings, never from what somebody
// typed, so that there can only be so many.
func (f *Frame) Kept(part string, of any) (template.HTML, error) {
	key := keptPart{f.c.Lang, f.page, part, of}
	if html, ok := f.renderer.kept.Load(key); ok {
		return html.(template.HTML), nil
	}
	var b bytes.Buffer
	if err := f.renderer.pages[f.c.Lang][f.page].ExecuteTemplate(&b, part, of); err != nil {
		return "", err
	}
	html := template.HTML(b.String())
	f.renderer.kept.Store(key, html)
	return html, nil
}

// help is what the bar "Worried about a child now?" says.
type help struct {
	Council people.Council
	ExitURL string
}

// Help is what the bar says to the viewer.
func (f *Frame) Help() help { return help{f.c.Site.People.CouncilOf(f.c.viewer), f.c.Site.ExitURL} }
