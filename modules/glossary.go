package modules

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"golau/internal/i18n"
)

// Term is a word of the subject, as it is said in both languages.
type Term struct {
	// ID names the term in addresses: the place of it on its page.
	ID string `yaml:"id"`
	// Official is V where the Welsh was seen in an official or public Welsh source,
	// K where it is proposed and a translator has yet to confirm it.
	Official string    `yaml:"official"`
	Text     i18n.Text `yaml:",inline"`
	// Also are other forms of it that the texts use.
	Also struct {
		EN []string `yaml:"en"`
		CY []string `yaml:"cy"`
	} `yaml:"also"`
	// Plain is an everyday word, which no lesson leads from to the glossary.
	Plain bool `yaml:"plain"`
	// NotIn are the modules that use the same words for something else.
	NotIn []string `yaml:"not_in"`
	Facts []string `yaml:"facts"`
	// Says is what it means; empty for a word that stands with its counterpart alone.
	Says i18n.Text `yaml:"says"`
}

// Explained says whether the glossary says what the term means.
func (t Term) Explained() bool { return t.Says.Complete() }

// Confirmed says whether the Welsh was seen in an official or public source.
func (t Term) Confirmed() bool { return t.Official == "V" }

// Forms are the ways to write the term in l: those that stand in its name with
// semicolons between them, without what is in brackets, and then the others.
func (t Term) Forms(l i18n.Lang) []string {
	var forms []string
	for form := range strings.SplitSeq(t.Text.In(l), ";") {
		if at := strings.LastIndexByte(form, '('); at > 0 && strings.HasSuffix(form, ")") {
			form = form[:at]
		}
		forms = append(forms, strings.TrimSpace(form))
	}
	if l == i18n.CY {
		return append(forms, t.Also.CY...)
	}
	return append(forms, t.Also.EN...)
}

// Glossary returns every term in the order of the alphabet of that language.
func (l *Library) Glossary(lang i18n.Lang) []Term { return l.glossary[lang] }

// loadGlossary reads glossary.yaml, which content may do without. It reports to
// out, so that it can be read beside the modules.
func (ld *loader) loadGlossary(out *[]Finding) (map[i18n.Lang][]Term, error) {
	rep := report{"glossary.yaml", out}
	var file struct {
		Welsh string `yaml:"welsh"` // draft or reviewed
		Terms []Term `yaml:"terms"`
	}
	if err := readYAML(ld.fsys, rep, &file); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if file.Welsh != "draft" && file.Welsh != "reviewed" {
		rep.fault(0, "", "welsh is %q; it is draft or reviewed", file.Welsh)
	}
	seen := map[string]bool{}
	for _, t := range file.Terms {
		where := "term " + t.ID
		if seen[t.ID] || !slugShape.MatchString(t.ID) {
			rep.fault(0, where, "the id stands twice, or is not of small letters, digits and dashes")
		}
		seen[t.ID] = true
		ld.checkTerm(rep, where, t)
	}
	checkForms(rep, file.Terms)
	in := map[i18n.Lang][]Term{}
	for _, lang := range i18n.Langs {
		in[lang] = slices.Clone(file.Terms)
		order := i18n.Collator(lang)
		slices.SortStableFunc(in[lang], func(a, b Term) int { return order.CompareString(a.Text.In(lang), b.Text.In(lang)) })
	}
	return in, nil
}

// checkTerm holds a term to what every sentence that teaches is held to.
func (ld *loader) checkTerm(rep report, where string, t Term) {
	if !t.Text.Complete() {
		rep.fault(0, where, "the term is missing in English or Welsh")
	}
	if t.Official != "V" && t.Official != "K" {
		rep.fault(0, where, "official is %q; it is V (seen in a Welsh source) or K (proposed)", t.Official)
	}
	if (t.Says.EN == "") != (t.Says.CY == "") {
		rep.fault(0, where, "what it says is missing in English or Welsh")
	}
	if t.Explained() != (len(t.Facts) > 0) {
		rep.fault(0, where, "what a term says and the facts it rests on stand together or not at all")
	}
	for _, id := range t.Facts {
		if !ld.refs.known(id) {
			rep.fault(0, where, "the fact id %s is not in fact-ids.yaml", id)
		}
		if ld.refs.ids[id].Confidence == changed {
			rep.fault(0, where, "%s is no longer so: it explains no term", id)
		}
	}
	straight(rep, where, t.Text.EN+t.Text.CY+t.Says.EN+t.Says.CY+strings.Join(append(t.Also.EN, t.Also.CY...), ""))
	ld.refs.checkBoth(rep, where, t.Says, t.Facts)
}

// checkForms looks whether one word stands for two terms: a link could lead to
// one of them alone.
func checkForms(rep report, terms []Term) {
	for _, l := range i18n.Langs {
		of := map[string]string{}
		for _, t := range terms {
			for _, form := range t.Forms(l) {
				key := phraseKey(form)
				if wordEnd(key) == 0 {
					rep.fault(0, "term "+t.ID, "the form %q begins without a letter", form)
				} else if other, taken := of[key]; taken {
					rep.fault(0, "term "+t.ID, "%q stands for %s too", form, other)
				}
				of[key] = t.ID
			}
		}
	}
}
