package course

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
	"golau/modules/scenario"
)

// What was chosen in a case or an exercise bears its seal: a row that was changed,
// taken away or put in is noticed, and so is a seal that was taken off.
func TestChoicesAreHeldToTheirSeals(t *testing.T) {
	h := open(t)
	m, _ := h.school.lib.Module("signs")
	best := func(turn *scenario.Turn) *scenario.Option { return &turn.Options[0] }
	x := Exercise{Module: m, Exercise: m.Exercises[0]}
	sent := Sent{Run: 1, Chosen: map[string]string{}}
	for i := range x.Lines {
		sent.Chosen[x.Lines[i].ID] = x.Recommended(&x.Lines[i])
	}
	write := func(fn func(tx store.Tx) error) {
		t.Helper()
		if err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return fn(tx) }); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx store.Tx) error {
		e, err := latestEnrolment(tx.Rx, h.viewer.Person, slug)
		if err != nil {
			return err
		}
		x.enrolment = e.ID
		if err := insertExercise(tx, x, sent, i18n.EN); err != nil {
			return err
		}
		return h.school.TakeIn(tx, h.viewer.Person, people.Education, i18n.EN, slug, m, m.Cases[0], best)
	})
	for _, table := range []string{"course_case_choices", "course_exercise_choices", "course_unsealed"} {
		for _, what := range []string{"_no_update", "_no_delete"} {
			h.sql(t, "DROP TRIGGER "+table+what)
		}
	}
	undone := errors.New("undone")
	for what, c := range map[string]struct{ sql, says string }{
		"untouched":              {"SELECT 1", ""},
		"another choice":         {"UPDATE course_case_choices SET choice = 'b' || choice WHERE turn = 2", "a choice was changed"},
		"another time":           {"UPDATE course_case_choices SET at = at + 1 WHERE turn = 1", "a choice was changed"},
		"a turn that is gone":    {"DELETE FROM course_case_choices WHERE turn = 2", "a choice is gone"},
		"another line chosen":    {"UPDATE course_exercise_choices SET choice = choice || 'x' WHERE line = (SELECT min(line) FROM course_exercise_choices)", "a choice was changed"},
		"another edition":        {"UPDATE course_exercise_choices SET edition = 'x'", "a choice was changed"},
		"a line that is gone":    {"DELETE FROM course_exercise_choices WHERE line = (SELECT max(line) FROM course_exercise_choices)", "a choice is gone"},
		"a run that is moved":    {"UPDATE course_exercise_choices SET run = 2", "a run is gone"},
		"a seal taken off":       {"UPDATE course_case_choices SET seal = '' WHERE turn = 1", "1 have no seal, and there were [0]"},
		"seals taken off a run":  {"UPDATE course_exercise_choices SET seal = ''", "have no seal, and there were [0]"},
		"a row put in":           {"INSERT INTO course_case_choices SELECT enrolment_id, module, scenario, 2, turn, decision, choice, job, edition, lang, at, seal FROM course_case_choices WHERE turn = 1", "a choice was changed"},
		"a line put in":          {"INSERT INTO course_exercise_choices SELECT enrolment_id, module, exercise, run, line || 'x', choice, edition, lang, at, seal FROM course_exercise_choices LIMIT 1", "a choice"},
		"an older number raised": {"UPDATE course_unsealed SET chosen = 1 WHERE about = 'cases'", "0 have no seal, and there were [1]"},
		"a number that is gone":  {"DELETE FROM course_unsealed", "have no seal"},
	} {
		err := h.db.Write(t.Context(), store.Actor{}, func(ctx context.Context, tx store.Tx) error {
			if err := tx.Exec(c.sql).Error; err != nil {
				return err
			}
			if _, _, err := CheckAll(ctx, tx.Rx, nil); (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", what, err)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Errorf("%s: %v", what, err)
		}
	}
	// Rows from before seals are said to be older, and are as many as there were.
	write(func(tx store.Tx) error {
		if err := tx.Exec("UPDATE course_case_choices SET seal = ''").Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE course_unsealed SET chosen = (SELECT count(*) FROM course_case_choices) WHERE about = 'cases'").Error
	})
	if hold, older, err := CheckAll(t.Context(), h.db.Read(t.Context()), nil); err != nil || hold != 1 || older != 1 {
		t.Errorf("%d hold, %d older, %v", hold, older, err)
	}
}
