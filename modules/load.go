package modules

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"

	"golau/internal/i18n"
)

// moduleFile is module.yaml: what is the same in both languages.
type moduleFile struct {
	ID          string            `yaml:"id"`
	Number      *int              `yaml:"number"` // 0 is one too: it stands before the first
	Welsh       string            `yaml:"welsh"`  // draft or reviewed
	Minutes     Minutes           `yaml:"minutes"`
	Title       i18n.Text         `yaml:"title"`
	Lead        i18n.Text         `yaml:"lead"`
	ContentNote bool              `yaml:"content_note"`
	Groups      []string          `yaml:"supports_groups"`
	Nations     Nations           `yaml:"nations"`
	Roles       []string          `yaml:"roles"`
	Objectives  []Objective       `yaml:"objectives"`
	Sections    []string          `yaml:"sections"`
	Scene       map[string]string `yaml:"scene"`
	// Spacing names the later modules in which an objective returns.
	Spacing []struct {
		Objective string `yaml:"objective"`
		In        string `yaml:"in"`
	} `yaml:"spacing"`
	RestsOnPractice []string `yaml:"rests_on_practice"`
}

// loader holds what every module and page is read with.
type loader struct {
	fsys    fs.FS
	refs    references
	labels  labels
	figures map[string]Figure
	pages   []string
	out     *[]Finding
}

// Load reads the content in fsys: facts*.yaml, fact-ids.yaml, sources.yaml,
// labels.yaml, glossary.yaml, review.yaml, pages/*.{en,cy}.md, cards/*.yaml and every folder with a
// module.yaml. Faults of the texts are findings, so that an author sees all of them at once: whoever
// shows the library to people calls Refuse on them first. The error is for
// content that cannot be read at all.
func Load(fsys fs.FS) (*Library, []Finding, error) {
	var findings []Finding
	refs, err := loadReferences(fsys, &findings)
	if err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	ld := &loader{fsys: fsys, refs: refs, out: &findings}
	if err := readYAML(fsys, report{"labels.yaml", &findings}, &ld.labels); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	ld.checkLabels()
	var terms map[i18n.Lang][]Term
	var unclear []Finding
	var unread error
	var reading sync.WaitGroup
	reading.Go(func() { terms, unread = ld.loadGlossary(&unclear) })
	defer reading.Wait()
	if ld.figures, err = ld.loadFigures(); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	lib := &Library{Sources: refs.sources, facts: refs.facts, figures: ld.figures, ids: refs.ids}
	if lib.pages, err = ld.loadPages(); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	lib.unshown(report{"figures.yaml", &findings})
	files, err := fs.Glob(fsys, "*/module.yaml")
	if err != nil {
		return nil, findings, err
	}
	for _, file := range files {
		m, err := ld.loadModule(path.Dir(file))
		if err != nil {
			return nil, findings, fmt.Errorf("course content: %w", err)
		}
		lib.Modules = append(lib.Modules, m)
	}
	if err := ld.checkStray(); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	if len(lib.Modules) == 0 {
		return nil, findings, errors.New("course content: there is no module")
	}
	slices.SortStableFunc(lib.Modules, func(a, b *Module) int { return a.Number - b.Number })
	for i, m := range lib.Modules {
		if i > 0 && m.Number == lib.Modules[i-1].Number {
			report{m.Slug + "/module.yaml", &findings}.fault(0, "", "number %d is also that of %s", m.Number, lib.Modules[i-1].Slug)
		}
	}
	if err := ld.loadCards(lib); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	if err := ld.loadPacks(lib); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	if err := ld.loadReferral(lib); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	if err := ld.loadReview(lib); err != nil {
		return nil, findings, fmt.Errorf("course content: %w", err)
	}
	lib.gatherAwaiting()
	reading.Wait()
	if findings = append(findings, unclear...); unread != nil {
		return nil, findings, fmt.Errorf("course content: %w", unread)
	}
	lib.glossary = terms
	lib.linkTerms(report{"glossary.yaml", &findings})
	sortFindings(findings)
	return lib, findings, nil
}

