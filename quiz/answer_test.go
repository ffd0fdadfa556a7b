package quiz

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

func rowsOf(t *testing.T, db *store.DB, attempt string) int {
	t.Helper()
	var n int
	if err := db.Read(t.Context()).Raw("SELECT COUNT(*) FROM quiz_answers WHERE attempt_id = ?", attempt).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// numberOf returns the number on the paper of the first question of a kind.
func numberOf(t *testing.T, db *store.DB, attempt string, kind Kind) int {
	t.Helper()
	sheets, err := keysOf(db.Read(t.Context()), attempt)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		if s.key.Type == kind {
			return s.number
		}
	}
	t.Fatalf("no %s question", kind)
	return 0
}

func TestAnswerIsKeptInVersions(t *testing.T) {
	db, clock := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Single)
	first := mustAnswer(t, db, a.ID, AnswerInput{Question: n, Response: Response{Choices: []string{"b"}}, Sure: Fairly, Lang: i18n.CY})
	if first.Version != 1 || !first.At.Equal(storetest.Start) {
		t.Errorf("%+v", first)
	}
	clock.Advance(time.Minute)
	second := mustAnswer(t, db, a.ID, AnswerInput{Question: n, Version: 1, Response: Response{Choices: []string{"a"}}, Sure: Certain})
	if second.Version != 2 || !second.At.Equal(storetest.Start.Add(time.Minute)) {
		t.Errorf("%+v", second)
	}
	v, err := Look(db.Read(t.Context()), rhian, a.ID, n)
	want := Given{n, 2, Response{Choices: []string{"a"}}, Certain, i18n.EN, second.At}
	if err != nil || !reflect.DeepEqual(v.Given, want) || !v.Answered[n-1] || v.Question.Type != Single || v.Attempt.ID != a.ID {
		t.Errorf("%+v, %v", v, err)
	}
	// Cleared: a third version, and the question counts as open again.
	clock.Advance(time.Minute)
	if s := mustAnswer(t, db, a.ID, AnswerInput{Question: n, Version: 2}); s.Version != 3 {
		t.Errorf("%+v", s)
	}
	v, err = Look(db.Read(t.Context()), rhian, a.ID, n)
	if err != nil || v.Given.Version != 3 || !v.Given.Response.Empty() || v.Answered[n-1] {
		t.Errorf("%+v, %v", v, err)
	}
	_, _, given, err := Open(db.Read(t.Context()), rhian, a.ID)
	if err != nil || len(given) != 1 || given[0].Version != 3 || rowsOf(t, db, a.ID) != 3 {
		t.Errorf("%+v, %v, %d rows", given, err, rowsOf(t, db, a.ID))
	}
}

func TestEveryKindOfAnswerComesBack(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	sheets, err := keysOf(db.Read(t.Context()), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		r := perfect(s.key)
		mustAnswer(t, db, a.ID, AnswerInput{Question: s.number, Response: r})
		v, err := Look(db.Read(t.Context()), rhian, a.ID, s.number)
		if err != nil || !same(v.Given.Response, v.Question.canonical(r)) || !v.Question.Complete(v.Given.Response) {
			t.Errorf("%s: %+v, %v", s.key.Type, v.Given, err)
		}
	}
}

func TestTheSameAnswerAgain(t *testing.T) {
	db, clock := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Multiple)
	in := AnswerInput{Question: n, Response: Response{Choices: []string{"c", "a"}}, Sure: Certain, Lang: i18n.CY}
	first := mustAnswer(t, db, a.ID, in)
	clock.Advance(time.Hour)
	in.Response.Choices, in.Lang = []string{"a", "c"}, i18n.EN // another order of the boxes, the other language
	for _, version := range []int{0, 1, 7} {
		in.Version = version
		if again := mustAnswer(t, db, a.ID, in); again != first {
			t.Errorf("version %d: %+v, first %+v", version, again, first)
		}
	}
	if rowsOf(t, db, a.ID) != 1 {
		t.Errorf("%d rows", rowsOf(t, db, a.ID))
	}
	in.Version, in.Sure = 1, Guessing
	if s := mustAnswer(t, db, a.ID, in); s.Version != 2 {
		t.Error("how sure one is belongs to the answer")
	}
	// Nothing said about a question not answered yet is nothing to keep.
	other := numberOf(t, db, a.ID, Single)
	if s := mustAnswer(t, db, a.ID, AnswerInput{Question: other}); s.Version != 0 || !s.At.IsZero() {
		t.Errorf("%+v", s)
	}
}

func TestParallelCopiesOfAnAnswer(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Single)
	replies := parallel(t, 50, func(int) (Saved, error) {
		var s Saved
		err := writeAs(db, func(tx store.Tx) (err error) {
			s, err = Answer(tx, rhian, a.ID, AnswerInput{Question: n, Response: Response{Choices: []string{"b"}}, Lang: i18n.EN})
			return err
		})
		return s, err
	})
	for _, r := range replies {
		if r != replies[0] || r.Version != 1 {
			t.Fatalf("%+v and %+v", r, replies[0])
		}
	}
	if rowsOf(t, db, a.ID) != 1 {
		t.Errorf("%d rows", rowsOf(t, db, a.ID))
	}
}

