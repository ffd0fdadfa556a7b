package main

import (
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
)

// A row of what people did and learned that was spoilt, lost or added in a
// restored copy is noticed, in every table and every column; in the site that
// goes on, all but what was added.
func TestLearningIsHeldToItsBackup(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	huw, path, s := h.atCase(i18n.EN)
	huw.post(path, choosing(t, huw.get(path), s, i18n.EN, true)).leads(path)
	signs, _ := h.school.Library().Module("signs")
	h.as("nia").post("/en/learn/"+courseSlug+"/signs/exercises/"+signs.Exercises[0].ID, recommended(signs.Exercises[0], "1")).want(http.StatusSeeOther)
	h.assessedAlone("nia")
	file := filepath.Join(t.TempDir(), "backup.db")
	code, _, errs := golau(t, "backup", file, "--data", h.dir)
	if code != exitDone {
		t.Fatal(errs)
	}
	held := func(copied string, restored bool) error {
		older, done, err := store.Peek(file)
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		newer, close, err := store.Peek(copied)
		if err != nil {
			t.Fatal(err)
		}
		defer close()
		return holdsLearned(older(t.Context()), newer(t.Context()), restored)
	}
	if err := held(copyOf(t, file), true); err != nil {
		t.Fatal(err)
	}
	rx := h.db.Read(t.Context())
	for _, e := range learned() {
		var columns, triggers []string
		if err := rx.Raw("SELECT name FROM pragma_table_info(?)", e.Table).Scan(&columns).Error; err != nil {
			t.Fatal(err)
		}
		if err := rx.Raw("SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", e.Table).Scan(&triggers).Error; err != nil {
			t.Fatal(err)
		}
		for _, c := range columns {
			if !slices.Contains(e.Key, c) && !slices.Contains(e.Rest, c) && e.Table+"."+c != "quiz_attempts.open" {
				t.Errorf("%s.%s is held to nothing", e.Table, c)
			}
		}
		if h.count(e.Table) == 0 {
			t.Errorf("%s has no row to be spoilt", e.Table)
		}
		one := " WHERE (" + strings.Join(e.Key, ", ") + ") = (SELECT " + strings.Join(e.Key, ", ") + " FROM " + e.Table + " ORDER BY 1 DESC LIMIT 1)"
		for _, c := range append(slices.Clone(e.Rest), "") {
			spoilt := copyOf(t, file)
			statement, says := "UPDATE "+e.Table+" SET "+c+" = CASE typeof("+c+") WHEN 'text' THEN '\"spoilt\"' WHEN 'null' THEN 1 ELSE "+c+" + 7 END"+one, "was changed"
			if strings.HasSuffix(c, "lang") {
				statement = "UPDATE " + e.Table + " SET lang = CASE lang WHEN 'en' THEN 'cy' ELSE 'en' END" + one
			}
			if c == "sure" {
				statement = "UPDATE " + e.Table + " SET sure = CASE sure WHEN 'sure' THEN 'guessing' ELSE 'sure' END" + one
			}
			if c == "" {
				statement, says = "DELETE FROM "+e.Table+one, "is gone"
			}
			meddle(t, spoilt, append(slices.Clone(triggers), statement)...)
			for _, restored := range []bool{true, false} {
				if err := held(spoilt, restored); err == nil || !strings.Contains(err.Error(), e.Table) || !strings.Contains(err.Error(), says) {
					t.Errorf("%s %q: %v", e.Table, c, err)
				}
			}
		}
	}
	more := copyOf(t, file)
	meddle(t, more, "INSERT INTO course_enrolments SELECT id || 'x', person_id, membership_id, course, cycle + 7, created_at FROM course_enrolments LIMIT 1")
	if err := held(more, true); err == nil || !strings.Contains(err.Error(), "does not have") {
		t.Errorf("a row that was added: %v", err)
	}
	if err := held(more, false); err != nil {
		t.Errorf("a site that goes on: %v", err)
	}
}

