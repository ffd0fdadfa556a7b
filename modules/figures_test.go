package modules

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golau/internal/i18n"
)

const countedYAML = `welsh: draft
figures:
- key: letters
  ids: [D-01]
  unit: percent
  children: true
  source: S01
  confidence: V
  checked_on: 2026-11-02
  review_by: 2027-05-02
  title: {en: "In 2019 it was 43%, or 4,550", cy: "Yn 2019 roedd yn 43%, sef 4,550"}
  base: {en: "Of all", cy: "O’r cyfan"}
  period: {en: "2019, 2023", cy: "2019, 2023"}
  counts: {en: "Letters.", cy: "Llythyrau."}
  not: {en: "Words.", cy: "Geiriau."}
  rows:
  - {year: 2019, value: 43, label: {en: "2019", cy: "2019"}, note: {en: "4,550 sent", cy: "4,550 a anfonwyd"}}
  - {year: 2023, value: 44, confidence: V2, label: {en: "2023", cy: "2023"}}
`

const countedEN = `# Counted

::: figure letters
:::

After it.
<!-- facts: D-01 -->
`

const countedCY = `# Wedi’i gyfrif

::: figure letters
:::

Wedyn.
<!-- facts: D-01 -->
`

// withFigure is the sound library with a page that shows a figure.
func withFigure(t *testing.T) fstest.MapFS {
	files := good(t)
	files["figures.yaml"] = &fstest.MapFile{Data: []byte(countedYAML)}
	files["pages/counted.en.md"] = &fstest.MapFile{Data: []byte(countedEN)}
	files["pages/counted.cy.md"] = &fstest.MapFile{Data: []byte(countedCY)}
	return files
}

