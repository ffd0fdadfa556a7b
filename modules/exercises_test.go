package modules

import (
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/modules/exercise"
)

const record = "lamp/exercises/record.yaml"

// What an author of an exercise must mend is said with its line.
func TestFaultsOfAnExercise(t *testing.T) {
	for name, tc := range map[string]struct {
		from, to string
		line     int
		want     string
		warning  bool
	}{
		"id is not the file":  {"id: record", "id: recrod", 1, `id: it is "recrod", the file "record"`, false},
		"unknown kind":        {"kind: signs", "kind: quiz", 2, "write signs, rewrite, order or match", false},
		"welsh neither":       {"welsh: draft", "welsh: done", 3, "write draft or reviewed", false},
		"no objective":        {"objectives: [see]", "objectives: []", 4, "it practises no objective", false},
		"unknown objective":   {"objectives: [see]", "objectives: [saw]", 4, `the module has no objective "saw"`, false},
		"no meaning":          {"  means: sign\n", "", 9, "line door: means is", false},
		"unknown fact":        {"[D-01]", "[D-99]", 9, "line door: the fact id D-99 is not in fact-ids.yaml", false},
		"no facts":            {"  facts: [D-01]\n", "", 9, "line door: it names no facts", false},
		"changed":             {"[D-01]", "[H-01, past]", 9, "line door: H-01 is no longer so", false},
		"unknown language":    {`, cy: "Nid yw côt`, `, dy: "Nid yw côt`, 23, "dy", false},
		"Welsh line missing":  {`, cy: "Yn canu’r gloch."`, "", 24, "line bell: words are missing in English or Welsh", false},
		"Welsh end missing":   {`, cy: "Dywedwch wrth rywun heddiw."`, "", 29, "closing: words are missing in English or Welsh", false},
		"closing without one": {"closing: {facts: [R-01],", "closing: {facts: [],", 29, "closing: it names no facts", false},
		"misspelt key":        {"means: bias", "meens: bias", 20, "meens", false},
		"straight quote":      {"canu’r", "canu'r", 24, "straight quotes", true},
		"long sentence":       {"It may matter.", strings.Repeat("it may matter ", 10) + ".", 9, "a sentence of 30 words", true},
	} {
		t.Run(name, func(t *testing.T) {
			files := good(t)
			replace(t, files, record, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == record && f.Line == tc.line && f.Warning == tc.warning && strings.Contains(f.String(), tc.want) {
					return
				}
			}
			t.Errorf("not found: %s in line %d; found\n%s", tc.want, tc.line, list(findings))
		})
	}
}

// An exercise has an edition of its own, which moves with what it shows; that of
// its module does not.
func TestEditionOfAnExercise(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	e, ok := lib.Modules[0].Exercise("record")
	if !ok || len(e.Edition) != 12 {
		t.Fatalf("the exercise is %+v", e)
	}
	for name, tc := range map[string]struct {
		from, to string
		moves    bool
	}{
		"a word":    {"A record", "The record", true},
		"a reason":  {"Cloch yw hi.", "Dim ond cloch.", true},
		"a meaning": {"  means: not\n  facts: [case]\n  text: {en: \"Rings", "  means: sign\n  facts: [case]\n  text: {en: \"Rings", true},
		"the end":   {"Tell somebody today.", "Tell somebody now.", true},
		"a fact":    {"facts: [D-01]", "facts: [R-01]", false},
	} {
		files := good(t)
		replace(t, files, record, tc.from, tc.to)
		other, _ := mustLoad(t, files)
		now, _ := other.Modules[0].Exercise("record")
		if (now.Edition != e.Edition) != tc.moves {
			t.Errorf("%s: the edition moved: %v", name, !tc.moves)
		}
		if other.Modules[0].Edition != lib.Modules[0].Edition {
			t.Errorf("%s: the edition of the module moved", name)
		}
	}
}

// What the course offers: every exercise can be done as recommended, and each
// reason says more than its line.
func TestExercisesOfTheCourse(t *testing.T) {
	lib, _ := product(t)
	kinds := map[exercise.Kind]int{}
	for _, m := range lib.Modules {
		for _, e := range m.Exercises {
			kinds[e.Kind]++
			chosen := map[string]string{}
			for i := range e.Lines {
				l := &e.Lines[i]
				chosen[l.ID] = e.Recommended(l)
				for _, lang := range i18n.Langs {
					if n := words(l.Why.In(lang)); n < 12 || n > 50 {
						t.Errorf("%s %s, line %s: the reason has %d words in %s; write 12 to 50", m.Slug, e.ID, l.ID, n, lang)
					}
				}
			}
			if !e.Fits(chosen) {
				t.Errorf("%s %s cannot be done as recommended: %v", m.Slug, e.ID, e.Gaps(chosen))
			}
		}
	}
	if kinds[exercise.Signs] < 4 || kinds[exercise.Rewrite] < 1 || kinds[exercise.Order] < 1 || kinds[exercise.Match] < 1 {
		t.Errorf("the course offers %v", kinds)
	}
}
