// Package course is the school: who is enrolled, how far they have come, what
// is next, and what finishing leads to. It is the one place that knows the
// library, the quiz and the certificates together, so the order in which things
// happen can be read here and nowhere else.
//
// It does not know pages, languages of the interface, or how letters are worded.
package course

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// Course is one entry of the catalogue.
type Course struct {
	Slug    string    `yaml:"slug"`
	Edition string    `yaml:"edition"` // as printed on certificates: "2026.1"
	Title   i18n.Text `yaml:"title"`
	Lead    i18n.Text `yaml:"lead"`
	// Outcomes are what the course teaches and tests, in a line each: for the first
	// page and for certificates, which have no room for every objective.
	Outcomes   []i18n.Text `yaml:"outcomes"`
	ValidYears int         `yaml:"valid_years"` // 0 = a completion does not expire
	Entries    []Entry     `yaml:"modules"`
	Check      quiz.Rules  `yaml:"check"`
	Final      Final       `yaml:"final"`
}

// Entry is a module's place in a course.
type Entry struct {
	Slug  string   `yaml:"slug"`
	Needs []string `yaml:"needs"` // modules that must be done before
	Draw  int      `yaml:"draw"`  // questions of its check, where not as many as of the others
}

// CheckOf is how the check of a module is sat.
func (c *Course) CheckOf(module string) quiz.Rules {
	rules := c.Check
	for _, e := range c.Entries {
		if e.Slug == module && e.Draw > 0 {
			rules.Draw = e.Draw
		}
	}
	return rules
}

// Final is the assessment of a whole course.
type Final struct {
	Title      i18n.Text `yaml:"title"`
	Bank       string    `yaml:"bank"`
	Minutes    int       `yaml:"minutes"`
	quiz.Rules `yaml:",inline"`
}

// School teaches the courses of the catalogue.
type School struct {
	db      *store.DB
	lib     *modules.Library
	banks   *quiz.Banks
	keys    *certificates.Keys
	courses []*Course
	log     *slog.Logger
	demo    bool
	review  modules.Review
	facts   map[string][]string // question id -> the facts it rests on
	// editions says by slug what each course shows now; see editionOf.
	editions map[string]string
	settles  sync.Mutex // one at a time works out where people stand
	reminds  reminds
}

// Options adjusts a School.
type Options struct {
	Demo bool // stamp DEMONSTRATION on every certificate
	Log  *slog.Logger
}

// New opens the school. Catalogue, library and banks must fit together; every
// misfit is named in the error.
func New(db *store.DB, lib *modules.Library, banks *quiz.Banks, keys *certificates.Keys, o Options) (*School, error) {
	courses, err := loadCatalogue()
	if err != nil {
		return nil, err
	}
	if misfits := CrossCheck(courses, lib, banks); len(misfits) > 0 {
		return nil, fmt.Errorf("catalogue, modules and question banks do not fit together: %w", errors.Join(misfits...))
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &School{db: db, lib: lib, banks: banks, keys: keys, courses: courses, log: o.Log, demo: o.Demo, review: lib.Review(), facts: map[string][]string{}, editions: map[string]string{}}
	s.reminds.since = db.Now().Time
	for _, c := range courses {
		if s.editions[c.Slug], err = editionOf(c, lib, banks); err != nil {
			return nil, err
		}
	}
	for _, id := range banks.IDs() {
		for _, l := range banks.Bank(id).Links() {
			s.facts[l.ID] = l.Facts
		}
	}
	return s, nil
}

// Course returns the course with that slug, or problem.NotFound.
func (s *School) Course(slug string) (*Course, error) {
	for _, c := range s.courses {
		if c.Slug == slug {
			return c, nil
		}
	}
	return nil, problem.New(problem.NotFound, "course.not_found")
}

// Courses lists the catalogue.
func (s *School) Courses() []*Course { return s.courses }

// Library is the teaching text.
func (s *School) Library() *modules.Library { return s.lib }

// Module returns a module of the course, or problem.NotFound.
func (s *School) module(c *Course, slug string) (*modules.Module, Entry, error) {
	for _, e := range c.Entries {
		if e.Slug == slug {
			if m, ok := s.lib.Module(slug); ok {
				return m, e, nil
			}
		}
	}
	return nil, Entry{}, problem.New(problem.NotFound, "course.not_found")
}

// Minutes is how long the course takes by its authors' estimates, reading,
// checks and assessment together.
func (s *School) Minutes(c *Course) int { return minutes(c, s.lib) }

func minutes(c *Course, lib *modules.Library) int {
	n := c.Final.Minutes
	for _, e := range c.Entries {
		if m, ok := lib.Module(e.Slug); ok {
			n += m.Minutes.Total
		}
	}
	return n
}
