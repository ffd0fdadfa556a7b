package course

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/modules/exercise"
)

// practise lets the learner into the second module, and returns it.
func (h *house) practise(t *testing.T) *modules.Module {
	t.Helper()
	h.read(t, "what-it-is")
	if _, err := h.school.Submit(t.Context(), h.viewer, i18n.EN, h.sit(t, "what-it-is")); err != nil {
		t.Fatal(err)
	}
	m, _ := h.school.lib.Module("signs")
	return m
}

func (h *house) exercise(t *testing.T, id string) Exercise {
	t.Helper()
	x, err := h.school.Exercise(t.Context(), h.viewer, slug, "signs", id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (h *house) keeps(t *testing.T, id string, sent Sent) error {
	t.Helper()
	return h.school.KeepExercise(t.Context(), h.viewer, i18n.CY, slug, "signs", id, sent)
}

// asRecommended is what experienced colleagues choose.
func asRecommended(e *exercise.Exercise) map[string]string {
	chosen := map[string]string{}
	for i := range e.Lines {
		chosen[e.Lines[i].ID] = e.Recommended(&e.Lines[i])
	}
	return chosen
}

// exec tries a statement on the database.
func (h *house) exec(t *testing.T, sql string) error {
	t.Helper()
	return h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return tx.Exec(sql).Error })
}

const rowsOfExercises = "SELECT count(*) FROM course_exercise_choices"

// An exercise is kept once, with its edition and language; doing it again is
// another run, and nothing asks for it.
func TestAnExerciseIsKept(t *testing.T) {
	h := open(t)
	m := h.practise(t)
	e := m.Exercises[0]
	before, err := h.school.Home(t.Context(), h.viewer)
	if err != nil {
		t.Fatal(err)
	}
	if x := h.exercise(t, e.ID); x.Run != 0 || x.Done() {
		t.Fatalf("before anything was done: run %d", x.Run)
	}
	first := Sent{1, asRecommended(e)}
	for range 2 { // the page is sent twice
		if err := h.keeps(t, e.ID, first); err != nil {
			t.Fatal(err)
		}
		if n := h.count(t, rowsOfExercises+" WHERE run = 1 AND lang = 'cy' AND edition = '"+e.Edition+"'"); n != len(e.Lines) {
			t.Fatalf("%d lines are kept of %d", n, len(e.Lines))
		}
	}
	if x := h.exercise(t, e.ID); !x.Done() || x.Run != 1 || !maps.Equal(x.Chosen, first.Chosen) {
		t.Errorf("it stands at run %d with %v", x.Run, x.Chosen)
	}
	other := maps.Clone(first.Chosen)
	other["mondays"] = exercise.Left
	if err := h.keeps(t, e.ID, Sent{2, other}); err != nil {
		t.Fatal(err)
	}
	if x := h.exercise(t, e.ID); x.Run != 2 || x.Chosen["mondays"] != exercise.Left {
		t.Errorf("the second time: run %d with %v", x.Run, x.Chosen)
	}
	list, err := h.school.Exercises(t.Context(), h.viewer, slug, m.Slug)
	if err != nil || len(list) != len(m.Exercises) || !list[0].Done() {
		t.Errorf("the list: %v", err)
	}
	after, err := h.school.Home(t.Context(), h.viewer)
	if err != nil || after.Next != before.Next || after.MinutesLeft != before.MinutesLeft {
		t.Errorf("an exercise changed what is next: %+v, before %+v (%v)", after.Next, before.Next, err)
	}
}

