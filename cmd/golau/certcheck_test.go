package main

import (
	"database/sql"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"
)

// meddle changes a file behind the program, past its triggers and checks.
func meddle(t testing.TB, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// evidence are the tables of which certcheck promises to notice any change.
var evidence = []string{"certificates_issued", "certificates_register", "certificates_signatures", "certificates_status", "certificates_erased", "certificates_keys",
	"audit_events", "audit_details", "audit_head",
	"course_acceptances", "course_case_choices", "course_exercise_choices", "course_unsealed", "course_enrolments", "course_sections_read", "course_module_completions", "course_completions", "course_assessed",
	"quiz_attempts", "quiz_questions", "quiz_answers", "quiz_marks"}

// furnished is a backup of a house in which something of everything happened:
// courses completed, a check that is open and half answered, certificates issued,
// corrected, withdrawn, kept out of the register, entered in it later, and one
// whose holder was erased.
func furnished(t *testing.T) (h *house, file string) {
	t.Helper()
	h = livedIn(t)
	h.write(func(tx store.Tx) error { return certificates.Revoke(tx, h.did["beca"].certificate, "issued in error") })
	h.write(func(tx store.Tx) error {
		old, err := certificates.ByID(tx.Rx, h.id["nia"], h.did["nia"].certificate)
		if err != nil {
			return err
		}
		award := old.Award
		award.HolderName = "Nia Rhydderch-Puw"
		if _, err = certificates.Reissue(tx, old.ID, award); err != nil {
			return err
		}
		for _, who := range []string{"huw", "gwen", "lowri"} {
			award := old.Award
			award.Person, award.HolderName, award.Enrolment, award.Unconfirmed = h.id[who], folk[who].name, "enrolment-"+who, who != "huw"
			if _, err := certificates.Issue(tx, award); err != nil {
				return err
			}
		}
		return nil
	})
	h.work()
	h.clock.Advance(time.Minute)
	h.write(func(tx store.Tx) error {
		gwens, err := certificates.For(tx.Rx, h.id["gwen"])
		if err != nil {
			return err
		}
		return certificates.EnterRegister(tx, gwens[0].Person, gwens[0].Organisation, gwens[0].Board.ID)
	})
	nia := h.as("nia")
	signs, _ := h.school.Library().Module("signs")
	nia.post("/en/learn/"+courseSlug+"/signs/exercises/"+signs.Exercises[0].ID, recommended(signs.Exercises[0], "1")).want(http.StatusSeeOther)
	at := "/en/learn/" + courseSlug + "/signs/cases/" + signs.Cases[0].ID
	nia.post(at, choosing(t, nia.get(at), signs.Cases[0], i18n.EN, true)).leads(at)
	for _, n := range []int{1, 2, 3, 1} { // the first twice
		nia.answer(h.did["nia"].open, n, h.count("quiz_answers WHERE attempt_id = ?", h.did["nia"].open) < 3)
	}
	h.assessedAlone("nia")
	alun := h.as("alun")
	page := alun.get("/en/admin/people/" + h.id["huw"] + "/erase").want(http.StatusOK)
	alun.press(page, "erase", "", "reason", "asked in writing", "confirm", folk["huw"].email, "proof", h.spare("alun")).leads("/en/admin/people?done=erased")
	h.work()
	if n := h.count("certificates_register"); n != 5 || h.count("certificates_erased") != 1 || h.count("certificates_issued") != 6 {
		t.Fatalf("%d entries, %d erased, %d certificates", n, h.count("certificates_erased"), h.count("certificates_issued"))
	}
	file = filepath.Join(t.TempDir(), "evidence.db")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	if err := verified(t, h, file); err != nil {
		t.Fatal(err)
	}
	return h, file
}

// verified is what certcheck says of a file.
func verified(t *testing.T, h *house, file string) error {
	t.Helper()
	rx, done, err := store.Peek(file)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	return checkEvidence(t.Context(), &streams{out: &strings.Builder{}, err: &strings.Builder{}}, rx(t.Context()), h.keys)
}

// Whole rows taken away are noticed too, and so is the end of the record cut off
// with everything in the database mended after it, when there is a backup.
func TestRemovalsAreNoticed(t *testing.T) {
	t.Parallel()
	h, file := furnished(t)
	last := "(SELECT max(id) FROM audit_events)"
	var attempt string // of which no other is open, so that it could be opened again
	if err := h.db.Read(t.Context()).Raw(`SELECT quote(max(m.attempt_id)) FROM quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id
		WHERE NOT EXISTS (SELECT 1 FROM quiz_attempts o WHERE o.open = 1 AND o.enrolment_id = a.enrolment_id AND o.assessment = a.assessment)`).Scan(&attempt).Error; err != nil {
		t.Fatal(err)
	}
	open := h.did["nia"].open
	for what, c := range map[string]struct {
		says       string
		statements []string
	}{
		"a certificate": {"row was removed", []string{"DELETE FROM certificates_status WHERE certificate_id = '" + h.did["beca"].certificate + "'", "DELETE FROM certificates_signatures WHERE certificate_id = '" + h.did["beca"].certificate + "'",
			"DELETE FROM certificates_register WHERE certificate_id = '" + h.did["beca"].certificate + "'", "DELETE FROM certificates_issued WHERE id = '" + h.did["beca"].certificate + "'"}},
		"a signature":          {"its signature was removed", []string{"DELETE FROM certificates_signatures WHERE certificate_id = '" + h.did["beca"].certificate + "'"}},
		"a withdrawal":         {"its withdrawal was removed", []string{"DELETE FROM certificates_status WHERE status = 'revoked'"}},
		"a correction":         {"that it was superseded was removed", []string{"DELETE FROM certificates_status WHERE status = 'superseded'"}},
		"an entry":             {"register was changed", []string{"DELETE FROM certificates_register WHERE id = 1"}},
		"an entry put in":      {"register was changed", []string{"INSERT INTO certificates_register (board_id, certificate_id, entered_at) SELECT board_id, id, issued_at FROM certificates_issued WHERE enrolment_id = 'enrolment-lowri'"}},
		"a late entry":         {"register was changed", []string{"DELETE FROM certificates_register WHERE id = 5"}},
		"an erasure":           {"signature's row was changed", []string{"DELETE FROM certificates_erased"}},
		"a key":                {"the database has 0 keys", []string{"DELETE FROM certificates_keys"}},
		"the newest line":      {"cut off", []string{"DELETE FROM audit_details WHERE event_id = " + last, "DELETE FROM audit_events WHERE id = " + last}},
		"a status put in":      {"the record knows nothing", []string{"INSERT INTO certificates_status SELECT id, 'revoked', NULL, 'x', 1 FROM certificates_issued WHERE revision = 2"}},
		"an attempt":           {"its row was removed", []string{"DELETE FROM quiz_attempts WHERE id = " + attempt}},
		"a question":           {"what it began with was changed", []string{"DELETE FROM quiz_questions WHERE question = 2 AND attempt_id = " + attempt}},
		"an answer handed in":  {"an answer or its mark was changed", []string{"DELETE FROM quiz_answers WHERE question = 2 AND attempt_id = " + attempt}},
		"an answer's first":    {"an answer to question 1 is gone", []string{"DELETE FROM quiz_answers WHERE question = 1 AND version = 1 AND attempt_id = '" + open + "'"}},
		"an answer put in":     {"an answer to question 2 was changed", []string{"INSERT INTO quiz_answers SELECT attempt_id, question, version + 1, response, sure, lang, at, seal FROM quiz_answers WHERE question = 2 AND attempt_id = " + attempt}},
		"an open answer":       {"an answer to question 3 was changed", []string{"UPDATE quiz_answers SET response = '{}' WHERE question = 3 AND attempt_id = '" + open + "'"}},
		"a mark":               {"whether it is open was changed", []string{"DELETE FROM quiz_marks WHERE attempt_id = " + attempt}},
		"a mark, opened again": {"the record says quiz.submitted", []string{"DELETE FROM quiz_marks WHERE attempt_id = " + attempt, "UPDATE quiz_attempts SET open = 1 WHERE id = " + attempt}},
		"a mark put in":        {"the record knows nothing of an answer or its mark", []string{"UPDATE quiz_attempts SET open = 0 WHERE id = '" + open + "'", "INSERT INTO quiz_marks SELECT '" + open + "', submitted_at, points, possible, percent, passed, questions, objectives, lang, edition FROM quiz_marks LIMIT 1"}},
		"a part":               {"that a part was read is gone", []string{"DELETE FROM course_sections_read WHERE (enrolment_id, seal) = (SELECT enrolment_id, min(seal) FROM course_sections_read)"}},
		"the newest part":      {"or a part of it was changed", []string{"DELETE FROM course_sections_read WHERE (enrolment_id, CAST(seal AS INTEGER)) = (SELECT enrolment_id, max(CAST(seal AS INTEGER)) FROM course_sections_read)"}},
		"a module":             {"the record says course.module_completed", []string{"DELETE FROM course_module_completions WHERE (enrolment_id, module) = (SELECT enrolment_id, max(module) FROM course_module_completions)"}},
		"a module put in":      {"knows nothing of the completion of", []string{"INSERT INTO course_module_completions SELECT enrolment_id, 'x', attempt_id, edition, lang, at FROM course_module_completions LIMIT 1"}},
		"a completion":         {"the record says course.completed", []string{"DELETE FROM course_completions WHERE enrolment_id = (SELECT max(enrolment_id) FROM course_completions)"}},
		"an enrolment":         {"its row was removed", []string{"DELETE FROM course_enrolments WHERE id = (SELECT max(id) FROM course_enrolments)"}},
		"an enrolment put in":  {"knows nothing of its row", []string{"INSERT INTO course_enrolments SELECT 'x', person_id, membership_id, course, 9, created_at FROM course_enrolments LIMIT 1"}},
		"an answer to nothing": {"belong to something that is not there", []string{"INSERT INTO quiz_answers VALUES ('x', 1, 1, '{}', NULL, 'en', 1, '')"}},
		"everything at all":    {"cut off", []string{"DELETE FROM audit_details", "DELETE FROM audit_events"}},
	} {
		damaged := copyOf(t, file)
		var drop []string
		for _, table := range evidence {
			for _, name := range triggersOf(t, damaged, table) {
				drop = append(drop, "DROP TRIGGER "+name)
			}
		}
		meddle(t, damaged, append(drop, c.statements...)...)
		if err := verified(t, h, damaged); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The command ends with 1 and the row; whoever mends all of the database is told
// on by a backup.
func TestCertcheck(t *testing.T) {
	t.Parallel()
	h, file := furnished(t)
	if code, out, errs := golau(t, "certcheck", "--data", h.dir); code != exitDone || !strings.Contains(out, "certificates: 6 hold") || errs != "" {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if code, _, errs := golau(t, "certcheck", "--data", h.dir, "--since", file); code != exitDone {
		t.Errorf("%d %s", code, errs)
	}
	h.closeNow()
	cutOff(t, h.path(), "DELETE FROM audit_details WHERE event_id >= 40; DELETE FROM audit_events WHERE id >= 40;"+
		"UPDATE audit_head SET lines = 39, hash = (SELECT hash FROM audit_events WHERE id = 39)")
	code, _, errs := golau(t, "certcheck", "--data", h.dir, "--since", file)
	if code != exitNo || !strings.Contains(errs, "audit line") || strings.Count(errs, "\n") != 1 {
		t.Errorf("%d %s", code, errs)
	}
	if code, _, errs := golau(t, "certcheck", "--data", t.TempDir()); code != exitNo || !strings.Contains(errs, "no database") {
		t.Errorf("%d %s", code, errs)
	}
}

// cutOff runs statements with the triggers off, and puts the triggers back.
func cutOff(t *testing.T, file, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	rows, err := db.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
	if err != nil {
		t.Fatal(err)
	}
	triggers := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		triggers[name] = text
	}
	rows.Close()
	for name := range triggers {
		if _, err := db.Exec("DROP TRIGGER " + name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	for _, text := range triggers {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
}
