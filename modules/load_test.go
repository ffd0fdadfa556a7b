package modules

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golau/internal/i18n"
)

// good returns a copy of the small sound library in testdata, to be broken.
func good(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/good")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// replace changes a file of the library; the test fails if nothing changed.
func replace(t *testing.T, files fstest.MapFS, file, from, to string) {
	t.Helper()
	before := string(files[file].Data)
	after := strings.Replace(before, from, to, 1)
	if after == before {
		t.Fatalf("%s has no %q to replace", file, from)
	}
	files[file] = &fstest.MapFile{Data: []byte(after)}
}

func mustLoad(t *testing.T, fsys fs.FS) (*Library, []Finding) {
	t.Helper()
	lib, findings, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return lib, findings
}

// contents are what is compiled in, read once: tests of it change nothing.
var contents = sync.OnceValue(func() (c struct {
	lib      *Library
	findings []Finding
	err      error
}) {
	c.lib, c.findings, c.err = Load(Content())
	return c
})

// product is the library that is compiled in.
func product(t *testing.T) (*Library, []Finding) {
	t.Helper()
	c := contents()
	if c.err != nil {
		t.Fatal(c.err)
	}
	return c.lib, slices.Clone(c.findings)
}

func TestLoad(t *testing.T) {
	lib, findings := mustLoad(t, good(t))
	if len(findings) > 0 {
		t.Fatalf("the sound library has faults:\n%s", list(findings))
	}
	m, ok := lib.Module("lamp")
	if !ok || m.Title.CY != "Lamp fach" || m.Minutes.Total != 4 || m.Reviewed {
		t.Fatalf("Module = %+v", m)
	}
	if o, ok := m.Objective("see"); !ok || o.Text.EN != "I can say what I saw." || len(o.Tested) != 2 {
		t.Errorf("objective = %+v", o)
	}
	first, _ := m.Section("first")
	if first.Scene != "one-window" || first.Minutes != 1 || first.Title.CY != "Beth a welsoch?" {
		t.Errorf("section = %+v", first)
	}
	if got := strings.Join(first.Facts, " "); got != "D-01 H-01 R-01" {
		t.Errorf("Facts = %s", got)
	}
	if got := strings.Join(first.FactKeys, " "); got != "child-age" {
		t.Errorf("FactKeys = %s", got)
	}
	if f, ok := lib.Fact("child-age"); !ok || f.Source != "S01" {
		t.Errorf("Fact = %+v", f)
	}
	if _, ok := m.Section("nowhere"); ok {
		t.Error("a section that is not there was found")
	}
	if _, ok := lib.Module("nowhere"); ok {
		t.Error("a module that is not there was found")
	}
}

func TestAnchor(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	first, _ := lib.Modules[0].Section("first")
	for want, facts := range map[string][]string{
		"p-3": {"D-01"},
		"p-4": {"H-01"},
		"p-5": {"R-01", "D-01"}, // the list says both
		"":    {"X-09", "case", "task"},
	} {
		if got := first.Anchor(facts); got != want {
			t.Errorf("Anchor(%v) = %q, want %q", facts, got, want)
		}
	}
}

func TestPages(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	if got := strings.Join(lib.PageNames(), " "); got != "help nations roots" {
		t.Fatalf("PageNames = %s", got)
	}
	help, ok := lib.Page("help", i18n.CY)
	if !ok || help.Title != "Cymorth" {
		t.Fatalf("Page = %+v", help)
	}
	for _, want := range []string{
		`18 yw’r oedran yn Neddf 2015.`, `<a class="govuk-link" href="/cy/roots">y ffynonellau</a>`,
		`<h2 class="govuk-heading-m" id="h-3">Mwy</h2>`, `<li>dau</li>`,
	} {
		if !strings.Contains(string(help.HTML), want) {
			t.Errorf("the page lacks %s:\n%s", want, help.HTML)
		}
	}
	if strings.Contains(string(help.HTML), "translator") {
		t.Error("a comment between authors is shown")
	}
	if len(help.Parts) != 2 || help.Parts[0].Place != "owner" || help.Parts[1].Place != "" || help.Parts[0].HTML+help.Parts[1].HTML != help.HTML ||
		!strings.HasPrefix(string(help.Parts[1].HTML), "<h2") || !help.Has("owner") || help.Has("reach") {
		t.Errorf("the parts are %+v", help.Parts)
	}
	roots, _ := lib.Page("roots", i18n.EN)
	for _, want := range []string{`An Act &amp; its notes`, `href="https://law.example/act"`, `id="source-S01"`} {
		if !strings.Contains(string(roots.HTML), want) {
			t.Errorf("the list of sources lacks %s:\n%s", want, roots.HTML)
		}
	}
	if _, ok := lib.Page("nowhere", i18n.EN); ok {
		t.Error("a page that is not there was found")
	}
}

// An edition names what is shown: it moves with every shown letter of either
// language and with nothing else.
func TestEdition(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	if len(lib.Modules[0].Edition) != 12 {
		t.Fatalf("the edition is %q", lib.Modules[0].Edition)
	}
	again, _ := mustLoad(t, good(t))
	if again.Modules[0].Edition != lib.Modules[0].Edition {
		t.Fatal("the same texts have two editions")
	}
	for name, tc := range map[string]struct {
		file, from, to string
		moves          bool
	}{
		"an English word":      {"lamp/en.md", "She looks", "She glances", true},
		"a Welsh word":         {"lamp/cy.md", "Mae’n edrych", "Edrycha", true},
		"a shorter version":    {"lamp/cy.md", "Dywedwch wrth rywun heddiw", "Dywedwch heddiw", true},
		"a content note":       {"lamp/en.md", "One fictional child", "A fictional child", true},
		"a case":               {"lamp/cases/lamp.yaml", "She waits.", "She stands.", false},
		"a section title":      {"lamp/cy.md", "## Beth a welsoch?", "## Beth welsoch chi?", true},
		"a called fact":        {"facts.yaml", "The Act of 2015 says 18.", "The Act of 2026 says 18.", true},
		"an objective":         {"lamp/module.yaml", "I can say what I saw.", "I can say what I heard.", true},
		"a scene":              {"lamp/module.yaml", "one-window", "quiet-room", true},
		"a word of the frame":  {"labels.yaml", "Stop and think", "Stop, and think", true},
		"a day of checking":    {"facts.yaml", "2026-11-02", "2026-11-03", false},
		"a fact id":            {"lamp/en.md", "<!-- facts: D-01 R-01 -->", "<!-- facts: R-01 D-01 -->", false},
		"a footer page":        {"pages/help.en.md", "Call", "Ring", false},
		"a list of questions":  {"lamp/module.yaml", "tested: [q-3]", "tested: [q-3, q-4]", false},
		"a comment to authors": {"lamp/en.md", "## From Mari", "<!-- later -->\n## From Mari", false},
	} {
		t.Run(name, func(t *testing.T) {
			files := good(t)
			replace(t, files, tc.file, tc.from, tc.to)
			changedLib, _ := mustLoad(t, files)
			if moved := changedLib.Modules[0].Edition != lib.Modules[0].Edition; moved != tc.moves {
				t.Errorf("the edition moved: %v, want %v", moved, tc.moves)
			}
		})
	}
}

// A case has an edition of its own: its words and where they lead.
func TestEditionOfACase(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	first := lib.Modules[0].Cases[0].Edition
	for name, tc := range map[string]struct {
		file, from, to string
		moves          bool
	}{
		"a word":     {"lamp/cases/lamp.yaml", "She waits.", "She stands.", true},
		"the clock":  {"lamp/cases/lamp.yaml", "path: costly, minutes: 5, set", "path: costly, minutes: 6, set", true},
		"a way":      {"lamp/cases/lamp.yaml", "set: {trust: -1}", "set: {trust: -2}", true},
		"a fact id":  {"lamp/cases/lamp.yaml", "set: {trust: -1}, facts: [R-01]", "set: {trust: -1}, facts: [D-01]", false},
		"the lesson": {"lamp/en.md", "She looks", "She glances", false},
	} {
		files := good(t)
		replace(t, files, tc.file, tc.from, tc.to)
		changed, _ := mustLoad(t, files)
		if moved := changed.Modules[0].Cases[0].Edition != first; len(first) != 12 || moved != tc.moves {
			t.Errorf("%s: the edition %q moved: %v, want %v", name, first, moved, tc.moves)
		}
	}
}

func TestDue(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	last := time.Date(2027, 5, 2, 22, 59, 0, 0, time.UTC) // still that day in London
	if due := lib.Due(last); len(due) != 0 {
		t.Errorf("due on the last day: %v", due)
	}
	due := lib.Due(last.Add(2 * time.Minute))
	if len(due) != 1 || !due[0].Warning || due[0].File != "facts.yaml" ||
		due[0].Message != "was to be reviewed by 2027-05-02" {
		t.Errorf("due the day after: %v", due)
	}
}

func TestLoadUnreadable(t *testing.T) {
	for _, file := range []string{"facts.yaml", "fact-ids.yaml", "sources.yaml", "labels.yaml", "lamp/module.yaml"} {
		files := good(t)
		delete(files, file)
		if _, _, err := Load(files); err == nil {
			t.Errorf("the library was loaded without %s", file)
		}
	}
}

// TestContent holds the course itself to the rules.
func TestContent(t *testing.T) {
	lib, findings := product(t)
	if err := Refuse(findings); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"accessibility", "contact", "cookies", "figures", "history", "privacy", "sources", "support"} {
		for _, lang := range i18n.Langs {
			if p, ok := lib.Page(name, lang); !ok || p.Title == "" || p.HTML == "" {
				t.Errorf("the page %s is missing in %s", name, lang)
			}
		}
	}
	for _, m := range lib.Modules {
		for _, s := range m.Sections {
			for _, lang := range i18n.Langs {
				if s.HTML.In(lang) == "" || s.Short.In(lang) == "" || s.Title.In(lang) == "" {
					t.Errorf("%s %s is empty in %s", m.Slug, s.ID, lang)
				}
			}
		}
		if m.Sections[0].Note.EN == "" {
			t.Errorf("%s has no content note", m.Slug)
		}
	}
}
