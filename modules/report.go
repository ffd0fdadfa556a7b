package modules

import (
	"cmp"
	"html"
	"html/template"
	"slices"

	"golau/internal/i18n"
)

// Measured is what can be counted of a module: for its author, and for whoever
// asks what the course consists of.
type Measured struct {
	Module *Module
	// Words are those of the lesson as it stands, by language, with the shorter
	// versions left out and all roles and nations in.
	Words map[i18n.Lang]int
	// Grade is the Flesch-Kincaid school grade of the English lesson.
	Grade float64
	// Facts are how many facts of the register it rests on, by their confidence.
	Facts map[string]int
}

// Confidences are those of the register, the surest first.
func Confidences() []string { return slices.Clone(confidences) }

// Measure measures every module, in order.
func (l *Library) Measure() []Measured {
	var all []Measured
	for _, m := range l.Modules {
		all = append(all, l.measure(m))
	}
	return all
}

func (l *Library) measure(m *Module) Measured {
	d := Measured{Module: m, Words: map[i18n.Lang]int{}, Facts: map[string]int{}}
	var english []string
	var ids []string
	for _, s := range m.Sections {
		for _, lang := range i18n.Langs {
			for _, sentence := range sentences(plain(s.HTML.In(lang))) {
				d.Words[lang] += words(sentence)
				if lang == i18n.EN {
					english = append(english, sentence)
				}
			}
		}
		ids = append(ids, s.Facts...)
	}
	d.Grade = grade(english)
	for _, o := range m.Objectives {
		ids = append(ids, o.Facts...)
	}
	slices.SortFunc(ids, cmp.Compare[string])
	for _, id := range slices.Compact(ids) {
		if f, ok := l.ids[id]; ok {
			d.Facts[f.Confidence]++
		}
	}
	return d
}

// plain is the words of a rendered text, one block a line.
func plain(text template.HTML) string {
	return html.UnescapeString(anyTag.ReplaceAllString(blockTag.ReplaceAllString(string(text), "\n"), ""))
}
