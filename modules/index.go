package modules

import (
	"html"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/i18n"
)

// index is all that can be looked for in one language, by its words.
type index struct {
	lang   i18n.Lang
	places []place
	words  []string // every word that stands anywhere, folded, sorted
	in     map[string][]standing
	listed []string            // the words of listed terms, folded, sorted
	marked map[string][]string // words of two letters with a mark, by what they are without
}

// place is one thing that is found.
type place struct {
	Found
	text   string // from which a snippet is cut
	folded []span // its words
}

// span is a word of a text, as it is looked for.
type span struct {
	folded     string
	marked     string // a short word as it is written, where a letter bears a mark: tŷ
	start, end int
}

// standing says how often a word stands in a place.
type standing struct{ place, inTitle, inText int }

// newIndex reads the whole library, and what is found beside it, in one language.
func newIndex(lib *Library, beside []Leaf, l i18n.Lang) *index {
	x := &index{lang: l, in: map[string][]standing{}, marked: map[string][]string{}}
	for _, t := range lib.Glossary(l) {
		x.add(Found{Kind: FoundTerm, Slug: t.ID, Title: t.Text.In(l)}, t.Says.In(l), strings.Join(append(t.Forms(l), t.Forms(l.Other())...), " "))
		for _, form := range t.Forms(l) {
			for _, s := range spansOf(form) {
				x.listed = append(x.listed, s.folded)
			}
		}
	}
	for _, c := range lib.Cards() {
		var said []string
		for _, b := range c.Blocks {
			said = append(said, b.Heading.In(l)+":")
			for _, item := range b.Items {
				said = append(said, item.In(l))
			}
		}
		x.add(Found{Kind: FoundCard, Slug: c.Slug, Title: c.Title.In(l)}, strings.Join(append([]string{c.Lead.In(l), c.First.In(l), c.Key.In(l)}, said...), " "), "")
	}
	for _, m := range lib.Modules {
		for i := range m.Sections {
			s := &m.Sections[i]
			x.add(Found{Kind: FoundSection, Slug: m.Slug, Section: s.ID, Title: s.Title.In(l), Of: m}, proseOf(string(s.HTML.In(l))), "")
		}
		x.addPractised(m)
	}
	x.addForTeams(lib)
	for _, leaf := range beside {
		x.add(Found{Kind: leaf.Kind, Slug: leaf.Slug, Title: leaf.Title.In(l)}, leaf.Text.In(l), "")
	}
	for _, name := range lib.PageNames() {
		if p, ok := lib.Page(name, l); ok {
			x.add(Found{Kind: FoundPage, Slug: name, Title: p.Title}, proseOf(string(p.HTML)), "")
		}
	}
	for word := range x.in {
		x.words = append(x.words, word)
		if folded := i18n.Fold(word); folded != word && utf8.RuneCountInString(word) == 2 {
			x.marked[folded] = append(x.marked[folded], word)
		}
	}
	sort.Strings(x.words)
	sort.Strings(x.listed)
	x.listed = slices.Compact(x.listed)
	return x
}

// add takes in a place: its title, the text from which snippets are cut, and
// other words by which it is found.
func (x *index) add(f Found, text, other string) {
	p := place{Found: f, text: text, folded: spansOf(text)}
	at := len(x.places)
	x.places = append(x.places, p)
	stands := func(word string, title bool) {
		of := x.in[word]
		if len(of) == 0 || of[len(of)-1].place != at {
			of = append(of, standing{place: at})
		}
		if title {
			of[len(of)-1].inTitle++
		} else {
			of[len(of)-1].inText++
		}
		x.in[word] = of
	}
	count := func(spans []span, title bool) {
		for _, s := range spans {
			stands(s.folded, title)
			if s.marked != "" {
				stands(s.marked, title)
			}
		}
	}
	count(spansOf(f.Title+" "+other), true)
	count(p.folded, false)
}

// beginning returns the words of a sorted list that begin with w.
func beginning(list []string, w string) []string {
	from := sort.SearchStrings(list, w)
	to := from
	for to < len(list) && strings.HasPrefix(list[to], w) {
		to++
	}
	return list[from:to]
}

// longestMarked is how many letters a word of two may have once it is mutated.
const longestMarked = 4

// shortestMutated is how many letters tell a mutation from another word.
const shortestMutated = 3

// ways are the words to look for where somebody types w: itself, and, where it
// may be a word of a listed Welsh term in one of its mutations, all the others. A
// word of two letters is told from others by its mark alone: whoever types dŷ
// means tŷ, and not dy, which stands on every page.
func (x *index) ways(s span) []string {
	w := s.folded
	ways := []string{w}
	if x.lang == i18n.CY && s.marked != "" {
		var marked []string
		for _, radical := range radicals(s.marked) {
			if utf8.RuneCountInString(radical) == 2 && len(x.in[radical]) > 0 {
				marked = append(marked, mutations(radical)...)
			}
		}
		if len(marked) > 0 {
			return marked
		}
	}
	if x.lang == i18n.CY && s.marked == "" {
		for _, radical := range x.marked[w] {
			ways = append(ways, mutations(radical)...)
		}
	}
	if x.lang != i18n.CY || utf8.RuneCountInString(w) < shortestMutated {
		return ways
	}
	for _, radical := range radicals(w) {
		if len(beginning(x.listed, radical)) > 0 {
			ways = append(ways, mutations(radical)...)
		}
	}
	slices.Sort(ways)
	return slices.Compact(ways)
}

// spansOf cuts a text into its words.
func spansOf(text string) (spans []span) {
	start := -1
	add := func(end int) {
		if folded := i18n.Fold(text[start:end]); folded != "" { // more than marks without a letter
			s := span{folded: folded, start: start, end: end}
			if len(folded) <= longestMarked && end-start > len(folded) {
				if lower := i18n.Small(text[start:end]); lower != folded {
					s.marked = lower
				}
			}
			spans = append(spans, s)
		}
		start = -1
	}
	for i, r := range text {
		switch word := isWord(r) || unicode.Is(unicode.Mn, r); {
		case word && start < 0:
			start = i
		case !word && start >= 0:
			add(i)
		}
	}
	if start >= 0 {
		add(len(text))
	}
	return spans
}

var (
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	blockTag = regexp.MustCompile(`</?(p|li|ul|ol|div|section|details|summary|figure|figcaption|h[1-6])\b[^>]*>`)
	spaces   = regexp.MustCompile(`\s+`)
)

// proseOf is what a reader reads of a rendered text, on one line.
func proseOf(rendered string) string {
	rendered = anyTag.ReplaceAllString(blockTag.ReplaceAllString(rendered, " "), "")
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(rendered), " "))
}
