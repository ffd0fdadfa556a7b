// Package modules is the library of the course: the teaching texts, parsed once
// from their Markdown and YAML into pages ready to show in both languages, with
// the facts and sources they stand on and the faults an author must mend.
//
// It is read-only. It does not know who reads, how far they are, which questions
// are asked about a module, or at which address a section stands.
package modules

import (
	"html/template"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/modules/exercise"
	"golau/modules/scenario"
)

// Library is every module and page. It never changes after Load and is safe for
// concurrent use.
type Library struct {
	// Modules stand in the order of their numbers.
	Modules []*Module
	// Sources stand in the order of the sources file.
	Sources []Source

	facts   map[string]Fact
	figures map[string]Figure
	ids     map[string]register
	// awaiting is gathered once, when all is loaded.
	awaiting []Awaiting
	pages    map[string]map[i18n.Lang]Page
	cards    []*Card
	// glossary is in the order of each language.
	glossary map[i18n.Lang][]Term
	packs    []*Pack
	review   Review
	// referral is nil where no module has one.
	referral *Referral
}

// Module returns the module with that slug.
func (l *Library) Module(slug string) (*Module, bool) {
	for _, m := range l.Modules {
		if m.Slug == slug {
			return m, true
		}
	}
	return nil, false
}

// Fact returns the sentence that {{fact key}} stands for.
func (l *Library) Fact(key string) (Fact, bool) {
	f, ok := l.facts[key]
	return f, ok
}

// Facts returns every sentence that goes out of date, in the order of their
// keys.
func (l *Library) Facts() []Fact {
	facts := make([]Fact, 0, len(l.facts))
	for _, key := range sortedKeys(l.facts) {
		facts = append(facts, l.facts[key])
	}
	return facts
}

// Page returns a footer page ("privacy", "support", …) in lang.
func (l *Library) Page(name string, lang i18n.Lang) (Page, bool) {
	p, ok := l.pages[name][lang]
	return p, ok
}

// PageNames lists the footer pages, sorted.
func (l *Library) PageNames() []string { return sortedKeys(l.pages) }

// Module is one sitting of the course.
type Module struct {
	// Slug names the module in addresses and files; it never changes.
	Slug       string
	Number     int
	Title      i18n.Text
	Lead       i18n.Text
	Minutes    Minutes
	Objectives []Objective
	Sections   []Section
	// Cases are the branching cases, each in the work of some job roles. They stand
	// beside the lesson: nobody is asked for one.
	Cases []*scenario.Scenario
	// Exercises are offered beside the lesson; nothing asks for them.
	Exercises []*exercise.Exercise
	// Groups are the training groups (A–F) that the module supports learning for.
	Groups []string
	// Roles are the job roles that the module has words for.
	Roles []string
	// RestsOnPractice are the facts among those of the module that are practice.
	RestsOnPractice []string
	// Nations says for whom the module is written, and who is shown where to ask.
	Nations Nations
	// Reviewed is false while a translator or a practitioner has yet to sign.
	Reviewed bool
	// Edition is a short hash of all that the module shows, in both languages.
	Edition string
}

// Section returns the section with that id.
func (m *Module) Section(id string) (*Section, bool) {
	for i := range m.Sections {
		if m.Sections[i].ID == id {
			return &m.Sections[i], true
		}
	}
	return nil, false
}

// Case returns the branching case with that id.
func (m *Module) Case(id string) (*scenario.Scenario, bool) {
	for _, s := range m.Cases {
		if s.ID == id {
			return s, true
		}
	}
	return nil, false
}

// CasesFor returns the cases with those of a job role first, then those of
// everybody, then the others'.
func (m *Module) CasesFor(role string) []*scenario.Scenario {
	rank := func(s *scenario.Scenario) int {
		switch {
		case slices.Contains(s.Roles, role):
			return 0
		case len(s.Roles) == 0:
			return 1
		}
		return 2
	}
	return slices.SortedStableFunc(slices.Values(m.Cases), func(a, b *scenario.Scenario) int { return rank(a) - rank(b) })
}

