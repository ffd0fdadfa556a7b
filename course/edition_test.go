package course

import (
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
	"golau/modules"
	"golau/quiz"
)

// banksWith loads the product's banks with some words of the final replaced.
func banksWith(t *testing.T, old, put string) *quiz.Banks {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(quiz.Content(), "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(quiz.Content(), name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "final.yaml" && old != "" {
			if !bytes.Contains(raw, []byte(old)) {
				t.Fatalf("the final bank does not say %q", old)
			}
			raw = bytes.Replace(raw, []byte(old), []byte(put), 1)
		}
		files[name] = &fstest.MapFile{Data: raw}
	}
	banks, _, err := quiz.Load(files)
	if err != nil || banks.Bank("final") == nil {
		t.Fatal("no final bank", err)
	}
	return banks
}

// The edition of a course moves with everything that its learners are shown, and
// with nothing else.
func TestEditionOfACourse(t *testing.T) {
	module := func(slug string) func(*Course, *modules.Library) {
		return func(_ *Course, lib *modules.Library) {
			m, _ := lib.Module(slug)
			m.Edition = "another"
		}
	}
	on := func(f func(c *Course)) func(*Course, *modules.Library) {
		return func(c *Course, _ *modules.Library) { f(c) }
	}
	edition := func(change func(*Course, *modules.Library), old, put string) string {
		t.Helper()
		lib, banks := taught(t)
		courses, err := Catalogue()
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(courses[0], lib)
		}
		if old != "" {
			banks = banksWith(t, old, put)
		}
		e, err := editionOf(courses[0], lib, banks)
		if err != nil || len(e) != 12 {
			t.Fatalf("%q, %v", e, err)
		}
		return e
	}
	now := edition(nil, "", "")
	for name, c := range map[string]struct {
		change   func(*Course, *modules.Library)
		old, put string
		moves    bool
	}{
		"as it is": {},
		"a further module": {change: func(_ *Course, lib *modules.Library) {
			lib.Modules = append(lib.Modules, &modules.Module{Slug: "new", Edition: "new"})
		}},
		"a worth of the final":    {old: "worth: 1\n", put: "worth: 0\n"},
		"a fact of the final":     {old: "facts: [D-01, R-05]", put: "facts: [D-01]"},
		"a module of the course":  {change: module("signs"), moves: true},
		"a question of the final": {old: "I’m phoning children’s services and the police.", put: "I’ll phone children’s services and the police.", moves: true},
		"a Welsh word of it":      {old: "Rydych yn ddarlithydd", put: "Rydych yn athro", moves: true},
		"an outcome":              {change: on(func(c *Course) { c.Outcomes[2].CY += "." }), moves: true},
		"the title":               {change: on(func(c *Course) { c.Title.EN += "." }), moves: true},
		"the minutes":             {change: on(func(c *Course) { c.Final.Minutes++ }), moves: true},
		"the pass mark":           {change: on(func(c *Course) { c.Final.PassPercent-- }), moves: true},
		"the tries":               {change: on(func(c *Course) { c.Final.MaxAttempts++ }), moves: true},
		"the wait of a check":     {change: on(func(c *Course) { c.Check.Wait++ }), moves: true},
		"how long a check is":     {change: on(func(c *Course) { c.Entries[0].Draw-- }), moves: true},
		"the printed edition":     {change: on(func(c *Course) { c.Edition += "b" }), moves: true},
	} {
		if got := edition(c.change, c.old, c.put); (got != now) != c.moves {
			t.Errorf("%s: %s, before %s", name, got, now)
		}
	}
}

// What was signed by professionals is the text of today: an attempt that began
// with another earns a certificate that does not claim their review.
func TestReviewIsOfTheEditionThatWasShown(t *testing.T) {
	for _, moved := range []bool{false, true} {
		h := open(t)
		h.school.review = modules.Review{Edition: h.school.courses[0].Edition, On: "2027-01-07"}
		began := h.school.editions[slug]
		attempt := h.upToFinal(t)
		if moved {
			h.school.editions[slug] = "of-tomorrow"
		}
		if mark, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, attempt); err != nil || !mark.Passed {
			t.Fatalf("%+v, %v", mark, err)
		}
		all, err := h.school.Certificates(t.Context(), h.viewer)
		if err != nil || len(all) != 1 || all[0].EditionHash != began || all[0].Reviewed == moved {
			t.Errorf("moved %v: %d certificates, %+v, %v", moved, len(all), all, err)
		}
	}
}
