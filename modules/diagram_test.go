package modules

import (
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

// withDiagram is the sound library with its numbered list drawn as a picture.
func withDiagram(t *testing.T) fstest.MapFS {
	files := good(t)
	for file, title := range map[string]string{"lamp/en.md": "Two steps", "lamp/cy.md": "Dau gam"} {
		lines := strings.Split(string(files[file].Data), "\n")
		for i, l := range lines {
			if strings.HasPrefix(l, "1. **") {
				lines[i] = "::: diagram steps " + title + "\n" + l
				lines[i+1] += "\n:::"
				break
			}
		}
		files[file] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
	}
	return files
}

// What a picture says is text in its place, with an anchor and the facts of each
// item, so that a result can lead to it.
func TestDiagram(t *testing.T) {
	lib, findings := mustLoad(t, withDiagram(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	m, _ := lib.Module("lamp")
	text := string(m.Sections[0].HTML.In(i18n.CY))
	at := strings.Index(text, `<figure class="golau-diagram golau-diagram--steps" id="`)
	if at < 0 {
		t.Fatalf("there is no picture:\n%s", text)
	}
	text = text[at:]
	for _, want := range []string{"Dau gam</figcaption>", `<ol class="golau-diagram__parts">`, "</li>\n</ol>"} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture lacks %s:\n%s", want, text)
		}
	}
}

func TestFaultsOfADiagram(t *testing.T) {
	for name, tc := range map[string]struct{ file, from, to, want string }{
		"no such form":          {"en", "diagram steps", "diagram stairs", "::: diagram stairs is not one of the forms sum, route, steps, table"},
		"no title":              {"en", " Two steps", "", "::: diagram steps needs a title"},
		"no form":               {"en", " steps Two steps", "", "::: diagram needs a name"},
		"another form":          {"cy", "diagram steps", "diagram route", "here stands ::: diagram route of 2 items, in English"},
		"an item without facts": {"en", "what is there. <!-- facts: D-01 -->", "what is there.", "the list item has no fact comment"},
		"facts that differ":     {"cy", "<!-- facts: R-01 D-01 -->", "<!-- facts: R-01 -->", "the facts are D-01 R-01, in English"},
		"no list":               {"en", "2. Say it, with care.", "Say it, with care.", "::: diagram steps has fewer than two items"},
	} {
		t.Run(name, func(t *testing.T) {
			files, file := withDiagram(t), "lamp/"+tc.file+".md"
			replace(t, files, file, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == file && strings.Contains(f.Message, tc.want) && !f.Warning {
					return
				}
			}
			t.Errorf("not found: %s; found\n%s", tc.want, list(findings))
		})
	}
}
