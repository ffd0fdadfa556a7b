package quiz

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"sync"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

const (
	rhian, tom = "rhian", "tom"
	enrolled   = "enrolment-1"
	check      = "module:lamps"
)

var open = Rules{Draw: 5, PassPercent: 80, Feedback: Full}

// stream is an endless, repeatable source of bytes for a seed.
type stream struct {
	seed, n uint64
	left    []byte
}

func (s *stream) Read(p []byte) (int, error) {
	if len(s.left) == 0 {
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, s.seed), s.n))
		s.n++
		s.left = sum[:]
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}

// dieOf returns dice that always fall the same way for a seed.
func dieOf(seed uint64) *dice { return &dice{from: &stream{seed: seed}} }

func both(s string) i18n.Text { return i18n.Text{EN: s + " (en)", CY: s + " (cy)"} }

// lamps loads the bank of testdata.
func lamps(t testing.TB) *Bank {
	t.Helper()
	banks, findings, err := Load(os.DirFS("testdata/banks"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.Warning {
			t.Fatal(f)
		}
	}
	return banks.Bank("lamps")
}

// manyQuestions makes a bank of single-choice questions: per for each of
// objectives, every one about a mistake of its own, difficulties 2 1 2 3 …
func manyQuestions(objectives, per int) *Bank {
	b := &Bank{ID: "many", File: "many.yaml", Module: "many", Edition: "000000000000"}
	for o := range objectives {
		for i := range per {
			id := fmt.Sprintf("o%d-q%d", o, i)
			b.questions = append(b.questions, question{
				ID: id, Type: Single, Module: "many", Objective: fmt.Sprintf("o%d", o), Section: "s",
				Difficulty: []int{2, 1, 2, 3}[i%4], Mistake: "mistake-" + id, Stem: both("Stem " + id),
				Options: []option{
					{ID: "a", Worth: "1", Text: both("best"), Feedback: both("why best")},
					{ID: "b", Worth: "0.5", Text: both("half"), Feedback: both("why half")},
					{ID: "c", Worth: "0", Text: both("none"), Feedback: both("why none")},
				},
			})
		}
	}
	return b
}

func input(b *Bank, r Rules) StartInput {
	return StartInput{Person: rhian, Enrolment: enrolled, Assessment: check, Bank: b, Rules: r, Edition: "abcdef012345", Lang: i18n.CY}
}

// write runs fn in a Write of its own and returns its error.
func write(t testing.TB, db *store.DB, fn func(tx store.Tx) error) error {
	t.Helper()
	return db.Write(t.Context(), store.Actor{Person: rhian, Via: "test"}, func(_ context.Context, tx store.Tx) error { return fn(tx) })
}

func start(t testing.TB, db *store.DB, in StartInput) Attempt {
	t.Helper()
	var a Attempt
	if err := write(t, db, func(tx store.Tx) (err error) { a, err = Start(tx, in); return err }); err != nil {
		t.Fatal(err)
	}
	return a
}

func answer(t testing.TB, db *store.DB, person, attempt string, in AnswerInput) (Saved, error) {
	t.Helper()
	if in.Lang == "" {
		in.Lang = i18n.EN
	}
	var s Saved
	err := write(t, db, func(tx store.Tx) (err error) { s, err = Answer(tx, person, attempt, in); return err })
	return s, err
}

func mustAnswer(t testing.TB, db *store.DB, attempt string, in AnswerInput) Saved {
	t.Helper()
	s, err := answer(t, db, rhian, attempt, in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func submit(t testing.TB, db *store.DB, attempt string) Mark {
	t.Helper()
	var m Mark
	if err := write(t, db, func(tx store.Tx) (err error) { m, err = Submit(tx, rhian, attempt, i18n.CY); return err }); err != nil {
		t.Fatal(err)
	}
	return m
}

// perfect returns the best answer by a key.
func perfect(k key) Response {
	var r Response
	switch k.Type {
	case Single, Multiple:
		for _, c := range k.Choices {
			if c.Worth == "1" {
				r.Choices = append(r.Choices, c.ID)
			}
		}
	case Ordering:
		for _, c := range k.Choices {
			r.Order = append(r.Order, c.ID)
		}
	case Matching, Rewrite:
		r.Rows = map[string]string{}
		for _, row := range k.Rows {
			r.Rows[row.ID] = row.Right
			for _, c := range row.Choices {
				if c.Worth == "1" {
					r.Rows[row.ID] = c.ID
				}
			}
		}
	}
	return r
}

// answerAll gives the perfect answer to every question for which want is true.
func answerAll(t testing.TB, db *store.DB, attempt string, want func(s sheet) bool) {
	t.Helper()
	sheets, err := keysOf(db.Read(t.Context()), attempt)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		if want(s) {
			mustAnswer(t, db, attempt, AnswerInput{Question: s.number, Response: perfect(s.key)})
		}
	}
}

func wantProblem(t testing.TB, err error, kind problem.Kind, key string) *problem.Error {
	t.Helper()
	p, ok := problem.As(err)
	if !ok || p.Kind != kind || p.Key != key {
		t.Fatalf("got %v (kind %d), want kind %d %s", err, problem.KindOf(err), kind, key)
	}
	return p
}

// contents are the banks that are compiled in, read once: tests of them change
// nothing.
var contents = sync.OnceValue(func() (c struct {
	banks    *Banks
	findings []Finding
	err      error
}) {
	c.banks, c.findings, c.err = Load(Content())
	return c
})

// product returns the banks that are compiled in, and what was found in them.
func product() (*Banks, []Finding, error) {
	c := contents()
	return c.banks, c.findings, c.err
}

// questionsOf are the questions of the product's banks, by bank. A bank that does
// not load is a fault of the test that needs it, with what is wrong with the file.
func questionsOf(t *testing.T, ids []string) map[string][]question {
	t.Helper()
	banks, findings, err := product()
	if err != nil {
		t.Fatal(err)
	}
	questions := map[string][]question{}
	for _, id := range ids {
		if b := banks.Bank(id); b != nil {
			questions[id] = b.questions
			continue
		}
		t.Errorf("there is no bank %s", id)
		for _, f := range findings {
			if f.File == id+".yaml" {
				t.Error(f)
			}
		}
	}
	return questions
}
