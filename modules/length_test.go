package modules

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
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
	_, findings := product(t)
	for _, f := range outsideTheLimit(findings) {
		t.Error(f)
	}
}

// The minutes that a module claims are those of its parts, so that the time left
// on the page of a course runs out when the parts do.
func TestModulesOfTheCourseTakeAsLongAsTheirParts(t *testing.T) {
	lib, findings := product(t)
	for _, f := range findings {
		if strings.Contains(f.Message, "minutes") {
			t.Error(f)
		}
	}
	for _, m := range lib.Modules {
		if m.Minutes.Total < 5 || m.Minutes.Total > 15 {
			t.Errorf("%s takes %d minutes", m.Slug, m.Minutes.Total)
		}
	}
}

// What is rounded away from one part is carried on to the next: together they are
// as long as all their words, and none takes no time at all.
func TestPartsTogetherAreAsLongAsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.IntRange(wordsAMinute, 3*wordsAMinute)).Draw(t, "words")
		sum, told := 0, 0
		for i, n := range paced(words) {
			if sum += words[i]; n < 1 {
				t.Fatalf("part %d takes %d minutes", i+1, n)
			}
			if told += n; told*wordsAMinute < sum-wordsAMinute/2 || told*wordsAMinute > sum+wordsAMinute/2 {
				t.Fatalf("%v: after %d parts %d minutes are told for %d words", words, i+1, told, sum)
			}
		}
	})
	if got := paced([]int{20, 20, 300}); !slices.Equal(got, []int{1, 1, 1}) {
		t.Errorf("short parts: %v", got)
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