// A page that is behind, or not whole, keeps nothing and is told why.
func TestExercisesThatAreNotKept(t *testing.T) {
	h := open(t)
	if _, err := h.school.Exercises(t.Context(), h.viewer, slug, "what-it-is"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("a module without exercises: %v", err)
	}
	var missing *StepMissing
	if _, err := h.school.Exercises(t.Context(), h.viewer, slug, "signs"); !errors.As(err, &missing) || problem.KindOf(err) != problem.Conflict {
		t.Errorf("a locked module: %v", err)
	}
	e := h.practise(t).Exercises[0]
	if err := h.keeps(t, "none", Sent{1, nil}); problem.KindOf(err) != problem.NotFound {
		t.Errorf("no such exercise: %v", err)
	}
	nothing := maps.Clone(asRecommended(e))
	for id := range nothing {
		nothing[id] = exercise.Left
	}
	p, ok := problem.As(h.keeps(t, e.ID, Sent{1, nothing}))
	if !ok || p.Kind != problem.Invalid || p.Fields[e.Lines[0].Field()] != "course.exercise.nothing" {
		t.Errorf("nothing marked: %+v", p)
	}
	for _, run := range []int{0, 2, -1} {
		if err := h.keeps(t, e.ID, Sent{run, asRecommended(e)}); problem.KindOf(err) != problem.Conflict {
			t.Errorf("run %d of none: %v", run, err)
		}
	}
	if n := h.count(t, rowsOfExercises); n != 0 {
		t.Fatalf("%d lines are kept", n)
	}
	if err := h.keeps(t, e.ID, Sent{1, asRecommended(e)}); err != nil {
		t.Fatal(err)
	}
	other := asRecommended(e)
	other[e.Lines[0].ID] = exercise.Left
	if err := h.keeps(t, e.ID, Sent{1, other}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("a page that is behind: %v", err)
	}
	if x := h.exercise(t, e.ID); !maps.Equal(x.Chosen, asRecommended(e)) {
		t.Errorf("what was kept first is now %v", x.Chosen)
	}
}

// What was chosen is never changed; an exercise that was rewritten begins anew.
func TestWhatWasChosenStays(t *testing.T) {
	h := open(t)
	m := h.practise(t)
	e := m.Exercises[0]
	if err := h.keeps(t, e.ID, Sent{1, asRecommended(e)}); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"UPDATE course_exercise_choices SET choice = 'leave'", "DELETE FROM course_exercise_choices"} {
		if err := h.exec(t, sql); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	rewritten := *e
	rewritten.Lines = slices.Clone(e.Lines)
	rewritten.Lines[0].ID = "new"
	m.Exercises[0] = &rewritten
	x := h.exercise(t, e.ID)
	if !x.Anew || x.Done() || x.Run != 1 {
		t.Fatalf("the rewritten exercise: anew %v, run %d", x.Anew, x.Run)
	}
	if err := h.keeps(t, e.ID, Sent{2, asRecommended(&rewritten)}); err != nil {
		t.Fatal(err)
	}
	if x := h.exercise(t, e.ID); !x.Done() || x.Run != 2 {
		t.Errorf("done again: anew %v, run %d", x.Anew, x.Run)
	}
}

// Lines and choices stand in an order that tells nothing, and always the same for
// one person.
func TestTheOrderTellsNothing(t *testing.T) {
	e := &exercise.Exercise{ID: "steps", Kind: exercise.Order, Lines: make([]exercise.Line, 8)}
	for i := range e.Lines {
		e.Lines[i].ID = string(rune('a' + i))
	}
	names := func(x Exercise) (s string) {
		for _, l := range x.Shuffled() {
			s += l.ID
		}
		return s
	}
	orders := map[string]bool{}
	for _, who := range []string{"rhian", "tom", "aisha"} {
		x := Exercise{Module: &modules.Module{Slug: "signs"}, Exercise: e, enrolment: who}
		once, again := names(x), names(x)
		if once != again || len(once) != 8 {
			t.Errorf("%s sees %s, then %s", who, once, again)
		}
		orders[names(x)] = true
	}
	if len(orders) < 2 || orders["abcdefgh"] {
		t.Errorf("the orders are %v", orders)
	}
	wordings := exercise.Line{ID: "l", Choices: []exercise.Choice{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	first := map[string]bool{}
	for _, who := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		x := Exercise{Module: &modules.Module{Slug: "signs"}, Exercise: &exercise.Exercise{ID: "note", Kind: exercise.Rewrite}, enrolment: who}
		first[x.Offered(wordings)[0].ID] = true
	}
	if len(first) != 3 || wordings.Choices[0].ID != "a" {
		t.Errorf("what stands first is one of %v", first)
	}
}