func TestFigure(t *testing.T) {
	lib, findings := mustLoad(t, withFigure(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	for _, lang := range i18n.Langs {
		p, _ := lib.Page("counted", lang)
		if len(p.Parts) != 2 || p.Parts[0].Figure == nil || p.Parts[1].Figure != nil || !strings.HasPrefix(string(p.Parts[1].HTML), "\n<p") && !strings.HasPrefix(string(p.Parts[1].HTML), "<p") {
			t.Fatalf("the parts in %s are %+v", lang, p.Parts)
		}
	}
	f, ok := lib.Figure("letters")
	if !ok || f.Rows[0].Source != "S01" || f.Rows[0].Confidence != "V" || f.Rows[1].Confidence != "V2" {
		t.Errorf("Figure = %+v", f)
	}
	if _, ok := lib.Figure("words"); ok {
		t.Error("a figure that is not there was found")
	}
}

func TestShownAndWhole(t *testing.T) {
	for value, want := range map[int]string{7: "7", 329: "329", 1316: "1,316", 23411: "23,411", 1234567: "1,234,567"} {
		f := Figure{Unit: count, Rows: []FigureRow{{Value: 5}, {Value: value}}}
		if got := f.Shown(f.Rows[1]); got != want {
			t.Errorf("%d is shown as %s", value, got)
		}
		if got := f.Whole(); got != max(5, value) {
			t.Errorf("the whole of 5 and %d is %d", value, got)
		}
	}
	share := Figure{Unit: percent, Rows: []FigureRow{{Value: 43}}}
	if share.Shown(share.Rows[0]) != "43%" || share.Whole() != 100 {
		t.Errorf("a share is shown as %s of %d", share.Shown(share.Rows[0]), share.Whole())
	}
}

// Every fault of a figure is found.
func TestFaultsOfAFigure(t *testing.T) {
	nine := strings.Repeat(`  - {year: 2019, value: 43, label: {en: "2019", cy: "2019"}}`+"\n", 7)
	for name, tc := range map[string]struct {
		file, from, to, want string
		warning              bool
	}{
		"words missing":        {from: `, cy: "Geiriau."`, want: "figure letters: words are missing"},
		"label missing":        {from: `label: {en: "2023", cy: "2023"}`, to: `label: {en: "2023"}`, want: "row 2023: words are missing"},
		"note in one language": {from: `, cy: "4,550 a anfonwyd"`, want: "row 2019: words are missing"},
		"key twice":            {from: "figures:\n", to: "figures:\n" + strings.TrimPrefix(countedYAML, "welsh: draft\nfigures:\n"), want: "the key stands twice"},
		"odd key":              {from: "key: letters", to: "key: Letters", want: "the key must be of small letters"},
		"unknown unit":         {from: "unit: percent", to: "unit: share", want: `the unit "share" is neither`},
		"no facts":             {from: "ids: [D-01]", to: "ids: []", want: "it names no facts"},
		"unknown fact":         {from: "ids: [D-01]", to: "ids: [D-99]", want: "the fact id D-99 is not in fact-ids.yaml"},
		"a token is no fact":   {from: "ids: [D-01]", to: "ids: [task]", want: "the fact id task is not in fact-ids.yaml"},
		"no day":               {from: "2027-05-02", to: "2027-05-32", want: "is not a day like"},
		"no rows":              {from: countedYAML[strings.Index(countedYAML, "  rows:\n"):], to: "  rows: []\n", want: "it has 0 rows"},
		"too many rows":        {from: "  rows:\n", to: "  rows:\n" + nine, want: "it has 9 rows"},
		"more than the whole":  {from: "value: 44", to: "value: 101", want: "101 cannot be shown"},
		"nothing":              {from: "value: 44", to: "value: 0", want: "0 cannot be shown"},
		"no year":              {from: "{year: 2023, ", to: "{", want: "the year is missing"},
		"not read":             {from: "confidence: V2", to: "confidence: K", want: `the confidence is "K"; a number is shown only where it was read`},
		"unknown source":       {from: "source: S01", to: "source: S99", want: `the source "S99" is not in sources.yaml`},
		"too wide":             {from: `{en: "4,550 sent"`, to: `{en: "4,550 sent, and more than can stand beside a year"`, want: "letters together (at most 44) in en"},
		"title of its own":     {from: "sef 4,550", to: "sef 4,505", want: "the title says 4,505, which is in no row (cy)"},
		"title of its own %":   {from: "was 43%", to: "was 34%", want: "the title says 34%, which is in no row (en)"},
		"children then, now":   {from: "year: 2023", to: "year: 2024", want: "it counts children in years before 2024 beside later ones"},
		"straight quote":       {from: "O’r cyfan", to: "O'r cyfan", want: "straight quotes", warning: true},
		"not checked":          {from: "checked_on: 2026-11-02", to: "checked_on:", want: "1 of 1 figures have not been checked", warning: true},
		"unknown key":          {from: "unit: percent", to: "unit: percent\n  form: pie", want: `unknown field "form"`},
		"unknown figure":       {file: "pages/counted.en.md", from: "figure letters", to: "figure words", want: "::: figure words is not in figures.yaml"},
		"words in a figure":    {file: "pages/counted.cy.md", from: ":::\n\nWedyn", to: "Gair.\n:::\n\nWedyn", want: "::: figure letters holds words"},
		"no facts beside it":   {file: "pages/counted.cy.md", from: "<!-- facts: D-01 -->", want: "no fact comment follows"},
		"in a lesson":          {file: "lamp/en.md", from: "::: recall", to: "::: figure letters\n:::\n\n::: recall", want: "::: figure is not a known part"},
	} {
		t.Run(name, func(t *testing.T) {
			files, file := withFigure(t), tc.file
			if file == "" {
				file = "figures.yaml"
			}
			replace(t, files, file, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == file && strings.Contains(f.String(), tc.want) && f.Warning == tc.warning {
					return
				}
			}
			t.Errorf("not found: %s in %s; found\n%s", tc.want, file, list(findings))
		})
	}
}

// Years from 2024 on may stand together, and so may any where nobody counts
// children as the tables do.
func TestYearsThatMayStandTogether(t *testing.T) {
	files := withFigure(t)
	replace(t, files, "figures.yaml", "year: 2019", "year: 2024")
	replace(t, files, "figures.yaml", "year: 2023", "year: 2025")
	if _, findings := mustLoad(t, files); len(findings) > 0 {
		t.Error(list(findings))
	}
	files = withFigure(t)
	replace(t, files, "figures.yaml", "year: 2023", "year: 2025")
	replace(t, files, "figures.yaml", "  children: true\n", "")
	if _, findings := mustLoad(t, files); len(findings) > 0 {
		t.Error(list(findings))
	}
}

func TestFigureInOneLanguage(t *testing.T) {
	files := withFigure(t)
	replace(t, files, "figures.yaml", "figures:\n", "figures:\n"+strings.Replace(strings.TrimPrefix(countedYAML, "welsh: draft\nfigures:\n"), "key: letters", "key: words", 1))
	replace(t, files, "pages/counted.cy.md", "figure letters", "figure words")
	_, findings := mustLoad(t, files)
	for _, want := range []string{"here stands ::: figure words, in English (line 3) ::: figure letters", "figure words: warning: no page shows it"} {
		if !strings.Contains(list(findings), want) {
			t.Errorf("not found: %s; found\n%s", want, list(findings))
		}
	}
}

func TestDueFigure(t *testing.T) {
	lib, _ := mustLoad(t, withFigure(t))
	last := time.Date(2027, 5, 2, 22, 59, 0, 0, time.UTC) // still that day in London
	if due := lib.Due(last); len(due) != 0 {
		t.Errorf("due on the last day: %v", due)
	}
	due := lib.Due(last.Add(2 * time.Minute))
	if len(due) != 2 || due[1].File != "figures.yaml" || !due[1].Warning || due[1].Where != "figure letters" {
		t.Errorf("due the day after: %v", due)
	}
}
