package quiz

import (
	"strconv"
	"testing"

	"golau/internal/store/storetest"
)

// A whole attempt of ten questions as the pages ask for it: start, each question
// shown and answered, the review, the submission, the result.
func BenchmarkAttempt(b *testing.B) {
	db, _ := storetest.Open(b)
	bank := manyQuestions(4, 8)
	rules := Rules{Draw: 10, PassPercent: 80, Feedback: Full}
	in := input(bank, rules)
	for i := 0; b.Loop(); i++ {
		in.Enrolment = strconv.Itoa(i) // everyone's first attempt
		a := start(b, db, in)
		for n := 1; n <= 10; n++ {
			if _, err := Look(db.Read(b.Context()), rhian, a.ID, n); err != nil {
				b.Fatal(err)
			}
			mustAnswer(b, db, a.ID, AnswerInput{Question: n, Response: Response{Choices: []string{"a"}}})
		}
		if _, _, _, err := Open(db.Read(b.Context()), rhian, a.ID); err != nil {
			b.Fatal(err)
		}
		submit(b, db, a.ID)
		if _, err := ResultOf(db.Read(b.Context()), rhian, a.ID); err != nil {
			b.Fatal(err)
		}
	}
}
