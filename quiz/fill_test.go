package quiz

import (
	"reflect"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// bestOf gives the best answer to the questions of a paper, each a minute after the
// one before.
func bestOf(t *testing.T, db *store.DB, attempt string) (Paper, []Given) {
	t.Helper()
	_, paper, _, err := Open(db.Read(t.Context()), rhian, attempt)
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := keysOf(db.Read(t.Context()), attempt)
	if err != nil {
		t.Fatal(err)
	}
	var all []Given
	for i, s := range sheets {
		all = append(all, Given{Question: s.number, Response: perfect(s.key), Sure: Fairly, Lang: i18n.CY,
			At: store.At(storetest.Start.Add(time.Duration(i) * time.Minute))})
	}
	return paper, all
}

func fill(t *testing.T, db *store.DB, person, attempt string, paper Paper, all []Given) error {
	t.Helper()
	return write(t, db, func(tx store.Tx) error { return Fill(tx, person, attempt, paper, all) })
}

// What is filled in at once is kept as if it had been given one by one, each as of
// its own moment, and is marked like it.
func TestFillKeepsWhatAnswerWould(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	paper, all := bestOf(t, db, a.ID)
	if !reflect.DeepEqual(paper, a.Dealt) {
		t.Errorf("dealt %+v, and kept as %+v", a.Dealt, paper)
	}
	if err := fill(t, db, rhian, a.ID, paper, append(all[1:len(all):len(all)], Given{Question: 1})); err != nil {
		t.Fatal(err)
	}
	if n := rowsOf(t, db, a.ID); n != len(all)-1 {
		t.Errorf("%d rows for %d answers", n, len(all)-1)
	}
	for _, g := range all[1:] {
		v, err := Look(db.Read(t.Context()), rhian, a.ID, g.Question)
		if err != nil || v.Given.Version != 1 || v.Given.Sure != Fairly || v.Given.Lang != i18n.CY || !v.Given.At.Equal(g.At.Time) ||
			!same(v.Given.Response, v.Question.canonical(g.Response)) {
			t.Errorf("%+v is kept as %+v, %v", g, v.Given, err)
		}
	}
	if s := mustAnswer(t, db, a.ID, AnswerInput{Question: 1, Response: all[0].Response, Sure: Fairly}); s.Version != 1 {
		t.Errorf("an empty answer was kept: %+v", s)
	}
	if m := submit(t, db, a.ID); m.Percent != 100 || m.Lang != i18n.CY {
		t.Errorf("marked as %+v", m)
	}
}

// What Answer refuses is refused, and then nothing of it all is kept.
func TestFillRefuses(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	paper, all := bestOf(t, db, a.ID)
	with := func(change func(*Given)) []Given {
		spoilt := append([]Given(nil), all...)
		change(&spoilt[len(spoilt)-1])
		return spoilt
	}
	refused := func(err error, kind problem.Kind, key string) {
		t.Helper()
		wantProblem(t, err, kind, key)
		if n := rowsOf(t, db, a.ID); n != 0 {
			t.Errorf("%s: %d answers are kept", key, n)
		}
	}
	refused(fill(t, db, tom, a.ID, paper, all), problem.NotFound, "quiz.missing")
	refused(fill(t, db, rhian, a.ID, paper, with(func(g *Given) { g.Question = len(all) + 1 })), problem.NotFound, "quiz.missing")
	refused(fill(t, db, rhian, a.ID, paper, with(func(g *Given) { g.Question = 0 })), problem.NotFound, "quiz.missing")
	refused(fill(t, db, rhian, a.ID, paper, with(func(g *Given) { *g = all[0] })), problem.Conflict, "quiz.meanwhile")
	if err := fill(t, db, rhian, a.ID, paper, with(func(g *Given) { g.Sure = "very" })); problem.KindOf(err) != problem.Invalid {
		t.Error(err)
	}
	if err := fill(t, db, rhian, a.ID, paper, with(func(g *Given) { g.Response = Response{Choices: []string{"nowhere"}} })); problem.KindOf(err) != problem.Invalid {
		t.Error(err)
	}
	if n := rowsOf(t, db, a.ID); n != 0 {
		t.Errorf("%d answers are kept", n)
	}
	if err := fill(t, db, rhian, a.ID, paper, nil); err != nil {
		t.Error(err)
	}
	submit(t, db, a.ID)
	refused(fill(t, db, rhian, a.ID, paper, all), problem.Conflict, "quiz.closed")
}