// certcheck prints the digest of each table, and with a backup names the row that
// was spoilt since.
func TestCertcheckOfLearning(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	file := filepath.Join(t.TempDir(), "backup.db")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	b := h.as("nia")
	b.answer(h.did["nia"].open, 1, true)
	h.closeNow()
	code, out, errs := golau(t, "certcheck", "--data", h.dir, "--since", file)
	if code != exitDone || strings.Count(out, "sha256 ") != len(learned()) || !strings.Contains(out, "quiz_marks: ") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	meddle(t, h.path(), "DROP TRIGGER quiz_marks_no_update", "UPDATE quiz_marks SET percent = percent - 1 WHERE attempt_id = (SELECT max(attempt_id) FROM quiz_marks)",
		`CREATE TRIGGER quiz_marks_no_update BEFORE UPDATE ON quiz_marks
BEGIN
  SELECT RAISE(ABORT, 'quiz_marks is append-only');
END`)
	code, out, errs = golau(t, "certcheck", "--data", h.dir, "--since", file)
	if code != exitNo || !strings.Contains(errs, "quiz_marks [") || !strings.Contains(errs, "was changed") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	// The record alone knows it, too.
	if code, out, errs = golau(t, "certcheck", "--data", h.dir); code != exitNo || !strings.Contains(errs, "an answer or its mark was changed") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	_, out, _ = golau(t, "certcheck", "--help")
	if !strings.Contains(strings.Join(strings.Fields(out), " "), "What the record cannot know takes --since") {
		t.Errorf("the help keeps silent about its limit:\n%s", out)
	}
}

// Rows from before the record bore prints are said to be so, and are held to a
// backup; what was done since is not let off by them.
func TestRowsOlderThanPrints(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	file := filepath.Join(t.TempDir(), "backup.db")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	// As an older program left it: no seal on a row, and lines without a print,
	// as of everything.
	var drop []string
	for _, table := range []string{"quiz_answers", "course_sections_read"} {
		for _, name := range triggersOf(t, file, table) {
			drop = append(drop, "DROP TRIGGER "+name)
		}
	}
	older := append(drop, "UPDATE quiz_answers SET seal = ''", "UPDATE course_sections_read SET seal = ''")
	check := func(change ...string) error {
		copied := copyOf(t, file)
		meddle(t, copied, append(slices.Clone(older), change...)...)
		rx, done, err := store.Peek(copied)
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		_, _, err = checkLearned(t, rx(t.Context()))
		return err
	}
	if err := check(); err == nil || !strings.Contains(err.Error(), "was changed") {
		t.Errorf("seals can be taken off rows that the record knows to have had one: %v", err)
	}
	blank := "UPDATE audit_events SET print = '' WHERE verb LIKE 'quiz.%' OR verb LIKE 'course.%'"
	older = append(older, "DROP TRIGGER audit_events_no_update", blank)
	if err := check(); err != nil {
		t.Error(err)
	}
	for _, gone := range []string{"quiz_marks", "course_module_completions", "course_completions"} {
		one := "DELETE FROM " + gone + " WHERE attempt_id = (SELECT max(attempt_id) FROM " + gone + ")"
		if err := check("DROP TRIGGER "+gone+"_no_delete", one); err == nil {
			t.Errorf("a row of %s is gone, and nobody notices", gone)
		}
	}
	copied := copyOf(t, file)
	meddle(t, copied, older...)
	rx, done, err := store.Peek(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	attempts, enrolments, err := checkLearned(t, rx(t.Context()))
	if err != nil || attempts.older != attempts.all || enrolments.older != enrolments.all || attempts.all != h.count("quiz_attempts") ||
		!strings.Contains(attempts.String(), "--since") {
		t.Errorf("%s, %s: %v", attempts, enrolments, err)
	}
}

// checkLearned holds what people did and learned to the record of it.
func checkLearned(t *testing.T, rx store.Rx) (attempts, enrolments standing, err error) {
	var e inspected
	parts := e.parts(t.Context(), &streams{out: &strings.Builder{}, err: &strings.Builder{}}, nil)
	err = errors.Join(parts[2](rx), parts[3](rx))
	return e.attempts, e.enrolments, err
}
