package quiz

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

func standingNow(t *testing.T, db *store.DB, r Rules) Standing {
	t.Helper()
	s, err := StandingOf(db.Read(t.Context()), enrolled, check, r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStart(t *testing.T) {
	db, clock := storetest.Open(t)
	rules := open
	rules.MaxAttempts = 3
	if s := standingNow(t, db, rules); !reflect.DeepEqual(s, Standing{Left: 3}) {
		t.Errorf("before: %+v", s)
	}
	a := start(t, db, input(lamps(t), rules))
	clock.Advance(time.Hour)
	if s := standingNow(t, db, rules); s.Used != 1 || s.Left != 2 || s.OpenAttempt != a.ID || s.Last != nil || s.Passed {
		t.Errorf("open: %+v", s)
	}
	again := start(t, db, input(lamps(t), rules))
	if !again.Resumed || a.Resumed {
		t.Error("the second start does not say that it found the first")
	}
	if len(a.Dealt.Questions) != 5 || len(again.Dealt.Questions) != 0 {
		t.Errorf("dealt %d questions, and %d when it was found again", len(a.Dealt.Questions), len(again.Dealt.Questions))
	}
	again.Resumed, a.Dealt = false, Paper{}
	if !reflect.DeepEqual(a, again) {
		t.Errorf("the second start returns another attempt:\n%+v\n%+v", a, again)
	}
	if a.Number != 1 || a.Questions != 5 || a.Lang != i18n.CY || a.Edition != "abcdef012345" || a.BankEdition != lamps(t).Edition || a.Rules != rules || !a.StartedAt.Equal(storetest.Start) {
		t.Errorf("%+v", a)
	}
	got, paper, given, err := Open(db.Read(t.Context()), rhian, a.ID)
	if err != nil || !reflect.DeepEqual(got, a) || len(paper.Questions) != 5 || len(given) != 0 {
		t.Errorf("%+v, %d questions, %v, %v", got, len(paper.Questions), given, err)
	}
	lines, err := audit.About(db.Read(t.Context()), "attempt:"+a.ID)
	if err != nil || len(lines) != 1 || lines[0].Verb != "quiz.started" || lines[0].Actor != rhian {
		t.Errorf("audit: %v, %v", lines, err)
	}
}

// What belongs to someone else is not there at all, whichever way it is asked for.
func TestSomeoneElsesAttempt(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	rx := db.Read(t.Context())
	for name, try := range map[string]func(id string) error{
		"open":   func(id string) error { _, _, _, err := Open(rx, tom, id); return err },
		"look":   func(id string) error { _, err := Look(rx, tom, id, 1); return err },
		"result": func(id string) error { _, err := ResultOf(rx, tom, id); return err },
		"answer": func(id string) error { _, err := answer(t, db, tom, id, AnswerInput{Question: 1}); return err },
		"submit": func(id string) error {
			return write(t, db, func(tx store.Tx) error { _, err := Submit(tx, tom, id, i18n.EN); return err })
		},
	} {
		theirs := wantProblem(t, try(a.ID), problem.NotFound, "quiz.missing")
		nobodys := wantProblem(t, try("0000000000000000000000000x"), problem.NotFound, "quiz.missing")
		if theirs.Error() != nobodys.Error() {
			t.Errorf("%s: %v is not %v", name, theirs, nobodys)
		}
	}
	in := input(lamps(t), open)
	in.Person = tom
	wantProblem(t, write(t, db, func(tx store.Tx) error { _, err := Start(tx, in); return err }), problem.NotFound, "quiz.missing")
}

func TestLimit(t *testing.T) {
	db, _ := storetest.Open(t)
	rules := open
	rules.MaxAttempts = 2
	for n := 1; n <= 2; n++ {
		a := start(t, db, input(lamps(t), rules))
		if a.Number != n {
			t.Errorf("attempt %d has number %d", n, a.Number)
		}
		submit(t, db, a.ID)
	}
	if s := standingNow(t, db, rules); s.Left != 0 || s.Used != 2 || !s.WaitUntil.IsZero() {
		t.Errorf("%+v", s)
	}
	err := write(t, db, func(tx store.Tx) error { _, err := Start(tx, input(lamps(t), rules)); return err })
	wantProblem(t, err, problem.Conflict, "quiz.limit")
	// Another assessment, and another enrolment, have attempts of their own.
	in := input(lamps(t), rules)
	in.Assessment = "final:lamps"
	start(t, db, in)
	in = input(lamps(t), rules)
	in.Enrolment = "enrolment-2"
	start(t, db, in)
}

func TestWait(t *testing.T) {
	db, clock := storetest.Open(t)
	rules := open
	rules.WaitAfter, rules.Wait = 2, 10*time.Minute
	submit(t, db, start(t, db, input(lamps(t), rules)).ID)
	second := start(t, db, input(lamps(t), rules)) // after the first, no wait
	clock.Advance(time.Hour)                       // counted from the submission, not from the start
	submit(t, db, second.ID)
	clock.Advance(time.Minute + time.Millisecond)
	try := func() error {
		return write(t, db, func(tx store.Tx) error { _, err := Start(tx, input(lamps(t), rules)); return err })
	}
	p := wantProblem(t, try(), problem.TooMany, "quiz.wait")
	if p.RetryAfter != 9*time.Minute {
		t.Errorf("wait %v: whole seconds, rounded up", p.RetryAfter)
	}
	if s := standingNow(t, db, rules); !s.WaitUntil.Equal(storetest.Start.Add(70*time.Minute)) || s.Left != -1 {
		t.Errorf("%+v", s)
	}
	clock.Advance(p.RetryAfter)
	if s := standingNow(t, db, rules); !s.WaitUntil.IsZero() {
		t.Errorf("%+v", s)
	}
	if err := try(); err != nil {
		t.Errorf("after exactly the time that was said: %v", err)
	}
}

// A hundred presses at once: one attempt is begun, all are told of it.
func TestParallelStarts(t *testing.T) {
	db, _ := storetest.Open(t)
	rules := open
	rules.MaxAttempts = 3
	bank := lamps(t)
	ids := parallel(t, 100, func(i int) (string, error) {
		var a Attempt
		err := writeAs(db, func(tx store.Tx) (err error) { a, err = Start(tx, input(bank, rules)); return err })
		return a.ID, err
	})
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Fatalf("attempts %q and %q", ids[0], id)
		}
	}
	if s := standingNow(t, db, rules); s.Used != 1 {
		t.Errorf("%+v", s)
	}
}

