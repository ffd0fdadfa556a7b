package modules

import (
	"cmp"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golau/internal/i18n"
)

// wordsFile names the words that are not used, and what to write instead.
const wordsFile = "words.yaml"

// quoted is the mark of a text that holds up somebody's words to be looked at.
const quoted = "quoted"

// shunned is a row of the table: ways to say it that are not used, and a better.
type shunned struct {
	EN     []string  `yaml:"en"`
	CY     []string  `yaml:"cy"`
	Was    bool      `yaml:"was"` // a name of its time, which history may use
	Better i18n.Text `yaml:"better"`
}

// shun finds the words of the table in texts.
type shun map[i18n.Lang]map[string][]shunnedForm // by their first word

type shunnedForm struct {
	words  string // as phraseKey has them
	said   string // as the table has them
	better string
	was    bool
}

// loadShunned reads the table.
func loadShunned(fsys fs.FS, out *[]Finding) (shun, error) {
	rep := report{wordsFile, out}
	var file struct {
		Welsh string    `yaml:"welsh"`
		Words []shunned `yaml:"words"`
	}
	if err := readYAML(fsys, rep, &file); errors.Is(err, fs.ErrNotExist) {
		rep.fault(0, "", "the table of words that are not used is missing: write one (docs/writing.md), or no text is held to it")
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	s := shun{i18n.EN: {}, i18n.CY: {}}
	for _, w := range file.Words {
		if len(w.EN)+len(w.CY) == 0 || !w.Better.Complete() {
			rep.fault(0, strings.Join(append(w.EN, w.CY...), ", "), "a row has words, and a better one in each language: write better: {en: …, cy: …}")
		}
		s.add(i18n.EN, w.EN, w)
		s.add(i18n.CY, w.CY, w)
	}
	for _, lang := range i18n.Langs {
		for _, of := range s[lang] { // what says more is found before what it begins with
			slices.SortStableFunc(of, func(a, b shunnedForm) int { return cmp.Compare(len(b.words), len(a.words)) })
		}
	}
	return s, nil
}

func (s shun) add(lang i18n.Lang, forms []string, w shunned) {
	for _, form := range forms {
		begins := []string{phraseKey(form)}
		if lang == i18n.CY {
			begins = mutations(begins[0])
		}
		for _, words := range begins {
			first := words[:wordEnd(words)]
			s[lang][first] = append(s[lang][first], shunnedForm{words, form, w.Better.In(lang), w.Was})
		}
	}
}

// mostHeldUp is how many words in quotation marks are words held up, not speech.
const mostHeldUp = 4

// heldUp are the words in quotation marks, those within others first.
var heldUp = []*regexp.Regexp{regexp.MustCompile(`‘(?:[^‘’“”]|’\pL)*’`), regexp.MustCompile(`“[^“”]*”`)}

// in yields every word of text that is not used, with the place where it stands.
// Few words in quotation marks are held up to be looked at and may stand; more
// may only where the text is marked as quoting, and names of their time where it
// tells of the past.
func (s shun) in(lang i18n.Lang, text string, marks []string, found func(at int, f shunnedForm)) {
	for _, marked := range heldUp {
		text = marked.ReplaceAllStringFunc(text, func(q string) string {
			if n := words(q); n <= mostHeldUp || slices.Contains(marks, quoted) {
				return strings.Repeat(".", len(q))
			}
			return q
		})
	}
	for at := 0; at < len(text); {
		end := at + wordEnd(text[at:])
		if end == at { // not within a word
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		for _, f := range s[lang][strings.ToLower(text[at:end])] {
			if spans(text[at:], f.words) > 0 {
				if !f.was || !slices.Contains(marks, "past") {
					found(at, f)
				}
				break
			}
		}
		at = end
	}
}