// Objective returns the objective with that id.
func (m *Module) Objective(id string) (*Objective, bool) {
	for i := range m.Objectives {
		if m.Objectives[i].ID == id {
			return &m.Objectives[i], true
		}
	}
	return nil, false
}

// Minutes are the author's estimates for a module.
type Minutes struct {
	Lesson int `yaml:"lesson"`
	Case   int `yaml:"case"`
	Check  int `yaml:"check"`
	Total  int `yaml:"total"`
}

// Objective is one thing the learner can do afterwards. Taught and Practised
// name sections, Practised also cases; Tested names questions.
type Objective struct {
	ID        string    `yaml:"id"`
	Group     string    `yaml:"group"`
	Text      i18n.Text `yaml:",inline"`
	Facts     []string  `yaml:"facts"`
	Taught    []string  `yaml:"taught"`
	Practised []string  `yaml:"practised"`
	Tested    []string  `yaml:"tested"`
}

// Section is one page of a module. Its headings begin at h2, since the page's
// h1 is the section's title; ids within it are unique and the same in both
// languages. The first use of each term leads to the glossary.
type Section struct {
	ID    string
	Title i18n.Text
	// Minutes is estimated from the words one reader sees; at least 1.
	Minutes int
	HTML    HTML
	// Short is the shorter version that counts the same: paragraphs, no wrapper.
	Short HTML
	// Note is the content note that stands before the section, empty for most: a
	// title and paragraphs for a golau-note, no wrapper.
	Note HTML
	// Scene names the illustration, empty for none.
	Scene string
	// Facts are the ids of all that the section rests on, FactKeys the sentences
	// from the facts file that it shows; both sorted.
	Facts    []string
	FactKeys []string
	// Nations are those whose law or way the section sets apart from that of Wales.
	Nations []string

	anchors []anchor
}

type anchor struct {
	id    string
	facts []string
}

// Anchor returns the id of the paragraph that shares most facts with the ones
// given, so that feedback can lead a reader to the sentence itself. It is empty
// when no paragraph shares any.
func (s *Section) Anchor(facts []string) string {
	best, most := "", 0
	for _, a := range s.anchors {
		if n := shared(a.facts, facts); n > most {
			best, most = a.id, n
		}
	}
	return best
}

// For returns the text with the parts of that job role already open, so that a
// reader meets the words for their own work first; the others stay a press away.
// An unknown or empty role opens none. Likewise what is so in the nation where
// the reader works.
func (h HTML) For(lang i18n.Lang, role, nation string) template.HTML {
	text := string(h.In(lang))
	for _, mark := range []string{`data-role="` + role + `"`, `data-nation="` + nation + `"`} {
		text = strings.ReplaceAll(text, mark, mark+" open")
	}
	return template.HTML(text)
}

// HTML is rendered text in both languages, safe to put into a page.
type HTML struct{ EN, CY template.HTML }

// In returns the rendering in lang.
func (h HTML) In(lang i18n.Lang) template.HTML {
	if lang == i18n.CY {
		return h.CY
	}
	return h.EN
}

// Page is a footer page in one language.
type Page struct {
	Name  string
	Title string
	// HTML is all that the author wrote; Parts is the same, cut where the site
	// fills something in.
	HTML  template.HTML
	Parts []Part
}

// Part is a stretch of a footer page and what stands after it: what the site has
// to put there (whose it is, how to reach them, and so on), or a figure. At the
// page's end there is neither.
type Part struct {
	HTML   template.HTML
	Place  string
	Figure *Figure
}

// Has says whether the page leaves that place open.
func (p Page) Has(place string) bool {
	return slices.ContainsFunc(p.Parts, func(x Part) bool { return x.Place == place })
}
