package quiz

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// The banks of the product: complete, and enough for what the course draws.
func TestBanksOfTheProduct(t *testing.T) {
	banks, findings, err := product()
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
	for _, id := range toTell {
		need := Need{Questions: 30, PerObjective: 6, Feedback: true}
		if id == "final" {
			need = Need{Questions: 75, PerObjective: 1}
		}
		b := banks.Bank(id)
		if b == nil {
			t.Errorf("there is no bank %s", id)
			continue
		}
		for _, f := range b.Check(need) {
			t.Error(f)
		}
	}
	if ids := banks.IDs(); len(ids) != len(toTell) {
		t.Errorf("there are the banks %v, and %d are counted", ids, len(toTell))
	}
	asked := map[Target]bool{}
	for _, o := range banks.Bank("final").Objectives() {
		asked[o.Target] = true
	}
	for _, id := range toTell[:len(toTell)-1] {
		for _, o := range banks.Bank(id).Objectives() {
			if !asked[o.Target] {
				t.Errorf("the final asks nothing about objective %s of %s", o.Objective, id)
			}
		}
	}
}

// drawn is how many questions the course asks of a bank.
func drawn(id string) int {
	switch id {
	case "final":
		return 25
	case "before-you-start":
		return 6
	}
	return 10
}

// Every question of the product can be put on a paper, answered in the best way,
// marked whole and shown again.
func TestEveryQuestionOfTheProductCanBePassed(t *testing.T) {
	banks, _, err := product()
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
// time (in the final assessment, which has fewer questions than objectives, every
// module), and no objective asks about one mistake twice.
func TestThreeDrawsOfTheProduct(t *testing.T) {
	banks, _, err := product()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range toTell {
		n, b := drawn(id), banks.Bank(id)
		for seed := range uint64(20) {
			h := history{seen: map[string]int{}, last: map[Target]ObjectiveMark{}}
			for attempt := range 3 {
				paper, err := draw(dieOf(seed), b.questions, n, 80, h)
				if err != nil {
					t.Fatal(err)
				}
				mistakes, asked, of := map[string]bool{}, map[Target]int{}, map[string]int{}
				for _, q := range paper {
					if mistakes[q.Objective+" "+q.Mistake] {
						t.Errorf("%s, attempt %d: %s asks about %s twice", id, attempt+1, q.Objective, q.Mistake)
					}
					mistakes[q.Objective+" "+q.Mistake] = true
					asked[q.target()]++
					of[q.Module]++
					h.seen[q.ID]++
				}
				for module, least := range of {
					if least = n / len(of); of[module] < least || of[module] > least+1 {
						t.Errorf("%s, attempt %d: %d questions on module %s", id, attempt+1, of[module], module)
					}
				}
				if id == "final" && len(of) != len(toTell)-1 {
					t.Errorf("attempt %d asks about the modules %v", attempt+1, of)
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
