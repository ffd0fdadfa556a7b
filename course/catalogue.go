package course

import (
	_ "embed"
	"fmt"
	"strings"

	"golau/modules"
	"golau/quiz"

	"golau/internal/yamlfile"
)

//go:embed catalogue.yaml
var catalogue []byte

// Catalogue reads the courses that are compiled in.
func Catalogue() ([]*Course, error) { return loadCatalogue() }

func loadCatalogue() ([]*Course, error) {
	var file struct {
		Courses []*Course `yaml:"courses"`
	}
	if err := yamlfile.Decode(catalogue, &file); err != nil {
		return nil, fmt.Errorf("course catalogue: %w", err)
	}
	return file.Courses, nil
}

// bankFactor is how many times the questions of one paper a bank must hold, so
// that a retake is a new paper.
const bankFactor = 3

// Outcomes stand on a certificate of one sheet, in both languages.
const fewestOutcomes, mostOutcomes = 3, 8

// CrossCheck returns everything in which the catalogue, the library and the
// banks do not fit together.
func CrossCheck(courses []*Course, lib *modules.Library, banks *quiz.Banks) []error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(courses) == 0 {
		fault("the catalogue is empty")
	}
	for _, c := range courses {
		if !c.Title.Complete() || !c.Lead.Complete() {
			fault("course %s: title and lead need both languages", c.Slug)
		}
		if n := len(c.Outcomes); n < fewestOutcomes || n > mostOutcomes {
			fault("course %s: it has %d outcomes; %d to %d", c.Slug, n, fewestOutcomes, mostOutcomes)
		}
		for _, o := range c.Outcomes {
			if !o.Complete() {
				fault("course %s: the outcome %q needs both languages", c.Slug, o.EN+o.CY)
			}
		}
		before := map[string]bool{}
		for _, e := range c.Entries {
			for _, need := range e.Needs {
				if !before[need] {
					fault("course %s: module %s needs %s, which does not stand before it", c.Slug, e.Slug, need)
				}
			}
			before[e.Slug] = true
			m, ok := lib.Module(e.Slug)
			if !ok {
				fault("course %s: there is no module %s", c.Slug, e.Slug)
				continue
			}
			faults = append(faults, checkBank(banks, e.Slug, c.CheckOf(e.Slug), lib, "course "+c.Slug+", check of "+m.Slug)...)
		}
		if c.Final.Title.EN == "" || c.Final.Title.CY == "" {
			fault("course %s: its final assessment has no title in both languages", c.Slug)
		}
		if before[AssessmentPart] {
			fault("course %s: %q is no name of a module, it stands for the final assessment", c.Slug, AssessmentPart)
		}
		faults = append(faults, checkBank(banks, c.Final.Bank, c.Final.Rules, lib, "course "+c.Slug+", final")...)
	}
	return faults
}

// NoBank is the fault of a course whose question bank is not there, or cannot be
// read: then what is wrong with its file has been said already.
type NoBank struct{ ID string }

func (n NoBank) Error() string { return "there is no question bank " + n.ID }

func checkBank(banks *quiz.Banks, id string, rules quiz.Rules, lib *modules.Library, where string) (faults []error) {
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf(where+": "+format, args...))
	}
	if err := rules.Check(); err != nil {
		fault("%w", err)
	}
	b := banks.Bank(id)
	if b == nil {
		fault("%w", NoBank{id})
		return faults
	}
	if b.Len() < bankFactor*rules.Draw {
		fault("the bank %s holds %d questions; a paper of %d needs %d", id, b.Len(), rules.Draw, bankFactor*rules.Draw)
	}
	at := func(l quiz.Link, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s:%d: "+format, append([]any{l.File, l.Line}, args...)...))
	}
	for _, l := range b.Links() {
		for _, fact := range l.Facts {
			if !lib.Known(fact) {
				at(l, "question %s rests on fact %s, which is not in the register", l.ID, fact)
			}
		}
		m, ok := lib.Module(l.Module)
		if !ok {
			at(l, "question %s is about module %s, which does not exist", l.ID, l.Module)
			continue
		}
		if _, ok := m.Objective(l.Objective); !ok {
			at(l, "question %s tests objective %s, which module %s does not have", l.ID, l.Objective, l.Module)
		}
		if sec, ok := m.Section(l.Section); !ok {
			at(l, "question %s leads back to section %s, which module %s does not have", l.ID, l.Section, l.Module)
		} else if !b.Final && sec.Anchor(l.Facts) == "" {
			at(l, "question %s leads back to section %s, of which no paragraph rests on any of its facts (%s)", l.ID, l.Section, strings.Join(l.Facts, " "))
		}
	}
	return faults
}
