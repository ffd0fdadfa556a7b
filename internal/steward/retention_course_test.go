package steward

import (
	"testing"
	"time"

	"golau/internal/people"
	"golau/internal/store"
)

// The log of e-mails goes after a year, and of an exemption the reasons a year after it
// is over: by its last day, or by being taken back or declined. One that lasts keeps
// its reason, and that somebody was exempt or reminded stays.
func TestLettersAndReasonsPass(t *testing.T) {
	h := open(t)
	org, board := h.place("one")
	ela := h.person("ela@one.example", "Ela")
	h.member(ela, org, board, people.Learner)
	day := func(n int) string { return h.clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	h.write(func(tx store.Tx) error {
		var at string
		if err := tx.Raw("SELECT id FROM people_positions WHERE person_id = ?", ela).Scan(&at).Error; err != nil {
			return err
		}
		exempt := func(id, until, answer string) error {
			err := tx.Exec(`INSERT INTO course_exemptions (id, position_id, course, until_on, reason, reviewer_id, needs_board, created_at, created_by)
				VALUES (?, ?, 'c', ?, 'On leave', 'x', 1, ?, 'x')`, id, at, until, tx.Now).Error
			if err == nil && answer != "" {
				err = tx.Exec("INSERT INTO course_exemption_answers (exemption_id, n, answer, reason, at, by_id) VALUES (?, 1, ?, 'Because', ?, 'x')", id, answer, tx.Now).Error
			}
			return err
		}
		for _, err := range []error{
			exempt("short", day(10), ""), exempt("agreed", day(300), "countersigned"), exempt("declined", day(300), "declined"), exempt("back", day(300), "taken_back"),
			tx.Exec(`INSERT INTO course_letters (id, kind, position_id, organisation_id, board_id, day, planned_on, put_at, said_at, outcome)
				VALUES ('sent', 'reminder', ?, ?, ?, '2026-01-01', '2026-01-01', ?, ?, 'sent'), ('never', 'nudge', ?, ?, ?, '2026-01-01', '2026-01-01', ?, NULL, '')`,
				at, org, board, tx.Now, tx.Now, at, org, board, tx.Now).Error,
			tx.Exec(`INSERT INTO course_rules (id, organisation_id, board_id, course, parts, chosen, job_role, training_group, since_from, basis, days, on_day, window_from, window_to, every_months, grace_days, created_at, created_by)
				VALUES ('rule', ?, ?, 'c', '', 0, '', '', '', 'after_start', 28, '', '', '', 0, 0, ?, 'x')`, org, board, tx.Now).Error,
			tx.Exec(`INSERT INTO course_assignments (id, rule_id, position_id, cycle, asked_on, due_on, counts_from, done_before, created_at)
				VALUES ('later', 'rule', ?, 1, ?, ?, '', '', ?)`, at, day(0), day(10), tx.Now).Error,
			tx.Exec(`INSERT INTO course_extensions (assignment_id, before_id, planned_on, reason, by_id, at) VALUES ('later', 'later', ?, 'Away', 'x', ?)`, day(0), tx.Now).Error,
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	began := h.clock.Now()
	defer func() {
		if h.count("course_extensions") != 1 || h.count("course_extensions WHERE reason <> ''") != 0 {
			t.Error("of more time the reason goes, and nothing else")
		}
	}()
	for _, c := range []struct{ after, letters, reasons, answers int }{
		{364, 2, 4, 3}, // of 4 exemptions, and of 3 answers
		{366, 0, 2, 1}, // those that were declined and taken back
		{374, 0, 2, 1},
		{377, 0, 1, 1}, // the one that ended after ten days
		{664, 0, 1, 1},
		{667, 0, 0, 0},
	} {
		h.clock.Set(began.AddDate(0, 0, c.after))
		due := h.due()
		letters, reasons, answers := h.count("course_letters"), h.count("course_exemptions WHERE reason <> ''"), h.count("course_exemption_answers WHERE reason <> ''")
		more := h.count("course_extensions WHERE reason <> ''")
		if _, err := h.Retain(t.Context()); err != nil {
			t.Fatal(err)
		}
		l, r, a := h.count("course_letters"), h.count("course_exemptions WHERE reason <> ''"), h.count("course_exemption_answers WHERE reason <> ''")
		if l != c.letters || r != c.reasons || a != c.answers || due["reminders"] != letters-l || due["exemptions"] != reasons-r+answers-a+more-h.count("course_extensions WHERE reason <> ''") {
			t.Errorf("after %d days %d letters, %d reasons and %d of answers are left, of %d, %d and %d; due were %v", c.after, l, r, a, letters, reasons, answers, due)
		}
	}
	if h.count("course_exemptions") != 4 || h.count("course_exemption_answers") != 3 {
		t.Error("an exemption has gone")
	}
}
