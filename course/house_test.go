package course

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
	"golau/internal/store/storetest"
	"golau/modules"
	"golau/quiz"
)

// house is a school with one learner, on a database whose chance is the same
// each time.
type house struct {
	db     *store.DB
	clock  *storetest.Clock
	school *School
	viewer people.Viewer
}

// contents are what is compiled in, read once.
var contents = sync.OnceValue(func() (c struct {
	lib   *modules.Library
	banks *quiz.Banks
	err   error
}) {
	var errs [2]error
	c.lib, _, errs[0] = modules.Load(modules.Content())
	c.banks, _, errs[1] = quiz.Load(quiz.Content())
	c.err = errors.Join(errs[:]...)
	return c
})

// taught returns what is compiled in, with modules, lists of cases and lists of
// exercises that a test may change; what lies in them is everybody's.
func taught(t testing.TB) (*modules.Library, *quiz.Banks) {
	t.Helper()
	c := contents()
	if c.err != nil {
		t.Fatal(c.err)
	}
	lib := *c.lib
	lib.Modules = nil
	for _, m := range c.lib.Modules {
		own := *m
		own.Cases, own.Exercises = slices.Clone(m.Cases), slices.Clone(m.Exercises)
		lib.Modules = append(lib.Modules, &own)
	}
	return &lib, c.banks
}

const slug = "child-trafficking"

func open(t testing.TB) *house {
	t.Helper()
	h := &house{clock: storetest.NewClock(storetest.Start)}
	dir := t.TempDir()
	var err error
	path := filepath.Join(dir, "golau.db")
	storetest.Copy(t, path)
	h.db, err = store.Open(t.Context(), store.Options{Path: path, Now: h.clock.Now, Rand: rand.NewChaCha8([32]byte{7})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.db.Close() })
	keys, err := certificates.OpenKeys(filepath.Join(dir, "keys"), h.db.Chance())
	if err != nil {
		t.Fatal(err)
	}
	lib, banks := taught(t)
	if h.school, err = New(h.db, lib, banks, keys, Options{}); err != nil {
		t.Fatal(err)
	}
	// What is tested here is what a pass leads to, not who earns one.
	c := h.school.courses[0]
	c.Check.PassPercent, c.Final.PassPercent = 1, 1
	h.viewer = h.learner(t)
	h.accept(t)
	return h
}

func (h *house) learner(t testing.TB) (v people.Viewer) {
	t.Helper()
	err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
		board, err := people.AddBoard(tx, people.NewBoard{Key: "bro", Name: i18n.Text{EN: "Bro Safeguarding Board", CY: "Bwrdd Diogelu Bro"}})
		if err != nil {
			return err
		}
		org, err := people.AddOrganisation(tx, people.NewOrganisation{Key: "ysgol", Name: i18n.Text{EN: "Bro School", CY: "Ysgol Bro"}})
		if err != nil {
			return err
		}
		if err := people.LinkBoard(tx, org, board); err != nil {
			return err
		}
		if v.Person, err = people.AddPerson(tx, people.NewPerson{Email: "rhian@demo.example", Name: "Rhian Morgan", Language: i18n.CY}); err != nil {
			return err
		}
		m, err := people.AddMembership(tx, people.NewMembership{PersonID: v.Person, OrganisationID: org, BoardID: board, Role: people.Learner, JobRole: people.Education})
		v.Name, v.Memberships = "Rhian Morgan", []people.Membership{{ID: m, JobRole: people.Education}}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.school.Welcome(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	return v
}

// read finishes every part of a module.
func (h *house) read(t *testing.T, module string) {
	t.Helper()
	m, _ := h.school.lib.Module(module)
	for _, s := range m.Sections {
		if _, err := h.school.Continue(t.Context(), h.viewer, i18n.CY, slug, module, s.ID); err != nil {
			t.Fatal(err)
		}
	}
}

// sit begins an assessment and gives the first answer that each question
// offers.
func (h *house) sit(t *testing.T, module string) string {
	t.Helper()
	id, err := h.school.StartAttempt(t.Context(), h.viewer, i18n.CY, slug, module)
	if err != nil {
		t.Fatal(err)
	}
	h.answer(t, id)
	return id
}

// answer gives the first answer that each question of an attempt offers.
func (h *house) answer(t *testing.T, id string) {
	t.Helper()
	_, paper, _, _, err := h.school.Review(t.Context(), h.viewer, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range paper.Questions {
		if _, err := h.school.Answer(t.Context(), h.viewer, id, quiz.AnswerInput{Question: q.Number, Response: first(q), Lang: i18n.CY}); err != nil {
			t.Fatal(err)
		}
	}
}

// upToFinal finishes both modules and returns an answered final assessment.
func (h *house) upToFinal(t *testing.T) string {
	t.Helper()
	h.upTo(t)
	return h.sit(t, "")
}

// upTo finishes both modules.
func (h *house) upTo(t *testing.T) {
	t.Helper()
	for _, e := range h.school.courses[0].Entries {
		h.read(t, e.Slug)
		if mark, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, h.sit(t, e.Slug)); err != nil || !mark.Passed {
			t.Fatalf("check of %s: passed %v, %v", e.Slug, mark.Passed, err)
		}
	}
}

// first is the first answer that a question offers.
func first(q quiz.PaperQuestion) (r quiz.Response) {
	switch q.Type {
	case quiz.Single, quiz.Multiple:
		r.Choices = []string{q.Choices[0].ID}
	case quiz.Ordering:
		for _, c := range q.Choices {
			r.Order = append(r.Order, c.ID)
		}
	default:
		r.Rows = map[string]string{}
		for _, row := range q.Rows {
			r.Rows[row.ID] = q.Offers(row)[0].ID
		}
	}
	return r
}
