package web

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golau/internal/i18n"
	"golau/internal/people"
)

// Kept is a page whose main part is made once for everybody who gets the same.
type Kept interface {
	Page
	// Made is all that the main part is made of, beside its language: a value
	// that can be compared. What is not in it must not show.
	Made() any
}

// surroundings are all that the layout shows but for the page's title, the
// language switch and the page itself. Whoever has the same around them gets the
// same bytes, so these are made once and kept: what the templates can see is
// what they are kept by.
type surroundings struct {
	Lang                               i18n.Lang
	Current                            string
	SignedIn, Leads, Administers, Demo bool
	Answers                            bool // for a board
	Manages                            bool // somebody
	Halfway                            bool
	Council                            people.Council
	ExitURL, Edition                   string
	BaseURL                            string // written out for paper
	ReviewedBy, ReviewedOn             string
	scripts                            string
}

// Scripts are the page's own, beside that of the site.
func (s surroundings) Scripts() []string { return strings.Fields(s.scripts) }

func (f *Frame) surroundings() surroundings {
	return surroundings{Lang: f.Lang(), Current: f.Current, SignedIn: f.SignedIn(), Leads: f.Leads(), Answers: f.Answers(), Manages: f.Manages(), Administers: f.Administers(), Demo: f.Demo(), Halfway: f.Halfway(),
		Council: f.Council(), ExitURL: f.ExitURL(), Edition: f.Edition(), BaseURL: f.c.Site.BaseURL, ReviewedBy: f.ReviewedBy(), ReviewedOn: f.c.Site.ReviewedOn, scripts: strings.Join(f.Scripts, " ")}
}

// page writes a page into its layout.
func (r *Renderer) page(b *bytes.Buffer, l i18n.Lang, name string, page Page) error {
	all := r.in[l]
	if all.Lookup(name) == nil {
		return fmt.Errorf("no page %q", name)
	}
	own := func(name string) error { return all.ExecuteTemplate(b, name, page) }
	if k, ok := page.(Kept); ok {
		f := page.frame()
		of := made{name, k.Made(), f.Title, f.OtherPath(), f.FormID, f.FormGo, f.FormGet}
		own = func(name string) error { return r.keep(b, part{l, name, of}, page) }
	}
	s := page.frame().surroundings()
	shared := func(name string) error { return r.keep(b, part{l, name, s}, s) }
	return errors.Join(shared("begin"), own("title"), shared("above"), own("switch"), shared("below"), own(name), shared("end"))
}

// made is what the parts of a kept page are known by.
type made struct {
	page             string
	of               any
	title, otherPath string
	formID, formGo   string
	formGet          bool
}

// keep writes a part of a page, which it makes only the first time.
func (r *Renderer) keep(b *bytes.Buffer, as part, of any) error {
	if made := r.kept.get(as); made != nil {
		b.Write(made)
		return nil
	}
	from := b.Len()
	if err := r.in[as.lang].ExecuteTemplate(b, as.name, of); err != nil {
		return err
	}
	r.kept.put(as, bytes.Clone(b.Bytes()[from:]))
	return nil
}

// keptBytes bounds what is kept: a thousand parts or two. Should there be more,
// all are made anew.
const keptBytes = 8 << 20

// part is what a part of a page is known by.
type part struct {
	lang i18n.Lang
	name string
	of   any // comparable
}

// keeper holds parts of pages as they came out.
type keeper struct {
	mu    sync.RWMutex
	parts map[part][]byte
	bytes int
}

func (k *keeper) get(as part) []byte {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.parts[as]
}

func (k *keeper) put(as part, made []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.parts == nil || k.bytes+len(made) > keptBytes {
		k.parts, k.bytes = map[part][]byte{}, 0
	}
	k.parts[as] = made
	k.bytes += len(made)
}