// The tab that was left open must not undo what was answered since.
func TestStaleTab(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Single)
	give := func(version int, choice string) error {
		_, err := answer(t, db, rhian, a.ID, AnswerInput{Question: n, Version: version, Response: Response{Choices: []string{choice}}})
		return err
	}
	for version, choice := range []string{"a", "b"} {
		if err := give(version, choice); err != nil {
			t.Fatal(err)
		}
	}
	for _, version := range []int{0, 1, 3, -1} { // 3 was never given out
		p := wantProblem(t, give(version, "c"), problem.Conflict, "quiz.stale")
		if p.Args["Version"] != 2 {
			t.Errorf("version %d: the problem says %v", version, p.Args)
		}
	}
	v, err := Look(db.Read(t.Context()), rhian, a.ID, n)
	if err != nil || v.Given.Response.Choices[0] != "b" || rowsOf(t, db, a.ID) != 2 {
		t.Errorf("%+v, %v", v.Given, err)
	}
	if err := give(2, "c"); err != nil {
		t.Error(err)
	}
}

// A page that never heard what became of its own answer may replace it; not what
// was given elsewhere since, nor once it has been replaced.
func TestAPageKnowsItsOwnAnswer(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Single)
	v, err := Look(db.Read(t.Context()), rhian, a.ID, n)
	if err != nil {
		t.Fatal(err)
	}
	give := func(version int, choice string, sent ...string) error {
		_, err := answer(t, db, rhian, a.ID, AnswerInput{Question: n, Version: version, Sure: Fairly,
			Response: Response{Choices: []string{choice}}, Sent: ParseSent(v.Question, sent)})
		return err
	}
	const wasA, wasB, wasC = "answer=a&sure=fairly&version=0", "sure=fairly&answer=b", "answer=c&sure=fairly"
	for _, kept := range []error{give(0, "a"), give(0, "b", "%zz", "answer=zz", wasA), give(0, "c", wasB, wasA)} {
		if kept != nil {
			t.Error(kept)
		}
	}
	for name, err := range map[string]error{
		"late":               give(0, "b", wasA),
		"elsewhere":          give(2, "a", wasB),
		"surer":              give(2, "a", "answer=c&sure=sure"),
		"many versions":      give(0, "a", wasC, wasB),
		"never given":        give(4, "a", wasC),
		"not on the paper":   give(2, "a", "answer=zz"),
		"a hundred at once":  give(-90, "a", strings.Split(strings.Repeat(wasC+" ", 99), " ")...),
		"of another subject": give(2, "a", "step.1=c"),
	} {
		if p, ok := problem.As(err); !ok || p.Key != "quiz.stale" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if rowsOf(t, db, a.ID) != 3 {
		t.Errorf("%d rows", rowsOf(t, db, a.ID))
	}
}

// Two tabs at once with different answers: one is kept, the other is told.
func TestParallelTabs(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Single)
	kept := parallel(t, 30, func(i int) (bool, error) {
		err := writeAs(db, func(tx store.Tx) error {
			_, err := Answer(tx, rhian, a.ID, AnswerInput{Question: n, Response: Response{Choices: []string{choiceID(i % 3)}}, Lang: i18n.EN})
			return err
		})
		if p, ok := problem.As(err); ok && p.Key == "quiz.stale" {
			return false, nil
		}
		return true, err
	})
	n = 0
	for _, k := range kept {
		if k {
			n++
		}
	}
	if n != 10 || rowsOf(t, db, a.ID) != 1 { // the winner and the nine that say the same
		t.Errorf("%d were told yes, %d rows", n, rowsOf(t, db, a.ID))
	}
}

func TestAnswerRefuses(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	single := numberOf(t, db, a.ID, Single)
	for name, in := range map[string]AnswerInput{
		"unknown option":       {Question: single, Response: Response{Choices: []string{"secret-best"}}},
		"an option of another": {Question: single, Response: Response{Choices: []string{"d"}}},
		"two for one":          {Question: single, Response: Response{Choices: []string{"a", "b"}}},
		"another shape":        {Question: single, Response: Response{Rows: map[string]string{"1": "a"}}},
		"how sure":             {Question: single, Response: Response{Choices: []string{"a"}}, Sure: "very"},
		"a step in two places": {Question: numberOf(t, db, a.ID, Ordering), Response: Response{Order: []string{"a", "a"}}},
		"a row not there":      {Question: numberOf(t, db, a.ID, Matching), Response: Response{Rows: map[string]string{"9": "a"}}},
		"a wording not there":  {Question: numberOf(t, db, a.ID, Rewrite), Response: Response{Rows: map[string]string{"2": "c"}}},
	} {
		_, err := answer(t, db, rhian, a.ID, in)
		p := wantProblem(t, err, problem.Invalid, "quiz.answer.invalid")
		if len(p.Fields) == 0 {
			t.Errorf("%s: no field is named", name)
		}
	}
	for _, n := range []int{0, -1, 6, 1 << 40} {
		_, err := answer(t, db, rhian, a.ID, AnswerInput{Question: n, Response: Response{Choices: []string{"a"}}})
		wantProblem(t, err, problem.NotFound, "quiz.missing")
		_, err = Look(db.Read(t.Context()), rhian, a.ID, n)
		wantProblem(t, err, problem.NotFound, "quiz.missing")
	}
	if rowsOf(t, db, a.ID) != 0 {
		t.Error("something was kept")
	}
	submit(t, db, a.ID)
	_, err := answer(t, db, rhian, a.ID, AnswerInput{Question: single, Response: Response{Choices: []string{"a"}}})
	wantProblem(t, err, problem.Conflict, "quiz.closed")
	_, err = answer(t, db, rhian, a.ID, AnswerInput{Question: single})
	wantProblem(t, err, problem.Conflict, "quiz.closed")
}
