package quiz

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// The database itself refuses what the verbs never do.
func TestEvidenceIsFrozen(t *testing.T) {
	db, _ := storetest.Open(t)
	closed := start(t, db, input(lamps(t), open))
	answerAll(t, db, closed.ID, func(sheet) bool { return true })
	submit(t, db, closed.ID)
	going := start(t, db, input(lamps(t), open))
	mustAnswer(t, db, going.ID, AnswerInput{Question: 1, Response: perfectOf(t, db, going.ID, 1)})
	attempt := `INSERT INTO quiz_attempts SELECT ?, person_id, enrolment_id, assessment, number + 1, 0, lang, edition,
		bank_edition, rules, questions, started_at, ? FROM quiz_attempts WHERE id = ?`
	for _, c := range []struct {
		sql  string
		args []any
		says string
	}{
		{"UPDATE quiz_attempts SET rules = '{}' WHERE id = ?", []any{going.ID}, "frozen"},
		{"UPDATE quiz_attempts SET person_id = 'tom'", nil, "frozen"},
		{"UPDATE quiz_attempts SET edition = 'x', open = 0", nil, "frozen"},
		{"UPDATE quiz_attempts SET open = 0 WHERE id = ?", []any{going.ID}, "closed by its mark"},
		{"UPDATE quiz_attempts SET open = 1 WHERE id = ?", []any{closed.ID}, "closed by its mark"},
		{"DELETE FROM quiz_attempts", nil, "append-only"},
		{attempt, []any{"x", 0, going.ID}, "begins open"},
		{attempt, []any{"x", 1, going.ID}, "UNIQUE"}, // a second open one
		{"UPDATE quiz_questions SET answer_key = '{}'", nil, "frozen"},
		{"UPDATE quiz_questions SET paper = '{}'", nil, "frozen"},
		{"DELETE FROM quiz_questions", nil, "append-only"},
		{"INSERT INTO quiz_questions SELECT attempt_id, 6, ref, module, objective, paper, answer_key, feedback FROM quiz_questions WHERE attempt_id = ? AND question = 1", []any{going.ID}, "no more"},
		{"UPDATE quiz_answers SET response = '{}'", nil, "append-only"},
		{"DELETE FROM quiz_answers", nil, "append-only"},
		{"INSERT INTO quiz_answers SELECT attempt_id, question, version, response, sure, lang, at, seal FROM quiz_answers WHERE attempt_id = ?", []any{going.ID}, "UNIQUE"},
		{"INSERT INTO quiz_answers SELECT attempt_id, question, version + 1, response, sure, lang, at, seal FROM quiz_answers WHERE attempt_id = ?", []any{closed.ID}, "after the submission"},
		{"INSERT INTO quiz_answers VALUES (?, 6, 1, '{}', NULL, 'en', 1, '')", []any{going.ID}, "FOREIGN KEY"},
		{"INSERT INTO quiz_marks SELECT * FROM quiz_marks", nil, "UNIQUE"},
		{"INSERT INTO quiz_marks SELECT ?, submitted_at, possible + 1, possible, 100, 1, questions, objectives, lang, edition FROM quiz_marks", []any{going.ID}, "CHECK"},
		{"UPDATE quiz_marks SET passed = 1", nil, "append-only"},
		{"DELETE FROM quiz_marks", nil, "append-only"},
	} {
		err := write(t, db, func(tx store.Tx) error { return tx.Exec(c.sql, c.args...).Error })
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.sql, err, c.says)
		}
	}
	// The limit is a constraint as well as a check.
	err := write(t, db, func(tx store.Tx) error {
		return tx.Exec(`INSERT INTO quiz_attempts SELECT 'x', person_id, 'other', assessment, 4, 3, lang, edition,
			bank_edition, rules, questions, started_at, 1 FROM quiz_attempts LIMIT 1`).Error
	})
	if err == nil || !strings.Contains(err.Error(), "CHECK") {
		t.Errorf("a fourth attempt of three: %v", err)
	}
}

