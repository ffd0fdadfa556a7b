package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Frame is what every page hands to the layout. Page structs embed it.
type Frame struct {
	Title     string // neutral: tabs and histories are seen by others
	Current   string // which entry of the menu is the present one
	Alternate string // path of this page in the other language; "" = the same
	FormID    string // when set, the language is switched by sending this form
	FormTo    string // and to this path instead of the page's own
	FormGet   bool   // the form is a question, not a change
	FormGo    string // which of the form's own buttons Enter presses, by its value of "go"
	Scripts   []string

	c *Context
}

func (f *Frame) frame() *Frame { return f }

// Page is a struct that embeds Frame.
type Page interface{ frame() *Frame }

// Lang is the page's language.
func (f *Frame) Lang() i18n.Lang { return f.c.Lang }

// Other is the language the switch leads to.
func (f *Frame) Other() i18n.Lang { return f.c.Lang.Other() }

// OtherPath is this page in the other language.
func (f *Frame) OtherPath() string {
	p := f.Alternate
	if f.FormTo != "" {
		p = f.FormTo
	}
	if p == "" {
		full := f.c.Request().URL.Path
		p = strings.TrimPrefix(strings.TrimPrefix(full, "/en"), "/cy")
	}
	p = "/" + string(f.Other()) + strings.TrimSuffix(p, "/")
	if strings.Contains(p, "?") {
		return p
	}
	return p + f.c.Notices()
}

// SwitchByForm says whether the language is switched by sending the form, which
// keeps what is typed. A form that is a question would lose what its page has just
// said of a change.
func (f *Frame) SwitchByForm() bool {
	return f.FormID != "" && !(f.FormGet && f.c.Notices() != "")
}

// SwitchPath is the link's address to this page in the other language: it says
// that it is a choice, since not every browser says where it comes from.
func (f *Frame) SwitchPath() string {
	mark := "?"
	if strings.Contains(f.OtherPath(), "?") {
		mark = "&"
	}
	return f.OtherPath() + mark + "switch=" + string(f.Other())
}

// Viewer is who is looking.
func (f *Frame) Viewer() people.Viewer { return f.c.viewer }

// SignedIn says whether anybody is.
func (f *Frame) SignedIn() bool { return f.c.viewer.Person != "" }

// Halfway says whether whoever is looking still owes the second factor.
func (f *Frame) Halfway() bool { return f.c.half.Owes() }

// Administers says whether the viewer runs the installation.
func (f *Frame) Administers() bool { return f.c.viewer.Is(people.Admin) }

// Leads says whether the viewer answers for an agency.
func (f *Frame) Leads() bool { return f.c.viewer.Is(people.Lead) }

// Manages says whether the viewer is the line manager of anybody.
func (f *Frame) Manages() bool { return f.c.viewer.Manages }

// Answers says whether the viewer answers for a board.
func (f *Frame) Answers() bool { return f.c.viewer.Is(people.Officer) }

// Demo says whether this is the demonstration.
func (f *Frame) Demo() bool { return f.c.Site.Demo }

// ExitURL is where "Leave this page" leads.
func (f *Frame) ExitURL() string { return f.c.Site.ExitURL }

// ReviewedBy is the office of whoever reviewed the course, "" while nobody has.
func (f *Frame) ReviewedBy() string { return f.c.Site.ReviewedBy.In(f.c.Lang) }

// Edition is the edition of the course that is shown.
func (f *Frame) Edition() string { return f.c.Site.Edition }

// Council is the council of the viewer's workplace, with its numbers where they
// are known.
func (f *Frame) Council() people.Council { return f.c.Site.People.CouncilOf(f.c.viewer) }

// Pages are all pages, parsed once for each language. They never change, so any
// number of sites may show them.
type Pages struct {
	words  *i18n.Catalogue
	assets Assets
	in     map[i18n.Lang]*template.Template // of each language all: pages, layout and parts
}

// Renderer renders pages, and keeps parts of them that are the same for everybody.
type Renderer struct {
	*Pages
	kept keeper
}

// NewRenderer renders pages for one site.
func NewRenderer(pages *Pages) *Renderer { return &Renderer{Pages: pages} }

// Assets says where a file of the look is found and what a picture looks like.
type Assets interface {
	Path(name string) string
	Illustration(name string) (inner string, ok bool)
	ViewBox(name string) (string, bool)
}

// ParsePages parses pages/*.html of each room. A page is named after its room
// and file: "learner/section"; its file defines it as "main". All else that the
// files define are parts, and any page may use any of them.
func ParsePages(words *i18n.Catalogue, assets Assets, rooms map[string]fs.FS) (*Pages, error) {
	p := &Pages{words: words, assets: assets, in: map[i18n.Lang]*template.Template{}}
	sets, faults := make([]*template.Template, len(i18n.Langs)), make([]error, len(i18n.Langs))
	var parsing sync.WaitGroup
	for i, l := range i18n.Langs {
		parsing.Go(func() { sets[i], faults[i] = parseIn(p.funcs(l), rooms) })
	}
	parsing.Wait()
	for i, l := range i18n.Langs {
		p.in[l] = sets[i]
	}
	return p, errors.Join(faults...)
}

