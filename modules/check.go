package modules

import (
	"slices"
	"strings"

	"golau/internal/i18n"
)

// checkModuleFile looks at module.yaml alone.
func (ld *loader) checkModuleFile(rep report, slug string, f *moduleFile) {
	if f.ID != slug {
		rep.fault(0, "", "the id is %q, the folder %q", f.ID, slug)
	}
	if !slugShape.MatchString(slug) {
		rep.fault(0, "", "the folder %q must be of small letters, digits and dashes", slug)
	}
	if f.Number == nil || *f.Number < 0 {
		rep.fault(0, "", "the number must be 0 or more")
	}
	if f.Welsh != "draft" && f.Welsh != "reviewed" {
		rep.fault(0, "", "welsh is %q; it is draft or reviewed", f.Welsh)
	}
	if f.Minutes.Total < 1 || f.Minutes.Lesson+f.Minutes.Case+f.Minutes.Check != f.Minutes.Total {
		rep.fault(0, "", "lesson, case and check minutes do not add up to the total of %d", f.Minutes.Total)
	}
	if !f.Title.Complete() || !f.Lead.Complete() {
		rep.fault(0, "", "title or lead is missing in English or Welsh")
	}
	straight(rep, "title and lead", f.Title.EN+f.Title.CY+f.Lead.EN+f.Lead.CY)
	for _, role := range f.Roles {
		if _, ok := ld.labels.Roles[role]; !ok {
			rep.fault(0, "", "the role %q has no name in labels.yaml", role)
		}
	}
	ld.checkNations(rep, f.Nations)
	for _, section := range sortedKeys(f.Scene) {
		if !slices.Contains(f.Sections, section) {
			rep.fault(0, "", "a scene is named for the section %q, which is not listed", section)
		}
	}
	for _, id := range f.RestsOnPractice {
		if !ld.refs.known(id) {
			rep.fault(0, "rests_on_practice", "the fact id %s is not in fact-ids.yaml", id)
		}
	}
	seen := map[string]bool{}
	for _, o := range f.Objectives {
		where := "objective " + o.ID
		if seen[o.ID] || o.ID == "" {
			rep.fault(0, where, "the id is empty or stands twice")
		}
		seen[o.ID] = true
		if !o.Text.Complete() {
			rep.fault(0, where, "words are missing in English or Welsh")
		}
		straight(rep, where, o.Text.EN+o.Text.CY)
		if len(o.Facts) == 0 {
			rep.fault(0, where, "it names no facts")
		}
		for _, id := range o.Facts {
			if !ld.refs.known(id) {
				rep.fault(0, where, "the fact id %s is not in fact-ids.yaml", id)
			}
		}
	}
	for _, s := range f.Spacing {
		if !seen[s.Objective] {
			rep.fault(0, "spacing", "the objective %q does not exist", s.Objective)
		}
	}
}

// checkDocument looks at one language of a module against module.yaml and the
// register of facts.
func (ld *loader) checkDocument(rep report, doc *document, f *moduleFile, lang i18n.Lang) {
	if doc.title != "" && doc.title != f.Title.In(lang) {
		rep.fault(1, "", "the title is %q, in module.yaml %q", doc.title, f.Title.In(lang))
	}
	if f.ContentNote && !hasKind(doc.head, "note") {
		rep.fault(1, "", "the content note is missing: ::: note before the first section")
	}
	for _, b := range doc.head {
		if b.kind != "note" {
			rep.fault(b.line, "", "before the first section only ::: note may stand")
		}
	}
	var ids []string
	for _, s := range doc.sections {
		if slices.Contains(ids, s.id) {
			rep.fault(s.line, "section "+s.id, "the id stands twice")
		}
		ids = append(ids, s.id)
	}
	if !slices.Equal(ids, f.Sections) {
		rep.fault(0, "", "the sections are %s, in module.yaml %s", strings.Join(ids, " "), strings.Join(f.Sections, " "))
	}
	ld.checkFacts(rep, "", lang, doc.head)
	for _, s := range doc.sections {
		where := "section " + s.id
		if !hasKind(s.blocks, "short") {
			rep.fault(s.line, where, "the shorter version is missing: ::: short")
		}
		ld.checkFacts(rep, where, lang, s.blocks)
		for _, n := range nationsOf(s.blocks) {
			if !slices.Contains(f.Nations.Switch, n) {
				rep.fault(s.line, where, "::: nation %s stands here, which module.yaml does not list under nations, switch", n)
			}
		}
	}
}

