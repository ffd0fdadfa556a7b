package modules

import (
	"cmp"
	"slices"
	"sync"

	"golau/internal/i18n"
)

// FoundKind says what was found.
type FoundKind string

// What can be found.
const (
	FoundTerm     FoundKind = "term"     // of the glossary; Slug is its id
	FoundCard     FoundKind = "card"     // Slug is the card's
	FoundSection  FoundKind = "section"  // of a module, which Slug names
	FoundCase     FoundKind = "case"     // of a module; Section is its id
	FoundExercise FoundKind = "exercise" // of a module; Section is its id
	FoundPack     FoundKind = "pack"     // Slug is its module's
	FoundPractice FoundKind = "practice" // what one writes to practise; Slug is ReferralSlug, or a leaf's
	FoundPage     FoundKind = "page"     // of the footer, by its name
)

// Found is one thing that answers to what was looked for.
type Found struct {
	Kind          FoundKind
	Slug, Section string
	Title         string
	Of            *Module // of a section, a case or an exercise
	// Snippet is a stretch of its text around what was looked for.
	Snippet []Piece
}

// Piece is a stretch of a snippet; Hit is what was looked for.
type Piece struct {
	Text string
	Hit  bool
}

// Limits of a search: what is beyond them is left out.
const (
	mostAsked    = 8 // words
	shortestWord = 2 // letters
	longestWord  = 40
	mostFound    = 40  // things
	snippetSize  = 180 // bytes, about
)

// ReferralSlug is what a search calls the form to practise on.
const ReferralSlug = "referral"

// Leaf is a page to be found beside those of the library.
type Leaf struct {
	Kind        FoundKind
	Slug        string
	Title, Text i18n.Text
}

// Searcher looks for words in a library. It is safe for concurrent use.
type Searcher struct {
	lib    *Library
	beside []Leaf
	lock   sync.Mutex
	made   map[i18n.Lang]*index
}

// NewSearcher returns one that looks through the library, and through pages beside
// it.
func NewSearcher(lib *Library, beside ...Leaf) *Searcher {
	return &Searcher{lib: lib, beside: beside, made: map[i18n.Lang]*index{}}
}

// of is the index of a language, made when somebody first looks for something in
// it.
func (s *Searcher) of(l i18n.Lang) *index {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.made[l] == nil {
		s.made[l] = newIndex(s.lib, s.beside, l)
	}
	return s.made[l]
}

// Asks says whether there is a word to look for in a query: two letters at
// least.
func Asks(query string) bool { return len(asked(query)) > 0 }

// Search looks for words in one language, the best first: every word must be
// met, at the beginning of a word at least, whatever marks stand on its letters
// and however a Welsh term of the glossary begins. Without course, the lessons,
// cases and exercises are left out, since they are for learners.
func (s *Searcher) Search(lang i18n.Lang, query string, course bool) []Found {
	asked := asked(query)
	if len(asked) == 0 {
		return nil
	}
	x := s.of(lang)
	score := map[int]int{}
	var ways [][]string
	for i, word := range asked {
		ways = append(ways, x.ways(word))
		met := x.scores(ways[i])
		for at := range met {
			if _, all := score[at]; i == 0 || all {
				score[at] += met[at]
			}
		}
		for at := range score {
			if met[at] == 0 {
				delete(score, at)
			}
		}
	}
	return x.best(score, ways, course)
}

// asked are the words of a query.
func asked(query string) (words []span) {
	for _, s := range spansOf(query) {
		word := []rune(s.folded)
		s.folded = string(word[:min(len(word), longestWord)])
		again := slices.ContainsFunc(words, func(other span) bool { return other.folded == s.folded })
		if len(word) >= shortestWord && !again && len(words) < mostAsked {
			words = append(words, s)
		}
	}
	return words
}

// scores says how well each place answers to one word, in any of its ways: a
// whole word before one that goes on, a title before the text.
func (x *index) scores(ways []string) map[int]int {
	met := map[int]int{}
	for _, way := range ways {
		for _, word := range beginning(x.words, way) {
			weight := 1
			if word == way {
				weight = 3
			}
			for _, s := range x.in[word] {
				met[s.place] += weight * (10*min(s.inTitle, 2) + min(s.inText, 5))
			}
		}
	}
	return met
}

// best returns the places with the highest scores, with their snippets.
func (x *index) best(score map[int]int, ways [][]string, course bool) []Found {
	var order []int
	for at := range score {
		if course || x.places[at].Of == nil {
			order = append(order, at)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	var found []Found
	for _, at := range order[:min(len(order), mostFound)] {
		f := x.places[at].Found
		f.Snippet = x.places[at].snippet(ways)
		found = append(found, f)
	}
	return found
}
