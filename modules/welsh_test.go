package modules

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golau/internal/testneeds"
	"golau/internal/yamlfile"
)

// keptWords lists the Welsh words that the dictionary does not have and somebody
// has read.
const keptWords = "../docs/words.cy.txt"

// unread are the parts of a Markdown file that nobody reads as words.
var unread = regexp.MustCompile("(?s)<!--.*?-->|\\{\\{.*?\\}\\}|\\]\\([^)]*\\)|\\{[^}]*\\}|`[^`]*`|https?://\\S+|\\S+\\.yaml|\\S+@\\S+|(?m:^:::.*$)")

var (
	welshWord = regexp.MustCompile(`\p{L}+(?:['’]\p{L}+)*`)
	// clitic is what leans on the word before it.
	clitic = regexp.MustCompile(`['’](n|r|i|u|ch|m|th|w|s)$`)
)

// welshWords returns the words of every Welsh text, with a file in which each
// stands: the content, the questions, the catalogue and what pages and letters say.
func welshWords(t *testing.T) map[string]string {
	words := map[string]string{}
	take := func(file, text string) {
		for _, w := range welshWord.FindAllString(unread.ReplaceAllString(text, " "), -1) {
			words[strings.ReplaceAll(w, "’", "'")] = file
		}
	}
	var said func(file string, p yamlfile.Place, welsh bool)
	said = func(file string, p yamlfile.Place, welsh bool) {
		if text := p.Text(); welsh && text != "" {
			take(file, text)
		}
		for key, part := range p.Fields() {
			said(file, part, (welsh || key == "cy") && key != "en")
		}
		for part := range p.Items() {
			said(file, part, welsh)
		}
	}
	for _, root := range []string{"content", "../quiz/bank", "../course", "../internal/i18n/messages"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(file)
			switch {
			case strings.HasSuffix(file, "cy.md"):
				take(file, string(raw))
			case strings.HasSuffix(file, ".yaml"):
				said(file, yamlfile.Whole(raw), strings.HasSuffix("."+d.Name(), ".cy.yaml"))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return words
}

// spellings are the ways in which a word may stand in a dictionary: without what
// leans on it, in small letters, without its mutation.
func spellings(word string) []string {
	word = clitic.ReplaceAllString(word, "")
	small := strings.ToLower(word)
	ways := []string{word}
	for _, r := range radicals(small) {
		if r == "" {
			continue
		}
		first := []rune(r)
		ways = append(ways, r, string(unicode.ToUpper(first[0]))+string(first[1:]))
	}
	return ways
}

// Every Welsh word that is shown is in aspell's dictionary or in the kept list,
// whatever its mutation; and the list keeps no word that is not needed.
func TestWelshWords(t *testing.T) {
	aspell := testneeds.Tool(t, "aspell", "aspell aspell-cy")
	if dictionaries, err := exec.Command(aspell, "dump", "dicts").Output(); err != nil || !slices.Contains(strings.Fields(string(dictionaries)), "cy") {
		testneeds.Missing(t, "aspell has no Welsh: apt-get install -y aspell-cy")
	}
	raw, err := os.ReadFile(keptWords)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{} // and whether it was met
	for line := range strings.Lines(string(raw)) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			kept[w] = false
		}
	}
	words := welshWords(t)
	ask := map[string]bool{}
	for word := range words {
		for _, way := range spellings(word) {
			ask[way] = true
		}
	}
	unknown := misspelt(t, aspell, slices.Sorted(maps.Keys(ask)))
	for _, word := range slices.Sorted(maps.Keys(words)) {
		known := slices.ContainsFunc(spellings(word), func(way string) bool { return !unknown[way] })
		for _, way := range spellings(word) {
			if _, ok := kept[way]; ok && !known {
				kept[way], known = true, true
			}
		}
		if !known {
			t.Errorf("%s: %q is in no dictionary: mend it, or keep it in docs/words.cy.txt", words[word], word)
		}
	}
	for word, met := range kept {
		if !met {
			t.Errorf("docs/words.cy.txt keeps %q, which is in the dictionary or nowhere", word)
		}
	}
}

// misspelt are the words that aspell does not have.
func misspelt(t *testing.T, aspell string, words []string) map[string]bool {
	ask := exec.Command(aspell, "-d", "cy", "--encoding=utf-8", "list")
	ask.Stdin = strings.NewReader(strings.Join(words, "\n") + "\n")
	var wrong bytes.Buffer
	ask.Stderr = &wrong
	said, err := ask.Output()
	if err != nil {
		t.Fatalf("aspell: %v %s", err, wrong.String())
	}
	unknown := map[string]bool{}
	for w := range strings.FieldsSeq(string(said)) {
		unknown[w] = true
	}
	return unknown
}
