package modules

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"golau/internal/i18n"
)

// cardFile is <module>/card.yaml, or cards/<slug>.yaml for a card of no module.
type cardFile struct {
	ID        string      `yaml:"id"`
	Welsh     string      `yaml:"welsh"` // draft or reviewed
	CheckedOn string      `yaml:"checked_on"`
	ReviewBy  string      `yaml:"review_by"`
	Title     i18n.Text   `yaml:"title"` // empty: that of the module
	Lead      *cardLine   `yaml:"lead"`
	First     cardLine    `yaml:"first"`
	Blocks    []cardHeads `yaml:"blocks"`
	Key       cardLine    `yaml:"key"`
}

// cardHeads is a block as its author writes it.
type cardHeads struct {
	ID      string     `yaml:"id"`
	Heading i18n.Text  `yaml:"heading"`
	Ordered bool       `yaml:"ordered"`
	Lines   int        `yaml:"lines"`
	Items   []cardLine `yaml:"items"`
}

// cardLine is a line of a card with what it rests on.
type cardLine struct {
	Facts []string  `yaml:"facts"`
	Text  i18n.Text `yaml:",inline"`
}

// mostRuled is how many lines to write on an A5 sheet has room for.
const mostRuled = 6

// loadCards reads the cards of no module and then, in their order, the modules'.
// A module may do without.
func (ld *loader) loadCards(lib *Library) error {
	files, err := fs.Glob(ld.fsys, "cards/*.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := ld.loadCard(lib, file, strings.TrimSuffix(path.Base(file), ".yaml"), nil); err != nil {
			return err
		}
	}
	for _, m := range lib.Modules {
		file := m.Slug + "/card.yaml"
		if _, err := fs.Stat(ld.fsys, file); err != nil {
			continue
		}
		if err := ld.loadCard(lib, file, m.Slug, m); err != nil {
			return err
		}
	}
	return nil
}

func (ld *loader) loadCard(lib *Library, file, slug string, m *Module) error {
	rep := report{file, ld.out}
	var f cardFile
	if err := readYAML(ld.fsys, rep, &f); err != nil {
		return err
	}
	if m != nil && f.Title == (i18n.Text{}) {
		f.Title = m.Title
	}
	ld.checkCardFile(rep, slug, &f)
	if _, taken := lib.Card(slug); taken {
		rep.fault(0, "", "there is a card %q already", slug)
	}
	c := &Card{Slug: slug, Module: m, Title: f.Title, CheckedOn: f.CheckedOn, ReviewBy: f.ReviewBy, file: file}
	if f.Lead != nil {
		c.Lead = ld.cardLine(rep, "lead", *f.Lead, c)
	}
	c.First = ld.cardLine(rep, "first", f.First, c)
	for _, b := range f.Blocks {
		block := CardBlock{Heading: b.Heading, Ordered: b.Ordered, Lines: b.Lines}
		for _, item := range b.Items {
			block.Items = append(block.Items, ld.cardLine(rep, "block "+b.ID, item, c))
		}
		c.Blocks = append(c.Blocks, block)
	}
	c.Key = ld.cardLine(rep, "key", f.Key, c)
	slices.Sort(c.Facts)
	c.Facts = slices.Compact(c.Facts)
	c.Edition = cardEdition(c)
	lib.cards = append(lib.cards, c)
	return nil
}

// checkCardFile looks at what is not a line with facts.
func (ld *loader) checkCardFile(rep report, slug string, f *cardFile) {
	if f.ID != slug || !slugShape.MatchString(slug) {
		rep.fault(0, "", "the id is %q, the card’s name %q: both are the same, of small letters, digits and dashes", f.ID, slug)
	}
	if f.Welsh != "draft" && f.Welsh != "reviewed" {
		rep.fault(0, "", "welsh is %q; it is draft or reviewed", f.Welsh)
	}
	if !f.Title.Complete() {
		rep.fault(0, "", "the title is missing in English or Welsh")
	}
	straight(rep, "title", f.Title.EN+f.Title.CY)
	for _, day := range []string{f.CheckedOn, f.ReviewBy} {
		if _, err := parseDay(day); err != nil {
			rep.fault(0, "", "%q is not a day like 2026-11-21", day)
		}
	}
	if (f.CheckedOn == "") != (f.ReviewBy == "") {
		rep.fault(0, "", "checked_on and review_by stand together or not at all")
	}
	seen := map[string]bool{}
	for _, b := range f.Blocks {
		where := "block " + b.ID
		if b.ID == "" || seen[b.ID] {
			rep.fault(0, where, "the id is empty or stands twice")
		}
		seen[b.ID] = true
		if !b.Heading.Complete() {
			rep.fault(0, where, "the heading is missing in English or Welsh")
		}
		straight(rep, where, b.Heading.EN+b.Heading.CY)
		if len(b.Items) == 0 || b.Lines < 0 || b.Lines > mostRuled {
			rep.fault(0, where, "it has no line, or lines to write on for more than one sheet (%d)", mostRuled)
		}
	}
	if len(f.Blocks) == 0 {
		rep.fault(0, "", "the card has no block")
	}
}

// cardLine is a line of a card, which rests on its facts.
func (ld *loader) cardLine(rep report, where string, line cardLine, c *Card) i18n.Text {
	c.Facts = append(c.Facts, onlyFacts(line.Facts)...)
	return ld.line(rep, where, "card", line)
}

// line checks a line of a card or form as the lessons are checked and returns it
// with its facts filled in.
func (ld *loader) line(rep report, where, sheet string, line cardLine) i18n.Text {
	if !line.Text.Complete() {
		rep.fault(0, where, "words are missing in English or Welsh")
	}
	if len(line.Facts) == 0 {
		rep.fault(0, where, "a line names no facts: %s", line.Text.EN)
	}
	for _, id := range line.Facts {
		if !ld.refs.known(id) {
			rep.fault(0, where, "the fact id %s is not in fact-ids.yaml", id)
		}
		if ld.refs.ids[id].Confidence == changed {
			rep.fault(0, where, "%s is no longer so: it stands on no %s", id, sheet)
		}
	}
	if en, cy := sorted(factKeys(line.Text.EN)), sorted(factKeys(line.Text.CY)); !slices.Equal(en, cy) {
		rep.fault(0, where, "the Welsh calls {{fact}} %s, the English %s", strings.Join(cy, " "), strings.Join(en, " "))
	}
	text := i18n.Text{EN: ld.withFacts(rep, where, line.Text.EN, i18n.EN), CY: ld.withFacts(rep, where, line.Text.CY, i18n.CY)}
	straight(rep, where, text.EN+text.CY)
	ld.refs.checkBoth(rep, where, text, line.Facts)
	return text
}

// withFacts puts the sentences that {{fact key}} stands for into a line.
func (ld *loader) withFacts(rep report, where, text string, l i18n.Lang) string {
	text = factCall.ReplaceAllStringFunc(text, func(call string) string {
		key := factCall.FindStringSubmatch(call)[1]
		f, ok := ld.refs.facts[key]
		if !ok {
			rep.fault(0, where, "{{fact %s}} is not in the facts file", key)
		}
		return f.Text.In(l)
	})
	if strings.Contains(text, "{{") {
		rep.fault(0, where, "double braces that are not {{fact key}}")
	}
	return text
}
