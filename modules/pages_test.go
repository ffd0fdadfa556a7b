package modules

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

const oldEN = `# Long ago

In 2009 people said “it is not so”.
<!-- facts: H-01 past -->

::: dates
1. **2009.** A paper. <!-- facts: H-01 past -->
2. **2015.** An Act. <!-- facts: D-01 -->
:::

::: sources
:::
`

const oldCY = `# Ers talwm

Yn 2009 dywedai pobl “[it is not so](lang:en)”.
<!-- facts: H-01 past -->

::: dates
1. **2009.** Papur. <!-- facts: H-01 past -->
2. **2015.** Deddf. <!-- facts: D-01 -->
:::

::: sources
:::
`

// withOld is the sound library with a page that teaches, in both languages.
func withOld(t *testing.T) fstest.MapFS {
	files := good(t)
	files["pages/old.en.md"] = &fstest.MapFile{Data: []byte(oldEN)}
	files["pages/old.cy.md"] = &fstest.MapFile{Data: []byte(oldCY)}
	return files
}

func TestPageThatTeaches(t *testing.T) {
	lib, findings := mustLoad(t, withOld(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	p, _ := lib.Page("old", i18n.CY)
	for _, want := range []string{`“<span lang="en">it is not so</span>”`, `<ol id="p-2" class="golau-dates">`, `<li><strong>2015.</strong> Deddf.</li>`} {
		if !strings.Contains(string(p.HTML), want) {
			t.Errorf("the page lacks %s:\n%s", want, p.HTML)
		}
	}
}

// A page that names one fact is held to all that a section is held to.
func TestFaultsOfAPageThatTeaches(t *testing.T) {
	for name, tc := range map[string]struct {
		file, from, to, want string
		warning              bool
	}{
		"no facts":          {file: "en", from: "<!-- facts: H-01 past -->\n\n", to: "\n", want: "no fact comment follows"},
		"no facts in Welsh": {file: "cy", from: "<!-- facts: H-01 past -->\n\n", to: "\n", want: "no fact comment follows"},
		"no facts of a day": {file: "en", from: " <!-- facts: D-01 -->", want: "the list item has no fact comment"},
		"unknown fact":      {file: "en", from: "D-01", to: "D-99", want: "the fact id D-99 is not in fact-ids.yaml"},
		"facts differ":      {file: "cy", from: "<!-- facts: D-01 -->", to: "<!-- facts: R-01 -->", want: "the facts are H-01 R-01 past, in English"},
		"told as current":   {file: "en", from: "<!-- facts: H-01 past -->\n\n", to: "<!-- facts: H-01 -->\n\n", want: "H-01 is no longer so"},
		"no year":           {file: "cy", from: "Yn 2009 dywedai", to: "Dywedai", want: "H-01 is history: say of which year it is", warning: true},
		"long quotation":    {file: "en", from: "it is not so", to: strings.Repeat("so ", 26), want: "a quotation of 26 words (at most 25)"},
		"long in Welsh":     {file: "cy", from: "it is not so", to: strings.Repeat("so ", 25) + "so", want: "a quotation of 26 words (at most 25)"},
		"long sentence":     {file: "en", from: "people said", to: "people said " + strings.Repeat("so ", 26), want: "a sentence of 34 words", warning: true},
	} {
		t.Run(name, func(t *testing.T) {
			files, file := withOld(t), "pages/old."+tc.file+".md"
			replace(t, files, file, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == file && strings.Contains(f.Message, tc.want) && f.Warning == tc.warning {
					return
				}
			}
			t.Errorf("not found: %s; found\n%s", tc.want, list(findings))
		})
	}
}

// As many words as may be quoted are no fault; and a page without a fact is one
// about the site, which is not held to them.
func TestPagesThatAreNotAtFault(t *testing.T) {
	files := withOld(t)
	replace(t, files, "pages/old.en.md", "it is not so", strings.TrimSpace(strings.Repeat("so ", mostQuoted)))
	if _, findings := mustLoad(t, files); Refuse(findings) != nil {
		t.Error(list(findings))
	}
	for _, file := range []string{"pages/old.en.md", "pages/old.cy.md"} {
		files[file] = &fstest.MapFile{Data: []byte(anyComment.ReplaceAllString(string(files[file].Data), ""))}
	}
	if _, findings := mustLoad(t, files); len(findings) > 0 {
		t.Error(list(findings))
	}
}

// The pages of the course that teach do name their facts, and nothing is found
// at them that an author would still have to look at.
func TestPagesOfTheCourseThatTeach(t *testing.T) {
	_, findings := product(t)
	for _, name := range []string{"figures", "history"} {
		for _, lang := range i18n.Langs {
			var found []Finding
			file := "pages/" + name + "." + string(lang) + ".md"
			raw, err := fs.ReadFile(Content(), file)
			if err != nil {
				t.Fatal(err)
			}
			if !teaches(parseDocument(report{file, &found}, string(raw), true).head) {
				t.Errorf("%s names no facts", file)
			}
			for _, f := range findings {
				if f.File == file {
					t.Error(f)
				}
			}
		}
	}
}