// A hundred attempts at once, each begun and submitted: the limit of three holds.
func TestParallelAttemptsKeepTheLimit(t *testing.T) {
	db, _ := storetest.Open(t)
	rules := open
	rules.MaxAttempts = 3
	bank := lamps(t)
	done := parallel(t, 100, func(i int) (bool, error) {
		err := writeAs(db, func(tx store.Tx) error {
			a, err := Start(tx, input(bank, rules))
			if err != nil {
				return err
			}
			_, err = Submit(tx, rhian, a.ID, i18n.EN)
			return err
		})
		if p, ok := problem.As(err); ok && p.Key == "quiz.limit" {
			return false, nil
		}
		return true, err
	})
	n := 0
	for _, d := range done {
		if d {
			n++
		}
	}
	if s := standingNow(t, db, rules); n != 3 || s.Used != 3 || s.Left != 0 {
		t.Errorf("%d attempts went through; %+v", n, s)
	}
}

func writeAs(db *store.DB, fn func(tx store.Tx) error) error {
	return db.Write(context.Background(), store.Actor{Person: rhian, Via: "test"}, func(_ context.Context, tx store.Tx) error { return fn(tx) })
}

// parallel runs fn n times at once and returns what each returned.
func parallel[T any](t *testing.T, n int, fn func(i int) (T, error)) []T {
	t.Helper()
	results := make([]T, n)
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-gate
			r, err := fn(i)
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
			results[i] = r
		})
	}
	close(gate)
	wg.Wait()
	return results
}

// A retake through the database: what was weak is asked more, what was asked is
// not asked again while there is something new.
func TestRetakeKnowsTheHistory(t *testing.T) {
	db, _ := storetest.Open(t)
	b := manyQuestions(4, 8)
	rules := Rules{Draw: 10, PassPercent: 80, Feedback: Full}
	first := start(t, db, input(b, rules))
	answerAll(t, db, first.ID, func(s sheet) bool { return s.target.Objective != "o3" })
	submit(t, db, first.ID)
	second := start(t, db, input(b, rules))
	old, err := keysOf(db.Read(t.Context()), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, s := range old {
		asked[s.ref] = true
	}
	sheets, err := keysOf(db.Read(t.Context()), second.ID)
	if err != nil {
		t.Fatal(err)
	}
	weak := 0
	for _, s := range sheets {
		if s.target.Objective == "o3" {
			weak++
		}
		if asked[s.ref] {
			t.Errorf("%s is asked again", s.ref)
		}
	}
	if weak != 4 {
		t.Errorf("the weak objective has %d of 10 questions, want 4", weak)
	}
}

func TestStartOnlyAbout(t *testing.T) {
	db, _ := storetest.Open(t)
	in := input(lamps(t), Rules{Draw: 2, PassPercent: 80, Feedback: Full})
	in.Targets = []Target{{"lamps", "light"}}
	a := start(t, db, in)
	sheets, err := keysOf(db.Read(t.Context()), a.ID)
	if err != nil || len(sheets) != 2 || sheets[0].target.Objective != "light" || sheets[1].target.Objective != "light" {
		t.Errorf("%v, %v", sheets, err)
	}
}

// A fault of ours is an error without a kind, and nothing is begun.
func TestStartWithoutWhatItNeeds(t *testing.T) {
	db, _ := storetest.Open(t)
	for name, spoil := range map[string]func(*StartInput){
		"no bank":       func(in *StartInput) { in.Bank = nil },
		"no rules":      func(in *StartInput) { in.Rules = Rules{} },
		"a small bank":  func(in *StartInput) { in.Rules.Draw = 6 },
		"no language":   func(in *StartInput) { in.Lang = "" },
		"empty targets": func(in *StartInput) { in.Targets = []Target{{"lamps", "nothing"}} },
	} {
		in := input(lamps(t), open)
		spoil(&in)
		err := write(t, db, func(tx store.Tx) error { _, err := Start(tx, in); return err })
		if err == nil || problem.KindOf(err) != problem.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := standingNow(t, db, open); s.Used != 0 {
		t.Errorf("%+v", s)
	}
}
