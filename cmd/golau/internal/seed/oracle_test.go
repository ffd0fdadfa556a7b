package seed

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
	"golau/internal/store"
	"golau/quiz"
)

// The oracle knows every question there is: asked for the best it earns all
// there is, asked for the worst next to nothing.
func TestOracleKnowsEveryBank(t *testing.T) {
	h, _ := fresh(t)
	c := contents()
	oracle, err := NewOracle(taught.Banks)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range c.banks.IDs() {
		bank := c.banks.Bank(id)
		for _, right := range []bool{true, false} {
			var mark quiz.Mark
			err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
				a, err := quiz.Start(tx, quiz.StartInput{Person: "p", Enrolment: id + map[bool]string{true: "+", false: "-"}[right],
					Assessment: "module:" + id, Bank: bank, Lang: i18n.CY,
					Rules: quiz.Rules{Draw: bank.Len(), PassPercent: 80, Feedback: quiz.Full}})
				if err != nil {
					return err
				}
				_, paper, _, err := quiz.Open(tx.Rx, "p", a.ID)
				if err != nil {
					return err
				}
				for _, q := range paper.Questions {
					response, err := oracle.Answer(q, right)
					if err != nil {
						return err
					}
					if right && !q.Complete(response) {
						t.Errorf("%s: %q is not answered whole", id, q.Stem.EN)
					}
					if _, err := quiz.Answer(tx, "p", a.ID, quiz.AnswerInput{Question: q.Number, Response: response, Lang: i18n.CY}); err != nil {
						return err
					}
				}
				mark, err = quiz.Submit(tx, "p", a.ID, i18n.CY)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if right && mark.Points != mark.Possible || !right && mark.Percent > 5 {
				t.Errorf("%s, right %t: %d %%", id, right, mark.Percent)
			}
		}
	}
}

func TestOracleRefuses(t *testing.T) {
	question := "- id: q1\n  type: single\n  stem: {en: \"What?\", cy: \"Beth?\"}\n  options:\n  - {id: a, worth: 1, text: {en: \"A\", cy: \"A\"}}\n"
	for what, c := range map[string]struct{ file, says string }{
		"the same question twice": {"questions:\n" + question + strings.Replace(question, "q1", "q2", 1), "question q2"},
		"what is no bank":         {"questions: 7", "x.yaml"},
	} {
		if _, err := NewOracle(fstest.MapFS{"x.yaml": {Data: []byte(c.file)}}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
	o, err := NewOracle(fstest.MapFS{"x.yaml": {Data: []byte("questions:\n" + question)}})
	if err != nil {
		t.Fatal(err)
	}
	q := quiz.PaperQuestion{Type: quiz.Single, Choices: []quiz.Choice{{ID: "c", Text: i18n.Text{EN: "A"}}}}
	if _, err := o.Answer(q, true); err == nil {
		t.Error("it answers a question that stands in no bank")
	}
	q.Stem.EN = "What?"
	if r, err := o.Answer(q, true); err != nil || len(r.Choices) != 1 || r.Choices[0] != "c" {
		t.Errorf("answered %v: %v", r, err)
	}
}
