package quiz

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// The banks of the product: complete, and enough for what the course draws.
func TestBanksOfTheProduct(t *testing.T) {
	banks, findings, err := Load(Content())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Warning {
			t.Log(f)
		} else {
			t.Error(f)
		}
	}
	for id, need := range map[string]Need{
		"what-it-is":  {Questions: 30, PerObjective: 6, Feedback: true},
		"signs":       {Questions: 30, PerObjective: 6, Feedback: true},
		"first-hours": {Questions: 32, PerObjective: 6, Feedback: true},
		"final":       {Questions: 60, PerObjective: 6},
	} {
		b := banks.Bank(id)
		if b == nil {
			t.Errorf("there is no bank %s", id)
			continue
		}
		for _, f := range b.Check(need) {
			t.Error(f)
		}
	}
}

// Every question of the product can be put on a paper, answered in the best way,
// marked whole and shown again.
func TestEveryQuestionOfTheProductCanBePassed(t *testing.T) {
	banks, _, err := Load(Content())
	if err != nil {
		t.Fatal(err)
	}
	db, _ := storetest.Open(t)
	for _, id := range banks.IDs() {
		b := banks.Bank(id)
		in := input(b, Rules{Draw: b.Len(), PassPercent: 100, Feedback: Full})
		in.Assessment = "module:" + id
		a := start(t, db, in)
		answerAll(t, db, a.ID, func(sheet) bool { return true })
		var m Mark
		if err := write(t, db, func(tx store.Tx) (err error) { m, err = Submit(tx, rhian, a.ID, i18n.EN); return err }); err != nil {
			t.Fatal(err)
		}
		r, err := ResultOf(db.Read(t.Context()), rhian, a.ID)
		if err != nil || len(r.Questions) != b.Len() || !m.Passed {
			t.Errorf("%s: %+v, %v", id, m, err)
		}
		for _, q := range r.Questions {
			if q.Verdict != Right {
				t.Errorf("%s: %s: %s", id, q.Stem.EN, q.Verdict)
			}
		}
	}
}

// A learner who fails three times meets no question twice, every objective each
// time, and no objective asks about one mistake twice.
func TestThreeDrawsOfTheProduct(t *testing.T) {
	banks, _, err := Load(Content())
	if err != nil {
		t.Fatal(err)
	}
	for id, n := range map[string]int{"what-it-is": 10, "signs": 10, "first-hours": 10, "final": 20} {
		b := banks.Bank(id)
		for seed := range uint64(20) {
			h := history{seen: map[string]int{}, last: map[Target]ObjectiveMark{}}
			for attempt := range 3 {
				paper, err := draw(dieOf(seed), b.questions, n, 80, h)
				if err != nil {
					t.Fatal(err)
				}
				mistakes, asked := map[string]bool{}, map[Target]int{}
				for _, q := range paper {
					if mistakes[q.Objective+" "+q.Mistake] {
						t.Errorf("%s, attempt %d: %s asks about %s twice", id, attempt+1, q.Objective, q.Mistake)
					}
					mistakes[q.Objective+" "+q.Mistake] = true
					asked[q.target()]++
					h.seen[q.ID]++
				}
				for _, o := range b.Objectives() {
					if least := n / len(b.Objectives()); asked[o.Target] < least || asked[o.Target] > least+1 {
						t.Errorf("%s, attempt %d: %d questions on %s", id, attempt+1, asked[o.Target], o.Objective)
					}
				}
			}
			for q, times := range h.seen {
				if times > 1 {
					t.Errorf("%s: %s is asked %d times in three attempts", id, q, times)
				}
			}
		}
	}
}
