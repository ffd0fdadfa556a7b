package quiz

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

func TestSubmit(t *testing.T) {
	db, clock := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	answerAll(t, db, a.ID, func(s sheet) bool { return s.key.Type != Single })
	clock.Advance(time.Hour)
	m := submit(t, db, a.ID)
	if m.Points != 4*Whole || m.Possible != 5*Whole || m.Percent != 80 || !m.Passed || m.AlreadySubmitted ||
		m.Lang != i18n.EN || m.Edition != a.Edition || !m.SubmittedAt.Equal(storetest.Start.Add(time.Hour)) {
		t.Errorf("%+v", m)
	}
	for _, o := range m.Objectives {
		weak := o.Objective == "light"
		if weak && (o.Questions != 2 || o.Points != Whole || o.Possible != 2*Whole) || o.Weak(80) != weak || o.Module != "lamps" {
			t.Errorf("%+v", o)
		}
	}
	s := standingNow(t, db, open)
	if s.Used != 1 || s.Left != -1 || s.OpenAttempt != "" || s.BestPercent != 80 || !s.Passed || !reflect.DeepEqual(*s.Last, m) {
		t.Errorf("%+v", s)
	}
	got, _, _, err := Open(db.Read(t.Context()), rhian, a.ID)
	if err != nil || got.Open {
		t.Errorf("the attempt is still open: %+v, %v", got, err)
	}
	lines, err := audit.About(db.Read(t.Context()), "attempt:"+a.ID)
	if err != nil || len(lines) != 2 || lines[1].Verb != "quiz.submitted" {
		t.Errorf("audit: %v, %v", lines, err)
	}
}

// The best attempt stays the best, the pass stays a pass, the last is the last.
func TestStandingAfterSeveral(t *testing.T) {
	db, _ := storetest.Open(t)
	for i, want := range []func(sheet) bool{
		func(s sheet) bool { return s.key.Type == Single },
		func(sheet) bool { return true },
		func(sheet) bool { return false },
	} {
		a := start(t, db, input(lamps(t), open))
		answerAll(t, db, a.ID, want)
		submit(t, db, a.ID)
		s := standingNow(t, db, open)
		if s.Used != i+1 || s.Last.Percent != []int{20, 100, 0}[i] || s.BestPercent != []int{20, 100, 100}[i] || s.Passed != (i > 0) {
			t.Errorf("after %d: %+v", i+1, s)
		}
	}
	all, err := Sittings(db.Read(t.Context()), enrolled, check)
	if err != nil || len(all) != 3 || all[1].Mark.Percent != 100 || all[2].Number != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestNothingAnsweredIsNothing(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	n := numberOf(t, db, a.ID, Single)
	mustAnswer(t, db, a.ID, AnswerInput{Question: n, Response: perfectOf(t, db, a.ID, n)})
	mustAnswer(t, db, a.ID, AnswerInput{Question: n, Version: 1}) // cleared again
	if m := submit(t, db, a.ID); m.Points != 0 || m.Percent != 0 || m.Passed {
		t.Errorf("%+v", m)
	}
}

func perfectOf(t *testing.T, db *store.DB, attempt string, n int) Response {
	t.Helper()
	sheets, err := keysOf(db.Read(t.Context()), attempt)
	if err != nil {
		t.Fatal(err)
	}
	return perfect(sheets[n-1].key)
}

func TestParallelSubmits(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	answerAll(t, db, a.ID, func(sheet) bool { return true })
	marks := parallel(t, 100, func(int) (Mark, error) {
		var m Mark
		err := writeAs(db, func(tx store.Tx) (err error) { m, err = Submit(tx, rhian, a.ID, i18n.EN); return err })
		return m, err
	})
	first := 0
	for _, m := range marks {
		if !m.AlreadySubmitted {
			first++
		}
		m.AlreadySubmitted = marks[0].AlreadySubmitted
		if !reflect.DeepEqual(m, marks[0]) {
			t.Fatalf("%+v\n%+v", m, marks[0])
		}
	}
	lines, err := audit.About(db.Read(t.Context()), "attempt:"+a.ID)
	if first != 1 || err != nil || len(lines) != 2 {
		t.Errorf("%d first submissions, %d audit lines, %v", first, len(lines), err)
	}
}

func TestFullResult(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(lamps(t), open))
	_, err := ResultOf(db.Read(t.Context()), rhian, a.ID)
	wantProblem(t, err, problem.Conflict, "quiz.open")
	sheets, err := sheetsOf(db.Read(t.Context()), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		in := AnswerInput{Question: s.number, Response: perfect(s.key)}
		switch s.key.Type {
		case Single: // safe, but slower; not sure
			in.Response, in.Sure = Response{Choices: []string{idOf(s.key.Choices, "secret-half")}}, Guessing
		case Multiple: // sure, and mistaken
			in.Response, in.Sure = Response{Choices: []string{idOf(s.key.Choices, "secret-w1")}}, Certain
		case Ordering: // the last step first
			in.Response.Order = append([]string{in.Response.Order[3]}, in.Response.Order[:3]...)
		case Matching:
			in.Sure = Certain
		case Rewrite:
			in.Response.Rows["1"], in.Response.Rows["2"] = idOf(s.key.Rows[0].Choices, "secret-c"), ""
		}
		mustAnswer(t, db, a.ID, in)
	}
	m := submit(t, db, a.ID)
	r, err := ResultOf(db.Read(t.Context()), rhian, a.ID)
	if err != nil || !reflect.DeepEqual(r.Mark, m) || len(r.Questions) != 5 {
		t.Fatalf("%+v, %v", r, err)
	}
	if q := r.Questions[0]; q.Type != Multiple || !q.SureAndMistaken() {
		t.Errorf("first stands %s", q.Type)
	}
	if q := r.Questions[4]; q.Type != Matching || q.SureAndMistaken() {
		t.Errorf("last stands %s", q.Type)
	}
	var sum Credit
	by := map[Kind]Reviewed{}
	for _, q := range r.Questions {
		sum += q.Credit
		by[q.Type] = q
		if !q.Answered || q.Module != "lamps" || q.Section == "" || q.Stem.CY == "" {
			t.Errorf("%+v", q)
		}
	}
	if sum != m.Points {
		t.Errorf("the parts are %d, the mark %d", sum, m.Points)
	}

	s := by[Single]
	if s.Verdict != Partly || s.Sure != Guessing || s.Section != "secret-wick" {
		t.Errorf("%+v", s)
	}
	for _, o := range s.Options {
		best, half := o.Text.EN == "Light the lamp", o.Text.EN == "Fetch a match"
		if o.Best != best || o.Chosen != half || !strings.HasPrefix(o.Feedback.CY, "secret-feedback") ||
			best != (o.Worth == Whole) || half != (o.Worth == Whole/2) {
			t.Errorf("%+v", o)
		}
	}
	if q := by[Multiple]; q.Verdict != NotYet || q.Credit != 0 {
		t.Errorf("%+v", q)
	}
	ordered := by[Ordering]
	var places []int
	for i, row := range ordered.Rows {
		places = append(places, row.Given)
		if row.Verdict != []Verdict{Right, Right, NotYet, NotYet}[i] || row.Feedback.EN != "secret-feedback" {
			t.Errorf("step %d: %+v", i+1, row)
		}
	}
	if !slices.Equal(places, []int{2, 3, 4, 1}) || ordered.Rows[0].Best.EN != "Strike" || ordered.Rows[0].Chosen.EN != "Blow out the match" || ordered.Verdict != Partly {
		t.Errorf("%+v", ordered)
	}
	for i, row := range by[Matching].Rows {
		right := []string{"the lamp", "the oil", "the oil"}[i]
		if row.Chosen.EN != right || row.Best.EN != right || row.Verdict != Right || row.Label.EN == "" || row.Feedback.EN != "secret-feedback" {
			t.Errorf("%+v", row)
		}
	}
	rewrite := by[Rewrite]
	if row := rewrite.Rows[0]; row.Chosen.EN != "Somebody was lazy." || row.Best.EN != "The lamp was out." || row.Verdict != NotYet || len(row.Options) != 3 {
		t.Errorf("%+v", row)
	}
	if row := rewrite.Rows[1]; row.Chosen.EN != "" || row.Best.EN != "I lit it at 19.05." || row.Feedback.EN != "secret-feedback" {
		t.Errorf("%+v", row)
	}
}

