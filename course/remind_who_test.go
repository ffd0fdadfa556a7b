package course

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// One person is found by an index, whoever else there is: among 50,000, laying out
// all of them for each held up every answer for seconds.
func TestWhoIsRemindedIsFoundByAnIndex(t *testing.T) {
	h := open(t)
	rows, err := h.db.Read(t.Context()).Query("EXPLAIN QUERY PLAN "+selectReminding, "nobody")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var does string
		if err := rows.Scan(&id, &parent, &unused, &does); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(does, "SCAN r") || strings.Contains(does, "SCAN n") || strings.Contains(does, "SCAN q") || strings.Contains(does, "SCAN m") || strings.Contains(does, "MATERIALIZE") {
			t.Errorf("everybody is read: %s", does)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// Whoever is suspended is not counted among those who will be reminded, nor among
// those whom a nudge reaches, and as somebody's manager hears of nobody: the leads do.
func TestWhoIsSuspendedIsNeitherCountedNorTold(t *testing.T) {
	c := newCrowd(t, 0, 1)
	c.newcomer(t, "lena", "2020-01-01")
	boss, ela := c.newcomer(t, "boss", "2020-01-01"), c.newcomer(t, "ela", "2020-01-01")
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_positions SET manager_id = ? WHERE id = ?", boss, ela).Error
	})
	rule := border
	rule.Days = 28
	c.put(t, rule)
	c.settle(t)
	today := due.DayOf(c.clock.Now())
	coming := func() Coming {
		t.Helper()
		n, err := c.school.Coming(t.Context(), c.scope, 0)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	nudged := func() int {
		t.Helper()
		n, err := c.school.Nudges(t.Context(), c.scope, RosterFilter{})
		if err != nil {
			t.Fatal(err)
		}
		return len(n.To)
	}
	c.at(t, today.Plus(0, 20), 9)
	if n := coming(); n.Total != 3 || len(n.Lines) != 3 || nudged() != 3 {
		t.Fatalf("%+v, %d to be nudged", n, nudged())
	}
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_positions SET suspended_at = ?, suspended_reason = 'leave' WHERE id = ?", tx.Now, boss).Error
	})
	if n := coming(); n.Total != 2 || len(n.Lines) != 2 || nudged() != 2 {
		t.Errorf("%+v, %d to be nudged", n, nudged())
	}
	for day := today.Plus(0, 21); day < today.Plus(0, 60); day = day.Plus(0, 1) {
		c.at(t, day, 10)
	}
	if n := c.letters(t, "kind = 'escalation' AND position_id = '"+boss+"'"); len(n) != 0 {
		t.Errorf("a suspended manager was told of others: %v", n)
	}
}

// A rule that is mended asks the same by the same day: nobody is reminded of it again,
// nor is whoever moved away and is back.
func TestAMendedRuleRemindsNobodyAgain(t *testing.T) {
	c := newCrowd(t, 0, 1)
	rule := border
	rule.Days = 28
	id := c.put(t, rule)
	ela := c.newcomer(t, "ela", "2020-01-01")
	c.settle(t)
	asked := due.DayOf(c.clock.Now())
	c.at(t, asked.Plus(0, 21), 9)
	if n := c.letters(t, "kind = 'reminder'"); len(n) != 1 {
		t.Fatalf("%v", n)
	}
	rule.Replaces, rule.GraceDays = id, 14
	c.put(t, rule)
	c.moves(t, ela, people.PositionForm{JobRole: "health"})
	c.moves(t, ela, people.PositionForm{JobRole: "border"})
	c.at(t, asked.Plus(0, 22), 9)
	if n := c.letters(t, "kind = 'reminder'"); len(n) != 1 {
		t.Errorf("reminded again: %v", n)
	}
	c.at(t, asked.Plus(0, 28), 9) // the 27th is a Sunday
	if n := c.letters(t, "kind = 'reminder'"); len(n) != 2 {
		t.Errorf("of the day before: %v", n)
	}
}

