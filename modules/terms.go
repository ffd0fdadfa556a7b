package modules

import (
	"cmp"
	"html/template"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/i18n"
)

// phrases finds terms in a text. A Welsh term is found however it begins.
type phrases struct {
	lang i18n.Lang
	by   map[string][]phrase // by their first word
}

// phrase is one way to write a term: small letters, one space between words.
type phrase struct{ words, id string }

// newPhrases makes ready to find the terms that lessons lead from.
func newPhrases(l i18n.Lang, terms []Term) *phrases {
	p := &phrases{l, map[string][]phrase{}}
	for _, t := range terms {
		if t.Plain || !t.Explained() {
			continue
		}
		for _, form := range t.Forms(l) {
			begins := []string{phraseKey(form)}
			if l == i18n.CY {
				begins = mutations(begins[0])
			}
			for _, words := range begins {
				first := words[:wordEnd(words)]
				p.by[first] = append(p.by[first], phrase{words, t.ID})
			}
		}
	}
	for _, of := range p.by { // what says more is tried before what it begins with
		slices.SortStableFunc(of, func(a, b phrase) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return p
}

// phraseKey is a form as it is compared.
func phraseKey(form string) string {
	form = strings.ReplaceAll(strings.ToLower(form), "’", "'")
	return strings.Join(strings.Fields(form), " ")
}

// at returns the term with which text begins, and where it ends there.
func (p *phrases) at(text string) (id string, end int) {
	for _, candidate := range p.by[strings.ToLower(text[:wordEnd(text)])] {
		if n := spans(text, candidate.words); n > 0 {
			return candidate.id, n
		}
	}
	return "", 0
}

// spans returns how much of text the words take, which stand at its beginning;
// 0 where they do not, or where its word goes on.
func spans(text, words string) int {
	at := 0
	for _, want := range words {
		r, size := utf8.DecodeRuneInString(text[at:])
		if want == ' ' {
			if !unicode.IsSpace(r) {
				return 0
			}
			for unicode.IsSpace(r) {
				at += size
				r, size = utf8.DecodeRuneInString(text[at:])
			}
			continue
		}
		if r == '’' {
			r = '\''
		}
		if size == 0 || unicode.ToLower(r) != want {
			return 0
		}
		at += size
	}
	if r, _ := utf8.DecodeRuneInString(text[at:]); isWord(r) {
		return 0
	}
	return at
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordEnd is where the word with which s begins has its end.
func wordEnd(s string) int {
	if at := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }); at >= 0 {
		return at
	}
	return len(s)
}

// unlinked are elements in which no term is made a link: what is a link already
// or a heading, and what is folded away, whose first use not everybody meets.
var unlinked = []string{"a", "summary", "details", "h1", "h2", "h3", "h4", "button"}

// link leads from the first use of each term in a rendered text to the glossary,
// but for those that are something other there.
func (p *phrases) link(text template.HTML, other map[string]bool) template.HTML {
	if len(p.by) == 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + len(text)/8)
	w := linker{phrases: p, out: &out, met: maps.Clone(other)}
	rest := string(text)
	for rest != "" {
		tag := strings.IndexByte(rest, '<')
		if tag < 0 {
			tag = len(rest)
		}
		w.prose(rest[:tag])
		rest = rest[tag:]
		if end := strings.IndexByte(rest, '>'); end >= 0 {
			w.tag(rest[:end+1])
			rest = rest[end+1:]
		} else if rest != "" { // no element: it is left as it is
			out.WriteString(rest)
			rest = ""
		}
	}
	return template.HTML(out.String())
}

// linker writes one text.
type linker struct {
	*phrases
	out   *strings.Builder
	met   map[string]bool // which need no link any more
	skip  string          // the element within which nothing becomes a link
	depth int             // how many of its name are open
}

// tag notes where an element begins and ends that holds no links.
func (w *linker) tag(tag string) {
	w.out.WriteString(tag)
	name := strings.TrimPrefix(tag[1:len(tag)-1], "/")
	if at := strings.IndexAny(name, " \n/"); at >= 0 {
		name = name[:at]
	}
	switch {
	case strings.HasSuffix(tag, "/>"):
	case w.skip == "" && tag[1] != '/' && (slices.Contains(unlinked, name) || strings.Contains(tag, " lang=") || strings.Contains(tag, "golau-case")):
		w.skip, w.depth = name, 1
	case name != w.skip:
	case tag[1] == '/':
		if w.depth--; w.depth == 0 {
			w.skip = ""
		}
	default:
		w.depth++
	}
}

// prose writes what stands between two tags.
func (w *linker) prose(s string) {
	if w.skip != "" {
		w.out.WriteString(s)
		return
	}
	for s != "" {
		end := wordEnd(s)
		if end == 0 { // what stands between words
			_, end = utf8.DecodeRuneInString(s)
			w.out.WriteString(s[:end])
			s = s[end:]
			continue
		}
		id, n := w.at(s)
		if n == 0 || w.met[id] {
			n = max(n, end)
			w.out.WriteString(s[:n])
		} else {
			w.met[id] = true
			w.out.WriteString(`<a class="govuk-link golau-term" href="/` + string(w.lang) + `/glossary#` + id + `">` + s[:n] + `</a>`)
		}
		s = s[n:]
	}
}

// linkTerms leads from the lessons to the glossary, once for all readers. The
// edition of a module is that of its words: another term there changes none.
func (l *Library) linkTerms(rep report) {
	for _, t := range l.glossary[i18n.EN] {
		for _, slug := range t.NotIn {
			if _, ok := l.Module(slug); !ok {
				rep.fault(0, "term "+t.ID, "there is no module %q", slug)
			}
		}
	}
	for _, lang := range i18n.Langs {
		p := newPhrases(lang, l.glossary[lang])
		for _, m := range l.Modules {
			other := map[string]bool{} // what is another thing here
			for _, t := range l.glossary[lang] {
				other[t.ID] = slices.Contains(t.NotIn, m.Slug)
			}
			link := func(text template.HTML) template.HTML { return p.link(text, other) }
			for i := range m.Sections {
				s := &m.Sections[i]
				s.HTML, s.Short = s.HTML.with(lang, link), s.Short.with(lang, link)
			}
		}
	}
}

// with is the text with what change makes of it in one language.
func (h HTML) with(l i18n.Lang, change func(template.HTML) template.HTML) HTML {
	if l == i18n.CY {
		h.CY = change(h.CY)
	} else {
		h.EN = change(h.EN)
	}
	return h
}
