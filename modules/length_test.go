package modules

import (
	"strings"
	"testing"
)

// outsideTheLimit lists the sections that are too long or too short to read.
func outsideTheLimit(findings []Finding) (out []Finding) {
	for _, f := range findings {
		if strings.Contains(f.Message, "words as one reader sees it") {
			out = append(out, f)
		}
	}
	return out
}

// Every section of every module of the course keeps to the limit of the writing
// standard. For content that somebody else writes the limit is a warning only.
func TestSectionsOfTheCourseKeepToTheLimit(t *testing.T) {
	_, findings := mustLoad(t, Content())
	for _, f := range outsideTheLimit(findings) {
		t.Error(f)
	}
}

// As many words as the limit are allowed, one more is found.
func TestOneWordTooMany(t *testing.T) {
	const has = 132 // words of the second section of the sound module
	for words, found := range map[int]int{mostWords: 0, mostWords + 1: 1} {
		files := good(t)
		replace(t, files, "lamp/en.md", "You sit down at", strings.Repeat("Look. ", words-has)+"You sit down at")
		_, findings := mustLoad(t, files)
		if got := outsideTheLimit(findings); len(got) != found {
			t.Errorf("a section of %d words: %v", words, got)
		}
	}
}
