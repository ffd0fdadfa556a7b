package modules

import (
	"slices"
	"strings"

	"golau/modules/exercise"
)

// addPractised takes in the cases and exercises of a module, by what whoever opens
// one is shown before choosing: what may be chosen, and what comes of it, stays
// to be found out there.
func (x *index) addPractised(m *Module) {
	for _, s := range m.Cases {
		said := []string{s.Who.In(x.lang) + ".", s.Start.Text.In(x.lang)}
		if len(s.Decisions) > 0 {
			said = append(said, s.Decisions[0].Ask.In(x.lang))
		}
		said = append(said, s.Note.In(x.lang))
		x.add(Found{Kind: FoundCase, Slug: m.Slug, Section: s.ID, Title: s.Title.In(x.lang), Of: m}, strings.Join(said, " "), "")
	}
	for _, e := range m.Exercises {
		said := make([]string, len(e.Lines))
		for i := range e.Lines {
			said[i] = e.Lines[i].Text.In(x.lang)
		}
		if e.Kind == exercise.Order { // the file has them in the order that is asked for
			slices.Sort(said)
		}
		x.add(Found{Kind: FoundExercise, Slug: m.Slug, Section: e.ID, Title: e.Title.In(x.lang), Of: m}, e.Lead.In(x.lang)+" "+strings.Join(said, " "), "")
	}
}

// addForTeams takes in the packs, and the form to practise on without its model
// answer.
func (x *index) addForTeams(lib *Library) {
	for _, p := range lib.Packs() {
		x.add(Found{Kind: FoundPack, Slug: p.Module.Slug, Title: p.Title.In(x.lang)}, proseOf(string(p.HTML.In(x.lang))), "")
	}
	f := lib.Referral()
	if f == nil {
		return
	}
	said := []string{f.Lead.In(x.lang)}
	for _, p := range f.Papers {
		said = append(said, p.Heading.In(x.lang)+":")
		for _, line := range p.Lines {
			said = append(said, line.In(x.lang))
		}
	}
	for _, field := range f.Fields {
		said = append(said, field.Label.In(x.lang)+":", field.Help.In(x.lang))
	}
	x.add(Found{Kind: FoundPractice, Slug: ReferralSlug, Title: f.Title.In(x.lang)}, strings.Join(said, " "), "")
}
