package modules

import (
	"strings"
	"testing"
	"testing/fstest"
)

// table is what texts are held to in these tests.
const table = `welsh: draft
words:
- en: [absconded, lifestyle choice]
  cy: [wedi dianc, dewis ffordd o fyw]
  better: {en: "missing", cy: "ar goll"}
- en: [LSCB]
  cy: [LSCB]
  was: true
  better: {en: "the regional board", cy: "y bwrdd rhanbarthol"}
`

// wordsIn holds one file of the content, or of bank/, to the table.
func wordsIn(t *testing.T, file, text string) []Finding {
	t.Helper()
	files := fstest.MapFS{wordsFile: {Data: []byte(table)}}
	banks := fstest.MapFS{}
	if bank, ok := strings.CutPrefix(file, "bank/"); ok {
		banks[bank] = &fstest.MapFile{Data: []byte(text)}
	} else {
		files[file] = &fstest.MapFile{Data: []byte(text)}
	}
	found, err := CheckWords(files, banks)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A word that is not used is found in every kind of file and in both languages,
// with its file, its line and what to write; held up, chosen amiss or of its time,
// it may stand.
func TestWordsThatAreNotUsed(t *testing.T) {
	speech := "“He has absconded again and nobody knows,” she says."
	for name, c := range map[string]struct{ file, text, want string }{
		"lesson":           {"lamp/en.md", "# Lamp\n\n## One {#one}\n\nSami\nhas absconded.\n<!-- facts: case -->\n", "lamp/en.md:6: section one: “absconded” is not used: write “missing”; where it is quoted"},
		"part of a lesson": {"lamp/en.md", "# Lamp\n\n## One {#one}\n\n::: key\nA Lifestyle  choice.\n:::\n", "lamp/en.md:6: section one: “lifestyle choice”"},
		"heading":          {"lamp/en.md", "# Lamp\n\n## Absconded? {#one}\n", "lamp/en.md:3: section one: “absconded”"},
		"title":            {"lamp/pack.en.md", "# Absconded\n", "lamp/pack.en.md:1: “absconded”"},
		"Welsh, mutated":   {"lamp/cy.md", "# Lamp\n\n## Un {#one}\n\nDim ddewis ffordd o fyw.\n", "lamp/cy.md:5: section one: “dewis ffordd o fyw” is not used: write “ar goll”"},
		"Welsh in English": {"lamp/en.md", "# Lamp\n\nWedi dianc.\n", ""},
		"a longer word":    {"lamp/en.md", "# Lamp\n\nLifestyle choices.\n", ""},
		"card":             {"lamp/card.yaml", "first:\n  en: \"Say absconded.\"\n", "lamp/card.yaml:2: “absconded”"},
		"term":             {"glossary.yaml", "terms:\n- id: gone\n  also: {en: [absconded]}\n", "glossary.yaml:3: gone: “absconded”"},
		"the register":     {"fact-ids.yaml", "facts:\n  D-01: {en: absconded}\n", ""},
		"few words quoted": {"lamp/en.md", "# Lamp\n\nNot “he has absconded”, say “missing”.\n", ""},
		"words in speech":  {"lamp/en.md", "# Lamp\n\n“I wrote ‘absconded’ then, and would not now.”\n", ""},
		"speech":           {"lamp/en.md", "# Lamp\n\n" + speech + "\n<!-- facts: case -->\n", "“absconded” is not used"},
		"speech, marked":   {"lamp/en.md", "# Lamp\n\n" + speech + "\n<!-- facts: case quoted -->\n", ""},
		"marked, unquoted": {"lamp/en.md", "# Lamp\n\nHe absconded.\n<!-- facts: case quoted -->\n", "“absconded” is not used"},
		"a name of old":    {"pages/x.en.md", "# X\n\nTell the LSCB.\n<!-- facts: R-01 -->\n", "where it is history, add past"},
		"history":          {"pages/x.en.md", "# X\n\nIn 2011 the LSCB asked.\n<!-- facts: R-01 past -->\n", ""},
		"history, a slur":  {"pages/x.en.md", "# X\n\nHe absconded.\n<!-- facts: R-01 past -->\n", "“absconded” is not used"},
		"question":         {"bank/lamp.yaml", "questions:\n- id: q1\n  stem:\n    en: \"Sami absconded.\"\n", "bank/lamp.yaml:4: q1: “absconded”"},
		"best option":      {"bank/lamp.yaml", "questions:\n- id: q1\n  options:\n  - id: a\n    worth: 1\n    text: {en: \"absconded\"}\n", "bank/lamp.yaml:6: q1, a: “absconded”"},
		"option of a half": {"bank/lamp.yaml", "questions:\n- id: q1\n  options:\n  - id: a\n    worth: 0.5\n    text: {en: \"absconded\"}\n", "q1, a: “absconded”"},
		"wrong option":     {"bank/lamp.yaml", "questions:\n- id: q1\n  options:\n  - id: a\n    worth: 0\n    text: {en: \"absconded\"}\n", ""},
		"its feedback":     {"bank/lamp.yaml", "questions:\n- id: q1\n  options:\n  - id: a\n    worth: 0\n    feedback: {en: \"absconded\"}\n", "q1, a: “absconded”"},
		"stem, marked":     {"bank/lamp.yaml", "questions:\n- id: q1\n  facts: [quoted]\n  stem:\n    en: '" + speech + "'\n", ""},
		"a mark elsewhere": {"bank/lamp.yaml", "questions:\n- id: q1\n  facts: [quoted]\n  options:\n  - id: a\n    facts: [case]\n    text: {en: '" + speech + "'}\n", "q1, a: “absconded”"},
		"a case’s best":    {"lamp/cases/x.yaml", "options:\n- id: a\n  path: recommended\n  text: {en: absconded}\n", "“absconded”"},
		"a costly step":    {"lamp/cases/x.yaml", "options:\n- id: a\n  path: costly\n  text: {en: absconded}\n", ""},
		"what follows it":  {"lamp/cases/x.yaml", "options:\n- id: a\n  path: costly\n  then: {en: absconded}\n", "“absconded”"},
		"a draft":          {"lamp/exercises/x.yaml", "kind: rewrite\nlines:\n- id: l\n  best: b\n  text: {en: absconded}\n  choices:\n  - {id: a, en: absconded}\n  - {id: b, en: missing}\n", ""},
		"its best wording": {"lamp/exercises/x.yaml", "kind: rewrite\nlines:\n- id: l\n  best: b\n  choices:\n  - {id: a, en: missing}\n  - {id: b, en: absconded}\n", "lamp/exercises/x.yaml:7: l, b: “absconded”"},
		"its reason":       {"lamp/exercises/x.yaml", "kind: rewrite\nlines:\n- id: l\n  best: b\n  why: {en: absconded}\n", "“absconded”"},
		"a record of old":  {"lamp/exercises/x.yaml", "kind: signs\nlines:\n- id: l\n  text: {en: absconded}\n", "“absconded”"},
	} {
		found := wordsIn(t, c.file, c.text)
		if c.want == "" && len(found) > 0 || c.want != "" && (len(found) != 1 || found[0].Warning || !strings.Contains(found[0].String(), c.want)) {
			t.Errorf("%s: want %q, found\n%s", name, c.want, list(found))
		}
	}
}

// Without the table nothing is held to it, which is said; a row without a better
// word is half a row.
func TestTheTableOfWords(t *testing.T) {
	found, err := CheckWords(fstest.MapFS{}, fstest.MapFS{})
	if err != nil || len(found) != 1 || !strings.Contains(found[0].String(), "words.yaml: the table of words that are not used is missing") {
		t.Errorf("%v %v", found, err)
	}
	half := fstest.MapFS{wordsFile: {Data: []byte("welsh: draft\nwords:\n- en: [runner]\n  better: {en: missing}\n")}}
	if found, err = CheckWords(half, fstest.MapFS{}); err != nil || len(found) != 1 || !strings.Contains(found[0].String(), "runner: a row has words, and a better one") {
		t.Errorf("%v %v", found, err)
	}
}

// The words that the course itself teaches people to leave out are in its table.
func TestTheTableOfTheCourse(t *testing.T) {
	var found []Finding
	s, err := loadShunned(Content(), &found)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	for lang, words := range map[string][]string{
		"en": {"absconded", "child prostitute", "promiscuous", "LSCB", "lifestyle choice", "putting herself at risk", "money mule", "illegal immigrant", "streetwise", "alleges", "gang member", "refuses to engage"},
		"cy": {"wedi dianc", "puteindra", "dewis ffordd o fyw", "ei rhoi ei hun mewn perygl", "yn gwrthod ymgysylltu", "hirben", "honni", "cael ei gamfanteisio", "rhannu pryder", "allan o oriau"},
	} {
		for _, w := range words {
			n := 0
			s.in(langOf(lang+".md"), "Mae "+w+".", nil, func(int, shunnedForm) { n++ })
			if n != 1 {
				t.Errorf("%s: %q is found %d times", lang, w, n)
			}
		}
	}
}
