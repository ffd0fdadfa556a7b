package modules

import (
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"strings"
	"testing"

	"golau/internal/i18n"
)

func TestRender(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	first, _ := lib.Modules[0].Section("first")
	mine, _ := lib.Modules[0].Section("mine")
	for name, tc := range map[string]struct {
		html template.HTML
		want string
	}{
		"case":               {first.HTML.EN, `<div class="golau-case" id="p-1" role="group" aria-labelledby="p-1-label"><p class="golau-case__label" id="p-1-label">The case</p><p class="govuk-body">Tuesday, 4.40.`},
		"think in Welsh":     {first.HTML.CY, `<div class="golau-think" id="p-2" role="group" aria-labelledby="p-2-label"><p class="golau-think__label" id="p-2-label">Arhoswch a meddyliwch</p>`},
		"paragraph and fact": {first.HTML.EN, `<p id="p-3" class="govuk-body">Mari is a child. A child is anyone under 18. The Act of 2015 says 18.</p>`},
		"fact in Welsh":      {first.HTML.CY, `Plentyn yw Mari. 18 yw’r oedran yn Neddf 2015. Plentyn`},
		"numbered list":      {first.HTML.EN, "<ol id=\"p-5\" class=\"govuk-list govuk-list--number\">\n<li><strong>See</strong> what is there.</li>"},
		"example":            {first.HTML.EN, `<p class="golau-example__label" id="p-6-label">Example</p><p class="golau-example__title">Gwen thinks aloud</p><p class="govuk-body">“I saw`},
		"do":                 {first.HTML.EN, `<div class="golau-two"><section aria-labelledby="p-7-label" id="p-7"><h2 class="govuk-heading-m" id="p-7-label">Do</h2><ul class="golau-list-do">`},
		"avoid beside do":    {first.HTML.EN, `</ul></section><section aria-labelledby="p-8-label" id="p-8"><h2 class="govuk-heading-m" id="p-8-label">Do not</h2><ul class="golau-list-dont">`},
		"key":                {first.HTML.CY, `<p class="golau-key__label">Cofiwch</p><p class="golau-key__text">Dywedwch beth a welsoch.</p></div>`},
		"other language":     {first.HTML.CY, `mewn <span lang="en">magazine</span>.`},
		"link on the page":   {first.HTML.EN, `<a class="govuk-link" href="#p-3">listen</a>`},
		"short":              {first.Short.EN, `<p class="govuk-body">A child is under 18. Say what you saw.</p>`},
		"note of the module": {first.Note.CY, `<p class="golau-note__title">Am y modiwl hwn</p><p>Un plentyn ffuglennol.`},
		"note of the part":   {mine.Note.EN, `<p class="golau-note__title">About this part</p><p>This part is`},
		"heading":            {mine.HTML.EN, `<h2 class="govuk-heading-m" id="job">In your job</h2>`},
		"role":               {mine.HTML.CY, `<details class="govuk-details golau-role" id="p-4" data-role="education"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Addysg</span></summary><div class="govuk-details__text"><p class="govuk-body">Dywedwch`},
		"own role is open":   {mine.HTML.For(i18n.EN, "health", "wales"), `data-role="health" open>`},
		"other role is shut": {mine.HTML.For(i18n.EN, "health", "wales"), `data-role="education">`},
		"no role":            {mine.HTML.For(i18n.EN, "", "wales"), `data-role="health">`},
		"nation":             {mine.HTML.EN, `<details class="govuk-details golau-nation" id="p-7" data-nation="england"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">In England</span></summary><div class="govuk-details__text"><p class="govuk-body">In England the words`},
		"own nation is open": {mine.HTML.For(i18n.EN, "", "england"), `data-nation="england" open>`},
		"other is shut":      {mine.HTML.For(i18n.EN, "health", "wales"), `data-nation="england">`},
		"signpost is shut":   {mine.HTML.For(i18n.EN, "health", "scotland"), `data-nation="england">`},
		"answer in question": {mine.HTML.CY, `<p class="govuk-body">Beth ddywedodd Mari?</p><details class="govuk-details golau-answer" id="p-2"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Cymharwch</span></summary><div class="govuk-details__text"><p class="govuk-body">Dywedodd: “Rwy’n iawn.”</p></div></details></div><p id="p-3"`},
		"lines":              {mine.HTML.EN, `<div class="golau-lines" id="p-6" role="group" aria-labelledby="p-6-label"><p class="golau-lines__label" id="p-6-label">To write down</p><p class="golau-lines__hint golau-screen">This site does not keep what you write. Print this page and write on paper.</p><ul class="golau-lines__list">` + "\n<li>Our safeguarding person</li>\n<li>Their number</li>"},
	} {
		if !strings.Contains(string(tc.html), tc.want) {
			t.Errorf("%s: want %s in\n%s", name, tc.want, tc.html)
		}
	}
	for _, never := range []string{"facts:", "<!--", "golau-note", "A child is under 18. Say"} {
		if strings.Contains(string(first.HTML.EN), never) {
			t.Errorf("%q is shown in the text", never)
		}
	}
}