// One Write that fails leaves nothing behind: no attempt, no audit line.
func TestNothingHalfDone(t *testing.T) {
	db, _ := storetest.Open(t)
	stop := errors.New("stop")
	err := write(t, db, func(tx store.Tx) error {
		a, err := Start(tx, input(lamps(t), open))
		if err != nil {
			return err
		}
		if _, err := Submit(tx, rhian, a.ID, i18n.EN); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	var n int
	rx := db.Read(t.Context())
	err = rx.Raw(`SELECT (SELECT COUNT(*) FROM quiz_attempts) + (SELECT COUNT(*) FROM quiz_questions)
		+ (SELECT COUNT(*) FROM quiz_marks) + (SELECT COUNT(*) FROM audit_events)`).Scan(&n).Error
	if err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
}

// Whatever the room hands out before the end has no word of the key in it. Every
// id, mistake, section and feedback of the bank in testdata has "secret" in it; the
// rest is listed here.
func TestTheKeyStaysInside(t *testing.T) {
	db, _ := storetest.Open(t)
	rules := open
	a := start(t, db, input(lamps(t), rules))
	answerAll(t, db, a.ID, func(sheet) bool { return true })
	rx := db.Read(t.Context())
	_, paper, given, err := Open(rx, rhian, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	out := []any{a, paper, given, standingNow(t, db, rules)}
	for n := range a.Questions {
		v, err := Look(rx, rhian, a.ID, n+1)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	_, stale := answer(t, db, rhian, a.ID, AnswerInput{Question: 1, Version: 0})
	_, refused := answer(t, db, rhian, a.ID, AnswerInput{Question: 1, Version: 1, Response: Response{Choices: []string{"a", "b", "z"}}})
	out = append(out, stale, refused, stale.Error(), refused.Error(), submit(t, db, a.ID), standingNow(t, db, rules), lamps(t))
	for _, v := range out {
		said, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for _, canary := range []string{"secret", "worth", "0.5", "L-01", "answer_key", `"ref"`, "mistake", "difficulty"} {
			if strings.Contains(strings.ToLower(string(said)), canary) {
				t.Errorf("%T says %q: %s", v, canary, said)
			}
		}
	}
	// The stored paper is what is shown, and no more.
	var stored []string
	if err := rx.Raw("SELECT paper FROM quiz_questions").Scan(&stored).Error; err != nil || len(stored) != 5 {
		t.Fatal(err)
	}
	for _, s := range stored {
		if strings.Contains(s, "secret") {
			t.Errorf("the stored paper has a canary: %s", s)
		}
	}
}

// Paper has no field that could hold a key, all the way down.
func TestPaperHasNoPlaceForAKey(t *testing.T) {
	fields := map[string]bool{}
	var walk func(reflect.Type)
	walk = func(ty reflect.Type) {
		switch ty.Kind() {
		case reflect.Slice, reflect.Pointer, reflect.Map:
			walk(ty.Elem())
		case reflect.Struct:
			for f := range ty.Fields() {
				fields[f.Name] = true
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeFor[Paper]())
	want := map[string]bool{"Questions": true, "Number": true, "Type": true, "Stem": true, "Choices": true,
		"Rows": true, "ID": true, "Text": true, "EN": true, "CY": true}
	if !reflect.DeepEqual(fields, want) {
		t.Errorf("%v", fields)
	}
}

// Both languages of a question are on the paper, so that the switch keeps place.
func TestPaperIsInBothLanguages(t *testing.T) {
	for _, q := range lamps(t).questions {
		p := freeze(dieOf(3), 1, q).paper
		texts := []i18n.Text{p.Stem}
		for _, c := range p.Choices {
			texts = append(texts, c.Text)
		}
		for _, r := range p.Rows {
			texts = append(texts, r.Text)
			for _, c := range p.Offers(r) {
				texts = append(texts, c.Text)
			}
		}
		for _, text := range texts {
			if !text.Complete() {
				t.Errorf("%s: %+v", q.ID, text)
			}
		}
	}
}

// Two pairs with the same right side show it once: two alike could not be told
// apart.
func TestSharedRightSides(t *testing.T) {
	for seed := range uint64(20) {
		for _, q := range lamps(t).questions {
			if q.Type != Matching {
				continue
			}
			s := freeze(dieOf(seed), 1, q)
			if len(s.paper.Choices) != 2 || len(s.paper.Rows) != 3 || s.key.Rows[1].Right != s.key.Rows[2].Right {
				t.Fatalf("%+v\n%+v", s.paper, s.key)
			}
		}
	}
}

// Every key that the room answers with has words in both languages, and no word
// is left over.
func TestMessages(t *testing.T) {
	own := fstest.MapFS{}
	for _, l := range i18n.Langs {
		file := "rooms/quiz." + string(l) + ".yaml"
		raw, err := fs.ReadFile(i18n.Messages(), file)
		if err != nil {
			t.Fatal(err)
		}
		own[file] = &fstest.MapFile{Data: raw}
	}
	catalogue, err := i18n.Load(own)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"(quiz\.[a-z.]+)"`).FindAllStringSubmatch(string(code), -1) {
			if m[1] != startedVerb && m[1] != submittedVerb { // verbs of the audit
				used[m[1]] = true
			}
		}
	}
	for key := range used {
		if !catalogue.Has(key) {
			t.Errorf("no words for %s", key)
		}
	}
	for _, key := range catalogue.Keys() {
		if !used[key] {
			t.Errorf("nothing says %s", key)
		}
	}
}