// checkStray reports texts in a folder without a module.yaml: they would be left
// out without a word.
func (ld *loader) checkStray() error {
	texts, err := fs.Glob(ld.fsys, "*/en.md")
	if err != nil {
		return err
	}
	for _, text := range texts {
		if _, err := fs.Stat(ld.fsys, path.Dir(text)+"/module.yaml"); errors.Is(err, fs.ErrNotExist) {
			report{text, ld.out}.fault(0, "", "the folder has no module.yaml")
		}
	}
	return nil
}

func (ld *loader) loadModule(slug string) (*Module, error) {
	rep := report{slug + "/module.yaml", ld.out}
	var f moduleFile
	if err := readYAML(ld.fsys, rep, &f); err != nil {
		return nil, err
	}
	ld.checkModuleFile(rep, slug, &f)
	docs := map[i18n.Lang]*document{}
	for _, lang := range i18n.Langs {
		r := report{slug + "/" + string(lang) + ".md", ld.out}
		raw, err := fs.ReadFile(ld.fsys, r.file)
		if errors.Is(err, fs.ErrNotExist) {
			r.fault(0, "", "the module has no text in this language")
		} else if err != nil {
			return nil, err
		}
		docs[lang] = parseDocument(r, string(raw), false)
		ld.checkDocument(r, docs[lang], &f, lang)
	}
	comparePair(report{slug + "/cy.md", ld.out}, docs[i18n.EN], docs[i18n.CY])
	m := &Module{
		Slug: slug, Title: f.Title, Lead: f.Lead, Minutes: f.Minutes,
		Objectives: f.Objectives, Groups: f.Groups, Roles: f.Roles, Nations: f.Nations, Reviewed: f.Welsh == "reviewed",
		RestsOnPractice: f.RestsOnPractice,
	}
	if f.Number != nil {
		m.Number = *f.Number
	}
	m.Sections = ld.sections(slug, &f, docs)
	checkPace(rep, m)
	var err error
	if m.Cases, err = ld.loadCases(slug, f.Objectives); err != nil {
		return nil, err
	}
	checkObjectives(rep, m)
	if m.Exercises, err = ld.loadExercises(slug, f.Objectives); err != nil {
		return nil, err
	}
	m.Edition = moduleEdition(m)
	return m, nil
}

// sections renders the sections of both documents.
func (ld *loader) sections(slug string, f *moduleFile, docs map[i18n.Lang]*document) []Section {
	shown := map[i18n.Lang]map[string]rendered{}
	titles := map[i18n.Lang]map[string]string{}
	for _, lang := range i18n.Langs {
		shown[lang], titles[lang] = map[string]rendered{}, map[string]string{}
		doc := docs[lang]
		w := &writer{report: report{doc.file, ld.out}, lang: lang, facts: ld.refs.facts, pages: ld.pages}
		head := w.render(doc.head, "", ld.labels, nil)
		for i, raw := range doc.sections {
			r := w.render(raw.blocks, "section "+raw.id, ld.labels, nil)
			if i == 0 {
				r.note = head.note + r.note
			}
			checkProse(w.report, lang, raw, r)
			shown[lang][raw.id], titles[lang][raw.id] = r, raw.title
		}
	}
	var words []int
	for _, raw := range docs[i18n.EN].sections {
		words = append(words, readerWords(shown[i18n.EN][raw.id].prose))
	}
	minutes := paced(words)
	var sections []Section
	for i, raw := range docs[i18n.EN].sections {
		en, cy := shown[i18n.EN][raw.id], shown[i18n.CY][raw.id]
		sections = append(sections, Section{
			ID:       raw.id,
			Title:    i18n.Text{EN: raw.title, CY: titles[i18n.CY][raw.id]},
			Minutes:  minutes[i],
			HTML:     HTML{en.html, cy.html},
			Short:    HTML{en.short, cy.short},
			Note:     HTML{en.note, cy.note},
			Scene:    f.Scene[raw.id],
			Facts:    allFacts(raw.blocks),
			FactKeys: en.factKeys,
			anchors:  en.anchors,
			Nations:  nationsOf(raw.blocks),
		})
	}
	return sections
}

var slugShape = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