// What is rendered must be well formed, with every id once and every label there,
// in the course itself and both languages.
func TestMarkupWellFormed(t *testing.T) {
	lib, _ := product(t)
	for _, m := range lib.Modules {
		for _, s := range m.Sections {
			for _, lang := range i18n.Langs {
				checkMarkup(t, m.Slug+" "+s.ID+" "+string(lang), s.Note.In(lang)+s.HTML.In(lang)+s.Short.In(lang))
			}
		}
	}
	for _, name := range lib.PageNames() {
		for _, lang := range i18n.Langs {
			p, _ := lib.Page(name, lang)
			checkMarkup(t, name+" "+string(lang), p.HTML)
		}
	}
}

// A telephone number that a fact names needs one press, wherever it is called.
func TestNumbersAreLinks(t *testing.T) {
	lib, _ := product(t)
	for _, lang := range i18n.Langs {
		p, _ := lib.Page("support", lang)
		for _, link := range []string{"tel:999", "tel:101", "tel:08088010800", "tel:08000121700"} {
			if !strings.Contains(string(p.HTML), `<a class="govuk-link" href="`+link+`">`) {
				t.Errorf("%s: no link to %s", lang, link)
			}
		}
	}
}

func checkMarkup(t *testing.T, name string, html template.HTML) {
	t.Helper()
	ids, refs := map[string]bool{}, []string{}
	d := xml.NewDecoder(strings.NewReader("<x>" + string(html) + "</x>"))
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "h1" || start.Name.Local == "script" || start.Name.Local == "style" {
			t.Errorf("%s: <%s> in the text", name, start.Name.Local)
		}
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "id":
				if ids[a.Value] {
					t.Errorf("%s: the id %s stands twice", name, a.Value)
				}
				ids[a.Value] = true
			case "aria-labelledby":
				refs = append(refs, a.Value)
			case "style", "onclick":
				t.Errorf("%s: an attribute %s", name, a.Name.Local)
			}
		}
	}
	for _, ref := range refs {
		if !ids[ref] {
			t.Errorf("%s: nothing has the id %s", name, ref)
		}
	}
}

// Content shown in spite of its faults, while an author writes, must not carry a
// script.
func TestHostileText(t *testing.T) {
	for _, hostile := range []string{
		"<script>alert(1)</script>",
		"<img src=x onerror=alert(1)>",
		"Text <b onclick=alert(1)>bold</b>.",
		"[press](javascript:alert(1))",
		"[press](JaVaScRiPt:alert(1))",
		"[press](data:text/html;base64,PHNjcmlwdD4=)",
		`[press](https://a.example/"onmouseover="alert(1))`,
		"[press](//evil.example/)",
		"![picture](https://evil.example/x.png)",
		"<https://evil.example>",
		"[ref]: javascript:alert(1)\n[ref]",
		"[x](lang:en\"onclick=alert)",
	} {
		files := good(t)
		replace(t, files, "lamp/en.md", "Mari is a child.", hostile+"\n\nMari is a child.")
		replace(t, files, "lamp/en.md", "What would you do?", hostile)
		lib, findings := mustLoad(t, files)
		if Refuse(findings) == nil {
			t.Errorf("%q is no fault", hostile)
		}
		first, _ := lib.Modules[0].Section("first")
		html := strings.ToLower(string(first.HTML.EN))
		for _, bad := range []string{"<script", "<img", "<b ", "javascript:", "data:text", `" onm`, `"onm`, `"onclick`, `"//evil`, `src=`, "<!--"} {
			if strings.Contains(html, bad) {
				t.Errorf("%q left %q in the page:\n%s", hostile, bad, html)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("# T\n\n::: note\nx\n:::\n<!-- facts: D-01 -->\n\n## S {#s}\n\n- a <!-- facts: D-01 -->\n")
	f.Add("::: role\n:::")
	f.Add("<!-- facts: -->\n### x {#y}\n{{fact a}}")
	f.Fuzz(func(_ *testing.T, raw string) {
		var out []Finding
		for _, page := range []bool{false, true} {
			doc := parseDocument(report{"x.md", &out}, raw, page)
			w := &writer{report: report{"x.md", &out}, lang: i18n.EN}
			w.render(doc.head, "", labels{}, nil)
			for _, s := range doc.sections {
				w.render(s.blocks, s.id, labels{}, nil)
			}
			comparePair(report{"x.md", &out}, doc, doc)
		}
	})
}
