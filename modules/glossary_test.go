package modules

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

const smallGlossary = `welsh: draft
terms:
- id: lamp-light
  official: V
  en: "lamp light; light (of a lamp)"
  cy: "golau’r lamp"
  also: {en: ["lamp lights"]}
  facts: [D-01]
  says: {en: "It shines.", cy: "Mae’n disgleirio."}
- id: lamp
  official: K
  en: "lamp"
  cy: "lamp"
`

func withGlossary(t *testing.T) fstest.MapFS {
	files := good(t)
	files["glossary.yaml"] = &fstest.MapFile{Data: []byte(smallGlossary)}
	return files
}

func TestGlossary(t *testing.T) {
	lib, findings := mustLoad(t, withGlossary(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	en, cy := lib.Glossary(i18n.EN), lib.Glossary(i18n.CY)
	if len(en) != 2 || en[0].ID != "lamp" || en[0].Explained() || en[0].Confirmed() || !en[1].Explained() || !en[1].Confirmed() {
		t.Errorf("the terms are %+v", en)
	}
	if cy[0].ID != "lamp-light" { // golau’r lamp before lamp
		t.Errorf("the Welsh terms are not in the order of their alphabet: %+v", cy)
	}
	if got := strings.Join(en[1].Forms(i18n.EN), "|"); got != "lamp light|light|lamp lights" {
		t.Errorf("forms %s", got)
	}
}

func TestFaultsOfTheGlossaryAreFound(t *testing.T) {
	for name, tc := range map[string]struct{ from, to, want string }{
		"welsh neither":       {"welsh: draft", "welsh: done", `welsh is "done"`},
		"an id twice":         {"id: lamp\n", "id: lamp-light\n", "the id stands twice"},
		"an id with a space":  {"id: lamp\n", "id: a lamp\n", "small letters"},
		"Welsh missing":       {`cy: "lamp"`, `cy: ""`, "the term is missing"},
		"half an explanation": {`, cy: "Mae’n disgleirio."`, "", "missing in English or Welsh"},
		"no facts":            {"  facts: [D-01]\n", "", "stand together"},
		"unknown fact":        {"[D-01]", "[D-99]", "D-99 is not in"},
		"no longer so":        {"[D-01]", "[H-01]", "H-01 is no longer so"},
		"official or not":     {"official: K", "official: maybe", `official is "maybe"`},
		"one word twice":      {`en: "lamp"`, `en: "Light"`, "stands for lamp-light too"},
		"no letter":           {`en: "lamp"`, `en: "(lamp)"`, "begins without a letter"},
		"a straight quote":    {"Mae’n", "Mae'n", "straight"},
		"a long sentence":     {"It shines.", strings.Repeat("it shines and ", 14) + "shines.", "a sentence of"},
		"no such module":      {"  facts: [D-01]", "  not_in: [moon]\n  facts: [D-01]", `no module "moon"`},
		"a key nobody reads":  {"official: V", "oficial: V", "oficial"},
	} {
		t.Run(name, func(t *testing.T) {
			files := withGlossary(t)
			replace(t, files, "glossary.yaml", tc.from, tc.to)
			_, findings, _ := Load(files)
			if !strings.Contains(list(findings), tc.want) {
				t.Errorf("found:\n%s\nwant %q", list(findings), tc.want)
			}
		})
	}
}

func TestMutations(t *testing.T) {
	for word, want := range map[string]string{
		"plentyn": "plentyn blentyn mhlentyn phlentyn", "trafodaeth": "trafodaeth drafodaeth nhrafodaeth thrafodaeth",
		"camfanteisio": "camfanteisio gamfanteisio nghamfanteisio chamfanteisio", "bwrdd": "bwrdd fwrdd mwrdd",
		"deddf": "deddf ddeddf neddf", "gwarcheidwad": "gwarcheidwad warcheidwad ngwarcheidwad", "masnachu": "masnachu fasnachu",
		"llinellau": "llinellau linellau", "rhannu": "rhannu rannu", "asesiad": "asesiad hasesiad", "hanes": "hanes", "chwilfrydedd": "chwilfrydedd",
		"smyglo": "smyglo", "": "",
	} {
		if got := strings.Join(mutations(word), " "); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// A term leads to the glossary at its first use: whole words alone, the longer
// before the shorter, in whatever way a Welsh one begins; but not from a link, a
// heading, a story, what is folded away, or words in the other language.
func TestTermsAreLinkedAtFirstUse(t *testing.T) {
	terms := []Term{term("guardian", "guardian", "gwarcheidwad"), term("trafficking", "child trafficking", "masnachu mewn plant"),
		term("exploitation", "trafficking", "camfanteisio’n rhywiol ar blant")}
	a := func(l, id, words string) string {
		return `<a class="govuk-link golau-term" href="/` + l + `/glossary#` + id + `">` + words + `</a>`
	}
	for _, tc := range []struct {
		lang     i18n.Lang
		in, want string
	}{
		{i18n.EN, "<p>A guardian; the guardian.</p>", "<p>A " + a("en", "guardian", "guardian") + "; the guardian.</p>"},
		{i18n.EN, "<p>Guardian’s</p>", "<p>" + a("en", "guardian", "Guardian") + "’s</p>"},
		{i18n.EN, "<p>guardians safeguardian</p>", "<p>guardians safeguardian</p>"},
		{i18n.EN, "<p>Child\n trafficking</p>", "<p>" + a("en", "trafficking", "Child\n trafficking") + "</p>"},
		{i18n.EN, "<p>child <b>trafficking</b></p>", "<p>child <b>" + a("en", "exploitation", "trafficking") + "</b></p>"},
		{i18n.EN, `<h2 id="x">guardian</h2><p>guardian</p>`, `<h2 id="x">guardian</h2><p>` + a("en", "guardian", "guardian") + "</p>"},
		{i18n.EN, `<a href="/x">a <b>guardian</b></a>`, `<a href="/x">a <b>guardian</b></a>`},
		{i18n.EN, `<details><summary>x</summary><p>guardian</p></details> guardian`, `<details><summary>x</summary><p>guardian</p></details> ` + a("en", "guardian", "guardian")},
		{i18n.EN, `<div class="golau-case"><div>x</div>guardian</div>guardian`, `<div class="golau-case"><div>x</div>guardian</div>` + a("en", "guardian", "guardian")},
		{i18n.EN, `<br/>guardian`, `<br/>` + a("en", "guardian", "guardian")},
		{i18n.EN, "guardian <p", a("en", "guardian", "guardian") + " <p"},
		{i18n.CY, `<span lang="en">gwarcheidwad</span>`, `<span lang="en">gwarcheidwad</span>`},
		{i18n.CY, "<p>i warcheidwad</p>", "<p>i " + a("cy", "guardian", "warcheidwad") + "</p>"},
		{i18n.CY, "<p>o fasnachu mewn plant</p>", "<p>o " + a("cy", "trafficking", "fasnachu mewn plant") + "</p>"},
		{i18n.CY, "<p>a chamfanteisio'n rhywiol ar blant</p>", "<p>a " + a("cy", "exploitation", "chamfanteisio'n rhywiol ar blant") + "</p>"},
		{i18n.EN, "", ""},
	} {
		if got := newPhrases(tc.lang, terms).link(template.HTML(tc.in), map[string]bool{}); string(got) != tc.want {
			t.Errorf("%s\ngot  %s\nwant %s", tc.in, got, tc.want)
		}
	}
	if got := newPhrases(i18n.EN, terms).link("guardian", map[string]bool{"guardian": true}); got != "guardian" {
		t.Errorf("what is another thing here is linked: %s", got)
	}
}

func term(id, en, cy string) Term {
	return Term{ID: id, Text: i18n.Text{EN: en, CY: cy}, Says: i18n.Text{EN: "x", CY: "x"}}
}

// The words of a text are never changed by its links, whatever they are.
func FuzzLink(f *testing.F) {
	f.Add("<p>A guardian’s <i>child\ttrafficking</i>")
	f.Add("</a></><a>guardian<a></a>GUARDIAN")
	p := newPhrases(i18n.EN, []Term{term("guardian", "guardian", "x"), term("trafficking", "child trafficking", "x")})
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "golau-term") { // what looks like our own link cannot be told from it
			return
		}
		linked := string(p.link(template.HTML(text), map[string]bool{}))
		for _, id := range []string{"guardian", "trafficking"} {
			open := `<a class="govuk-link golau-term" href="/en/glossary#` + id + `">`
			if before, after, found := strings.Cut(linked, open); found {
				words, rest, _ := strings.Cut(after, "</a>")
				linked = before + words + rest
			}
		}
		if linked != text {
			t.Errorf("%q became %q", text, linked)
		}
	})
}

// The edition of a module is that of its words: a new term changes none.
func TestATermChangesNoEdition(t *testing.T) {
	plain, _ := mustLoad(t, good(t))
	files := good(t)
	files["glossary.yaml"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("lamp light; light (of a lamp)", "child", "golau’r lamp", "plentyn").Replace(smallGlossary))}
	linked, findings := mustLoad(t, files)
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	if a, b := plain.Modules[0], linked.Modules[0]; a.Edition != b.Edition {
		t.Errorf("the edition became %s from %s", b.Edition, a.Edition)
	}
	whole := ""
	for _, s := range linked.Modules[0].Sections {
		whole += string(s.HTML.EN) + string(s.Short.EN) + string(s.HTML.CY) + string(s.Short.CY)
	}
	if !strings.Contains(whole, `/en/glossary#lamp-light`) || !strings.Contains(whole, `/cy/glossary#lamp-light`) {
		t.Errorf("no lesson leads to the term:\n%s", whole)
	}
}
