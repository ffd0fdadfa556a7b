package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/seed"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

var knowing = sync.OnceValues(func() (*seed.Oracle, error) { return seed.NewOracle(quiz.Content()) })

// learnt lets a person have done the modules of the course that they have not, but
// for some: by the school's own verbs, since nine modules page by page are what
// TestTheWholeWay is for.
func (h *house) learnt(person string, l i18n.Lang, but ...string) {
	h.t.Helper()
	oracle, err := knowing()
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range h.school.Courses()[0].Entries {
		if slices.Contains(but, e.Slug) {
			continue
		}
		done := h.count("course_module_completions m JOIN course_enrolments e ON e.id = m.enrolment_id WHERE person_id = ? AND module = ?", person, e.Slug) > 0
		if !done {
			h.write(func(tx store.Tx) error { return learn(tx, h.school, oracle, person, l, e.Slug) })
		}
	}
}

// learn lets a person read a module and pass its check.
func learn(tx store.Tx, school *course.School, oracle *seed.Oracle, person string, l i18n.Lang, module string) error {
	tx.By = store.Actor{Person: person, Via: "web"}
	m, _ := school.Library().Module(module)
	for _, s := range m.Sections {
		if err := school.ReadIn(tx, person, l, courseSlug, m, s.ID); err != nil {
			return err
		}
	}
	return pass(tx, school, oracle, person, l, module)
}

// pass lets a person pass a check, or the final assessment where module is empty.
func pass(tx store.Tx, school *course.School, oracle *seed.Oracle, person string, l i18n.Lang, module string) error {
	a, err := school.StartIn(tx, person, l, courseSlug, module)
	if err != nil {
		return err
	}
	var given []quiz.Given
	for _, q := range a.Dealt.Questions {
		best, err := oracle.Answer(q, true)
		if err != nil {
			return err
		}
		given = append(given, quiz.Given{Question: q.Number, Response: best, Lang: l, At: tx.Now})
	}
	if err := quiz.Fill(tx, person, a.ID, a.Dealt, given); err != nil {
		return err
	}
	mark, _, err := school.SubmitIn(tx, person, l, a.ID)
	if err == nil && !mark.Passed {
		err = fmt.Errorf("the check of %s came to %d %%", module, mark.Percent)
	}
	return err
}

// nearly lets some of a demonstration's cast have done the course but for the last
// modules, while nobody serves it: a browser walks two of them as it would all.
func nearly(t *testing.T, path string, but []string, who ...string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: path, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	keys, err := certificates.OpenKeys(filepath.Join(t.TempDir(), "keys"), db.Chance())
	if err != nil {
		t.Fatal(err)
	}
	library, _, err := modules.Load(modules.Content())
	if err != nil {
		t.Fatal(err)
	}
	banks, _, err := quiz.Load(quiz.Content())
	if err != nil {
		t.Fatal(err)
	}
	school, err := course.New(db, library, banks, keys, course.Options{Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	cast, err := people.Cast(db.Read(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, program: &program{db: db, school: school}}
	for _, c := range cast {
		if slices.Contains(who, c.Key) {
			h.learnt(c.Membership.PersonID, c.Language, but...)
		}
	}
}