// checkFacts holds every block to the register: what it says is known, and what
// is no longer so is marked as past.
func (ld *loader) checkFacts(rep report, where string, lang i18n.Lang, blocks []block) {
	for _, b := range blocks {
		if slices.Contains([]string{"heading", "here", "sources", "figure"}, b.kind) {
			continue // words of the site's own, or none, or with facts of their own
		}
		if len(b.facts) == 0 {
			rep.fault(b.line, where, "no fact comment follows")
		}
		for _, line := range b.bare {
			rep.fault(line, where, "the list item has no fact comment")
		}
		for _, id := range b.facts {
			if !ld.refs.known(id) {
				rep.fault(b.line, where, "the fact id %s is not in fact-ids.yaml", id)
			}
			if ld.refs.ids[id].Confidence == changed && !slices.Contains(b.facts, "past") {
				rep.fault(b.line, where, "%s is no longer so: tell it as past, and add the word past to the fact comment", id)
			}
		}
		ld.refs.checkWordedBlock(rep, where, lang, b)
	}
}

// checkObjectives looks whether every objective is taught and practised in
// sections that exist.
func checkObjectives(rep report, m *Module) {
	for _, o := range m.Objectives {
		where := "objective " + o.ID
		for name, sections := range map[string][]string{"taught": o.Taught, "practised": o.Practised} {
			if len(sections) == 0 {
				rep.fault(0, where, "it is nowhere %s", name)
			}
			for _, id := range sections {
				if _, ok := m.Section(id); !ok {
					rep.fault(0, where, "it is %s in %q, which is not a section", name, id)
				}
			}
		}
		if len(o.Tested) == 0 {
			rep.fault(0, where, "it is nowhere tested")
		}
	}
}

// CheckTested looks whether every objective is tested by questions that exist
// and belong to it. questions returns the questions of a module, from question
// id to objective id; the library itself knows no questions.
func CheckTested(lib *Library, questions func(module string) map[string]string) []Finding {
	var out []Finding
	for _, m := range lib.Modules {
		rep := report{m.Slug + "/module.yaml", &out}
		bank := questions(m.Slug)
		if bank == nil { // that it is missing, or why it cannot be read, is said of the bank
			continue
		}
		listed := map[string]bool{}
		for _, o := range m.Objectives {
			for _, id := range o.Tested {
				listed[id] = true
				switch objective, ok := bank[id]; {
				case !ok:
					rep.fault(0, "objective "+o.ID, "it is tested by %s, which is not in the bank", id)
				case objective != o.ID && has(m, objective):
					rep.fault(0, "objective "+o.ID, "the question %s belongs to the objective %s", id, objective)
				}
			}
		}
		for _, id := range sortedKeys(bank) {
			if has(m, bank[id]) && !listed[id] {
				rep.fault(0, "question "+id, "its objective %s does not list it as tested", bank[id])
			}
		}
	}
	return out
}

// has says whether the module has the objective. A question for another is
// reported where it stands, in its bank.
func has(m *Module, objective string) bool { _, ok := m.Objective(objective); return ok }

func (ld *loader) checkLabels() {
	rep := report{"labels.yaml", ld.out}
	for group, names := range map[string]map[string]i18n.Text{
		"parts": ld.labels.Parts, "roles": ld.labels.Roles, "nations": ld.labels.Nations,
	} {
		for _, key := range sortedKeys(names) {
			if !names[key].Complete() {
				rep.fault(0, group+" "+key, "words are missing in English or Welsh")
			}
		}
	}
	for _, part := range []string{"note", "note-part", "case", "think", "recall", "answer", "example", "do", "avoid", "key", "lines", "lines-hint", "read-archived", "read-live"} {
		if _, ok := ld.labels.Parts[part]; !ok {
			rep.fault(0, "parts", "the part %q has no words", part)
		}
	}
}

func hasKind(blocks []block, kind string) bool {
	return slices.ContainsFunc(blocks, func(b block) bool { return b.kind == kind })
}
