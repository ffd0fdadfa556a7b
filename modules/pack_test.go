package modules

import (
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

// aPackEN is a small pack, in English.
const aPackEN = `# A walk

::: note
Nobody is harmed.
:::
<!-- facts: task -->

## The case {#case}

::: case
Two people walk.
:::
<!-- facts: case -->

## Talk {#talk}

1. Where to? <!-- facts: R-01 -->

## Next {#next}

1. And then? <!-- facts: task -->

## Lead {#lead}

- {{fact child-age}} <!-- facts: D-01 -->

## Away {#away}

::: key
Walk on.
:::
<!-- facts: task -->
`

var packCY = strings.NewReplacer("A walk", "Taith", "Nobody is harmed.", "Ni chaiff neb niwed.", "The case", "Yr achos", "Two people walk.", "Mae dau’n cerdded.",
	"Talk", "Trafod", "Where to?", "I ble?", "Next", "Nesaf", "And then?", "Ac wedyn?", "Lead", "Arwain", "Away", "I fynd", "Walk on.", "Cerddwch.")

func withPack(t *testing.T) fstest.MapFS {
	files := good(t)
	files["lamp/pack.en.md"] = &fstest.MapFile{Data: []byte(aPackEN)}
	files["lamp/pack.cy.md"] = &fstest.MapFile{Data: []byte(packCY.Replace(aPackEN))}
	return files
}

func TestPacks(t *testing.T) {
	lib, findings := mustLoad(t, withPack(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	p, ok := lib.Pack("lamp")
	if !ok || len(lib.Packs()) != 1 || p.Module != lib.Modules[0] || p.Title.CY != "Taith" || strings.Join(p.Facts, " ") != "D-01 R-01" {
		t.Fatalf("the pack is %+v", p)
	}
	for l, want := range map[i18n.Lang][]string{i18n.EN: {`id="lead"`, "The Act of 2015 says 18.", "Two people walk."}, i18n.CY: {`id="lead"`, "18 yw’r oedran yn Neddf 2015.", "Mae dau’n cerdded."}} {
		for _, w := range want {
			if !strings.Contains(string(p.HTML.In(l)), w) {
				t.Errorf("%s: the pack lacks %q: %s", l, w, p.HTML.In(l))
			}
		}
		if all, leads := string(p.Everybody(l)), string(p.Leader(l)); all+leads != string(p.HTML.In(l)) || !strings.Contains(all, `id="talk"`) ||
			!strings.HasPrefix(leads, "<h2") || !strings.Contains(leads[:strings.Index(leads, ">")], `id="next"`) {
			t.Errorf("%s: everybody has %q, and whoever leads %q", l, all, leads)
		}
		if note := string(p.Note.In(l)); note == "" || strings.Contains(string(p.HTML.In(l)), note) {
			t.Errorf("%s: the note is %q", l, note)
		}
	}
	if _, ok := lib.Pack("torch"); ok {
		t.Error("a pack that is not there was found")
	}
}

func TestFaultsOfAPackAreFound(t *testing.T) {
	for name, tc := range map[string]struct {
		file, from, to, want string
		warning              bool
	}{
		"heading missing": {file: "en", from: "## Next {#next}\n", want: "the headings are case talk lead away"},
		"headings turned": {file: "cy", from: "{#talk}", to: "{#walk}", want: "those of a pack are"},
		"no note":         {file: "en", from: "::: note\nNobody is harmed.\n:::\n<!-- facts: task -->\n", want: "the content note is missing"},
		"no facts":        {file: "en", from: " <!-- facts: R-01 -->", want: "no fact comment"},
		"unknown fact":    {file: "en", from: "R-01", to: "Z-99", want: "the fact id Z-99"},
		"facts differ":    {file: "cy", from: "R-01", to: "D-01", want: "the facts are D-01"},
		"an item more":    {file: "cy", from: "1. I ble?", to: "1. I ble? <!-- facts: R-01 -->\n2. Pryd?", want: "of 2 items"},
		"fact call":       {file: "cy", from: "{{fact child-age}}", to: "Deunaw.", want: "it calls {{fact}}"},
		"a figure":        {file: "en", from: "::: key\nWalk on.\n:::", to: "::: figure x\n:::", want: "has no place in a pack"},
		"straight quotes": {file: "en", from: "Walk on.", to: "Don't.", want: "straight quotes", warning: true},
		"a long sentence": {file: "en", from: "Walk on.", to: strings.Repeat("one two three four five ", 6) + ".", want: "a sentence of 30 words", warning: true},
	} {
		t.Run(name, func(t *testing.T) {
			files, file := withPack(t), "lamp/pack."+tc.file+".md"
			replace(t, files, file, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == file && strings.Contains(f.String(), tc.want) && f.Warning == tc.warning {
					return
				}
			}
			t.Errorf("not found: %s, warning %v; found\n%s", tc.want, tc.warning, list(findings))
		})
	}
	files := withPack(t)
	delete(files, "lamp/pack.cy.md")
	if lib, findings := mustLoad(t, files); !strings.Contains(list(findings), "the pack stands in one language alone") || len(lib.Packs()) > 0 {
		t.Error(list(findings))
	}
}

// Each module of the course has its pack, without a finding, and no two tell of
// the same case.
func TestPacksOfTheCourse(t *testing.T) {
	lib, findings := product(t)
	for _, f := range findings {
		if strings.Contains(f.File, "pack") {
			t.Error(f)
		}
	}
	seen := map[i18n.Text]bool{}
	for _, m := range lib.Modules {
		p, ok := lib.Pack(m.Slug)
		if !ok || p.Module != m || seen[p.Title] {
			t.Errorf("%s has no pack of its own", m.Slug)
			continue
		}
		seen[p.Title] = true
		for _, l := range i18n.Langs {
			if n := strings.Count(string(p.HTML.In(l)), "<li>"); n < 8 {
				t.Errorf("%s, %s: only %d questions and notes", m.Slug, l, n)
			}
		}
	}
}