func idOf(keys []keyChoice, ref string) string {
	for _, k := range keys {
		if k.Ref == ref {
			return k.ID
		}
	}
	return ""
}

// Where a further attempt is to test something, the result says nothing about a
// single question.
func TestResultByObjective(t *testing.T) {
	db, _ := storetest.Open(t)
	rules := open
	rules.Feedback = ByObjective
	a := start(t, db, input(lamps(t), rules))
	answerAll(t, db, a.ID, func(s sheet) bool { return s.key.Type == Single })
	submit(t, db, a.ID)
	r, err := ResultOf(db.Read(t.Context()), rhian, a.ID)
	if err != nil || r.Questions != nil || len(r.Mark.Objectives) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	said, err := json.Marshal(r)
	if err != nil || strings.Contains(string(said), "secret") {
		t.Errorf("%s, %v", said, err)
	}
}

// The mark is by the key of the day the attempt began, whatever became of the bank.
func TestFrozenKey(t *testing.T) {
	db, _ := storetest.Open(t)
	b := lamps(t)
	a := start(t, db, input(b, open))
	answerAll(t, db, a.ID, func(sheet) bool { return true })
	for i := range b.questions {
		for j := range b.questions[i].Options {
			b.questions[i].Options[j].Worth = "0"
		}
		b.questions[i].Stem = both("changed")
	}
	if m := submit(t, db, a.ID); m.Percent != 100 {
		t.Errorf("%+v", m)
	}
	r, err := ResultOf(db.Read(t.Context()), rhian, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range r.Questions {
		if strings.Contains(q.Stem.EN, "changed") {
			t.Error("the result shows the changed question")
		}
	}
}
