package quiz

import (
	"testing"

	"golau/internal/problem"
	"golau/internal/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// A question that was read before is as good as one that is read anew: what can
// change meanwhile is looked at within the transaction.
func TestAskedBefore(t *testing.T) {
	db, _ := storetest.Open(t)
	a := start(t, db, input(manyQuestions(2, 2), Rules{Draw: 2, PassPercent: 80, Feedback: Full}))
	asked, err := Ask(db.Read(t.Context()), rhian, a.ID, 1)
	if err != nil || !asked.Open || asked.AttemptID != a.ID || asked.Questions != 2 || asked.Question.Number != 1 {
		t.Fatalf("%+v, %v", asked, err)
	}
	_, paper, _, err := Open(db.Read(t.Context()), rhian, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := paper.Questions[0]; !cmp.Equal(got, asked.Question) {
		t.Error(cmp.Diff(got, asked.Question))
	}
	in := AnswerInput{Question: 1, Asked: &asked.Question, Response: Response{Choices: []string{asked.Question.Choices[0].ID}}, Lang: "en"}
	if saved, err := answer(t, db, rhian, a.ID, in); err != nil || saved.Version != 1 {
		t.Errorf("%+v, %v", saved, err)
	}
	for name, c := range map[string]struct {
		change func(*AnswerInput)
		kind   problem.Kind
	}{
		"an older page":   {func(in *AnswerInput) { in.Response = Response{Choices: []string{asked.Question.Choices[1].ID}} }, problem.Conflict},
		"no such choice":  {func(in *AnswerInput) { in.Version, in.Response = 1, Response{Choices: []string{"zz"}} }, problem.Invalid},
		"no such certain": {func(in *AnswerInput) { in.Version, in.Sure = 1, "perhaps" }, problem.Invalid},
	} {
		in := in
		c.change(&in)
		if _, err := answer(t, db, rhian, a.ID, in); err == nil || problem.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Ask(db.Read(t.Context()), "somebody else", a.ID, 1); err == nil || problem.KindOf(err) != problem.NotFound {
		t.Errorf("asked for another: %v", err)
	}
	if _, err := Ask(db.Read(t.Context()), rhian, a.ID, 3); err == nil || problem.KindOf(err) != problem.NotFound {
		t.Errorf("asked for what is not there: %v", err)
	}
	submit(t, db, a.ID)
	in.Version, in.Sure = 1, Guessing
	if _, err := answer(t, db, rhian, a.ID, in); err == nil || problem.KindOf(err) != problem.Conflict {
		t.Errorf("after the end: %v", err)
	}
}