// What is asked once runs out with the certificate: its holder is reminded before and
// after, and a nudge reaches them, as the list says that it expires.
func TestACertificateThatRunsOutIsRemindedOf(t *testing.T) {
	c := newCrowd(t, 0, 1)
	once := border
	once.EveryMonths = 0
	c.put(t, once)
	ela := c.newcomer(t, "ela", "2020-01-01")
	c.finishes(t, ela)
	c.settle(t)
	n, err := c.school.LearningOf(t.Context(), c.scope, ela, slug)
	if err != nil || n.Until.IsZero() {
		t.Fatalf("%+v, %v", n, err)
	}
	last := due.DayOf(n.Until.Time)
	for day := last.Plus(0, -40); day < last.Plus(0, 40); day = day.Plus(0, 1) {
		c.at(t, day, 9)
		want := due.Expiring
		if day > last {
			want = due.Expired
		}
		if s := c.status(t, ela); s != want {
			t.Fatalf("on %s they are %s", day, s)
		}
	}
	if n := c.letters(t, "kind = 'reminder'"); len(n) != 5 {
		t.Errorf("%d reminders: %v", len(n), n)
	}
	to, err := c.school.Nudges(t.Context(), c.scope, RosterFilter{})
	if err != nil || len(to.To) != 1 {
		t.Fatalf("%+v, %v", to, err)
	}
	if err := c.school.NudgeAll(t.Context(), boss, c.scope, RosterFilter{}, 1); err != nil {
		t.Fatal(err)
	}
	if n := c.letters(t, "kind = 'nudge'"); len(n) != 1 {
		t.Errorf("nudged: %v", n)
	}
}

// A letter about many who are late names twenty of them, and says how many more.
func TestALetterNamesTwenty(t *testing.T) {
	c := newCrowd(t, 0, 1)
	boss := c.newcomer(t, "rheolwr", "")
	var late []string
	for i := range mostNamed + 3 {
		id := c.newcomer(t, fmt.Sprint("n", i), "")
		c.moves(t, id, people.PositionForm{JobRole: "border", Manager: "rheolwr@new.example"})
		late = append(late, id)
	}
	c.put(t, Rule{Chosen: late, Schedule: threeYears})
	for day := due.Day("2026-12-18"); day < "2027-01-06"; day = day.Plus(0, 1) {
		c.at(t, day, 9)
	}
	put := c.letters(t, "kind = 'escalation' AND position_id = '"+boss+"'")
	if len(put) != 1 {
		t.Fatal(put)
	}
	if l, err := c.school.LetterByID(t.Context(), put[0].ID); err != nil || len(l.Items) != mostNamed || l.More != 3 {
		t.Errorf("%d named, %d more, %v", len(l.Items), l.More, err)
	}
}

// TestWhichReminderGoesIsSaidOfEach: of each thing that is asked, the newest of the
// reminders that one letter does for, with the day for which that was planned.
func TestWhichReminderGoesIsSaidOfEach(t *testing.T) {
	c := newCrowd(t, 0, 1)
	id := c.newcomer(t, "ela", "")
	soon := due.DayOf(c.clock.Now()).Plus(0, 40).Working()
	later := soon.Plus(0, 20)
	c.put(t, Rule{Chosen: []string{id}, Schedule: due.Schedule{Basis: due.OnDay, Day: soon}})
	c.put(t, Rule{Chosen: []string{id}, Parts: []string{"signs"}, Schedule: due.Schedule{Basis: due.OnDay, Day: later}})
	c.clock.Set(soon.Plus(0, -6).Begin().Add(9 * time.Hour)) // nothing ran since
	c.settle(t)
	n, err := c.school.Coming(t.Context(), c.scope, 0)
	if err != nil || len(n.Lines) != 1 || len(n.Lines[0].Items) != 2 {
		t.Fatalf("%+v, %v", n, err)
	}
	for _, item := range n.Lines[0].Items {
		want := map[due.Day]due.Reminder{soon: due.Before7, later: due.Before30}[item.Assignment.Due]
		planned, _ := item.term().Of(want)
		if item.Newest != want || item.Planned != planned || item.Manager || item.Deferred(n.Day) != (planned < n.Day) {
			t.Errorf("by %s: %s, planned for %s and not %s of %s", item.Assignment.Due, item.Newest, item.Planned, want, planned)
		}
	}
}