// parseIn is ParsePages in one language.
func parseIn(funcs template.FuncMap, rooms map[string]fs.FS) (*template.Template, error) {
	set := template.New("").Funcs(funcs)
	for room, files := range rooms {
		if err := gather(set, room, files, funcs); err != nil {
			return nil, fmt.Errorf("the pages of %s: %w", room, err)
		}
	}
	if err := newFolder(funcs).fold(set); err != nil {
		return nil, fmt.Errorf("the pages: %w", err)
	}
	return set, nil
}

// gather puts a room's templates into the one set of a language. One set holds
// every part once; a set for each page held all parts sixty times.
func gather(set *template.Template, room string, files fs.FS, funcs template.FuncMap) error {
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		return err
	}
	for _, file := range names {
		one, err := template.New("").Funcs(funcs).ParseFS(files, file)
		if err != nil {
			return err
		}
		for _, t := range one.Templates() {
			name := t.Name()
			switch {
			case t.Tree == nil || name == path.Base(file): // what stands between the definitions
				continue
			case name == "main":
				name = room + "/" + strings.TrimSuffix(path.Base(file), ".html")
			}
			if set.Lookup(name) != nil {
				return fmt.Errorf("%s: there is a %q already", file, name)
			}
			if _, err := set.AddParseTree(name, t.Tree); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Pages) funcs(l i18n.Lang) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, args ...any) string { return p.words.T(l, key, args...) },
		"date":    func(t store.Time) string { return i18n.Date(l, t.Time) },
		"day":     func(iso string) string { return Day(l, iso) },
		"dial":    Dial,
		"dialled": dialled,
		"clock":   func(t store.Time) string { return i18n.Clock(l, t.Time) },
		"moment":  func(t store.Time) string { return i18n.DateTime(l, t.Time) },
		"iso":     func(t store.Time) string { return t.UTC().Format(time.RFC3339) },
		"minutes": func(n int) string { return i18n.Minutes(l, n) },
		"path":    func(to string) string { return "/" + string(l) + to },
		"asset":   p.assets.Path,
		"in":      func(t i18n.Text) string { return t.In(l) },
		"scene":   func(name string) template.HTML { return p.scene(l, name) },
		"windows": windows,
		"window":  window,
		"row":     WindowRow,
		"add":     func(a, b int) int { return a + b },
		"letter":  func(i int) string { return string(rune('A' + i)) }, // no list is longer than the alphabet
		"footer":  func() []string { return FooterPages },
		"nations": func() []people.Nation { return people.Nations },
		"pair":    func(a, b any) [2]any { return [2]any{a, b} },
		"password": func(field, label, fill, hint string, e *FieldError) passwordField {
			return passwordField{field, label, fill, hint, e}
		},
	}
}

// Dial is a telephone number as a telephone takes it from a link: digits, and
// the sign of a number with its country's. The nought that is only dialled at
// home, (0), is left out behind that sign. An extension is dialled after a pause,
// which telephones take from a comma.
func Dial(number string) string {
	if number, ext, ok := strings.Cut(number, " ext. "); ok {
		return Dial(number) + "," + Dial(ext)
	}
	if strings.HasPrefix(number, "+") {
		number = strings.Replace(number, "(0)", "", 1)
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}

// Day writes a date that is kept as 2026-11-21.
func Day(l i18n.Lang, iso string) string {
	t, err := time.ParseInLocation(time.DateOnly, iso, i18n.London())
	if err != nil {
		return iso
	}
	return i18n.Date(l, t)
}

// scene puts a picture into the page, described in the page's language.
func (p *Pages) scene(l i18n.Lang, name string) template.HTML {
	inner, ok := p.assets.Illustration(name)
	if !ok {
		return ""
	}
	box, _ := p.assets.ViewBox(name)
	said := `aria-hidden="true"`
	if key := "scene." + name; p.words.Has(key) {
		said = `role="img" aria-label="` + template.HTMLEscapeString(p.words.T(l, key)) + `"`
	}
	return template.HTML(`<svg viewBox="` + box + `" preserveAspectRatio="xMidYMax slice" ` + said + ` focusable="false">` + inner + `</svg>`)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Show renders a page and sends it.
func (c *Context) Show(status int, name string, p Page) error {
	p.frame().c = c
	if status == http.StatusUnprocessableEntity { // said first, where a screen reader begins
		p.frame().Title = c.T("form.error") + " " + p.frame().Title
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := c.Site.Render.page(b, c.Lang, name, p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	c.rememberLang()
	if to := c.chosen(p.frame()); to != "" && status == http.StatusOK {
		return c.Redirect(http.StatusSeeOther, to)
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(c.Lang))
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	c.Response().WriteHeader(status)
	_, err := c.Response().Write(b.Bytes())
	return err
}

// sendJSON answers our own script.
func (c *Context) sendJSON(status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	c.Response().WriteHeader(status)
	_, err = c.Response().Write(body)
	return err
}

// JSONAnswer answers our own script with 200 or another status.
func (c *Context) JSONAnswer(status int, v any) error { return c.sendJSON(status, v) }

// Send sends a file that was made in memory.
func (c *Context) Send(contentType, filename string, body []byte) error {
	h := c.Response().Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `inline; filename="`+filename+`"`)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(body)
	return err
}
