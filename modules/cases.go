package modules

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golau/internal/i18n"
	"golau/modules/scenario"
)

// loadCases reads the branching cases of a module, in the order of their files.
func (ld *loader) loadCases(slug string, objectives []Objective) ([]*scenario.Scenario, error) {
	files, err := fs.Glob(ld.fsys, slug+"/cases/*.yaml")
	if err != nil {
		return nil, err
	}
	var cases []*scenario.Scenario
	for _, file := range files {
		var found []Finding
		s := &scenario.Scenario{}
		if err := readYAML(ld.fsys, report{file, &found}, s); err != nil {
			return nil, err
		}
		if len(found) == 0 { // else half of it is missing, and all that is said of it idle
			rep := report{file, &found}
			if id := strings.TrimSuffix(path.Base(file), ".yaml"); s.ID != id || !slugShape.MatchString(id) {
				rep.fault(0, "id", "it is %q, the file %q; both are the same small letters, digits and dashes", s.ID, id)
			}
			for _, f := range s.Prepare() {
				rep.fault(0, f.Where, "%s", f.Message)
			}
			ld.checkCase(rep, s, objectives)
			s.Edition = caseEdition(s)
		}
		if len(found) > 0 {
			raw, err := fs.ReadFile(ld.fsys, file)
			if err != nil {
				return nil, err
			}
			placed(found, raw)
		}
		*ld.out = append(*ld.out, found...)
		cases = append(cases, s)
	}
	return cases, nil
}

// checkCase holds a case to the register of facts and the rules of style.
func (ld *loader) checkCase(rep report, s *scenario.Scenario, objectives []Objective) {
	if !ld.refs.known(s.Seed) {
		rep.fault(0, "case", "the case grew from %q, which is not in fact-ids.yaml; name its fact id after case:", s.Seed)
	}
	checkPractised(rep, s.Objectives, objectives)
	for _, role := range s.Roles {
		if _, ok := ld.labels.Roles[role]; !ok {
			rep.fault(0, "roles", "the role %q has no name in labels.yaml", role)
		}
	}
	var english []string
	for where, said := range s.Everything() {
		ld.checkSaid(rep, where, said.Text, said.Facts, slices.Contains(said.Facts, "past"))
		english = append(english, sentences(said.Text.EN)...)
	}
	if g := grade(english); g > highestGrade {
		rep.warn(0, "", "reading grade %.1f; aim for %.0f or below", g, highestGrade)
	}
	for _, lang := range i18n.Langs {
		if n := longestIsBest(s, lang); n*2 > len(s.Decisions) {
			rep.warn(0, "", "in %s the recommended option is the longest at %d of %d decisions: length gives it away", lang, n, len(s.Decisions))
		}
	}
}

// checkPractised holds what a case or exercise says that it practises to the
// objectives of its module.
func checkPractised(rep report, ids []string, objectives []Objective) {
	if len(ids) == 0 {
		rep.fault(0, "objectives", "it practises no objective; name those of module.yaml that it does")
	}
	for _, id := range ids {
		if !slices.ContainsFunc(objectives, func(o Objective) bool { return o.ID == id }) {
			rep.fault(0, "objectives", "the module has no objective %q; name one of module.yaml", id)
		}
	}
}

// checkSaid looks at one text of a case or an exercise and the facts it rests on.
// What is no longer so may stand only where it is told as past, and in an exercise
// not at all: whoever practises it would do it.
func (ld *loader) checkSaid(rep report, where string, text i18n.Text, facts []string, past bool) {
	if len(facts) == 0 {
		rep.fault(0, where, "it names no facts; add those it rests on, or case for what is only told: %.40s", text.EN)
	}
	for _, id := range facts {
		if !ld.refs.known(id) {
			rep.fault(0, where, "the fact id %s is not in fact-ids.yaml; name one that is", id)
		}
		if ld.refs.ids[id].Confidence == changed && !past {
			rep.fault(0, where, "%s is no longer so: a case tells it as past, with past among its facts; an exercise practises what is", id)
		}
	}
	for _, lang := range i18n.Langs {
		straight(rep, where, text.In(lang))
	}
	ld.refs.checkBoth(rep, where, text, facts)
}

// longestIsBest counts the decisions whose recommended option is the longest.
func longestIsBest(s *scenario.Scenario, lang i18n.Lang) (n int) {
	for i := range s.Decisions {
		best, longest := s.Decisions[i].Recommended(), true
		for j := range s.Decisions[i].Options {
			o := &s.Decisions[i].Options[j]
			longest = longest && (o == best || best != nil && utf8.RuneCountInString(o.Text.In(lang)) < utf8.RuneCountInString(best.Text.In(lang)))
		}
		if longest {
			n++
		}
	}
	return n
}
