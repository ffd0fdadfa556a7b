package course

import (
	"strings"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// merges has both accounts agree that the second position is a duplicate of the first.
func (c *crowd) merges(t *testing.T, kept, duplicate string) {
	t.Helper()
	d := people.New(c.db, people.Options{})
	if err := d.ProposeDuplicate(t.Context(), c.viewer, c.scope, kept, duplicate); err != nil {
		t.Fatal(err)
	}
	for _, position := range []string{kept, duplicate} {
		if err := d.AnswerDuplicate(t.Context(), people.Viewer{Person: c.of(t, position)}, c.duplicate(t, duplicate), people.SaidYes); err != nil {
			t.Fatal(err)
		}
	}
}

func (c *crowd) of(t *testing.T, position string) (person string) {
	t.Helper()
	if err := c.db.Read(t.Context()).Raw("SELECT person_id FROM roster WHERE id = ?", position).Scan(&person).Error; err != nil {
		t.Fatal(err)
	}
	return person
}

func (c *crowd) duplicate(t *testing.T, position string) (id string) {
	t.Helper()
	err := c.db.Read(t.Context()).Raw("SELECT id FROM people_duplicates WHERE duplicate_id = ? AND ended_at IS NULL", position).Scan(&id).Error
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (c *crowd) undoes(t *testing.T, duplicate string) {
	t.Helper()
	if _, err := people.New(c.db, people.Options{}).EndDuplicate(t.Context(), c.viewer, c.scope, c.duplicate(t, duplicate)); err != nil {
		t.Fatal(err)
	}
}

// Two accounts of one person are one in every count, and what either finished counts
// for the one that is kept, in the list, on the page and on its own card; a lead saw
// before what would come of it. Undone, both stand as they did. What each account has
// done stays its own all along.
func TestADuplicateCountsOnce(t *testing.T) {
	c := newCrowd(t, 0, 1)
	c.put(t, Rule{Schedule: due.Schedule{Basis: due.AfterStart, Days: 30, EveryMonths: 36}, Job: "border"})
	kept, duplicate := c.newcomer(t, "ela", "2020-01-01"), c.newcomer(t, "ella", "2020-01-01")
	c.finishes(t, duplicate)
	own := func() string {
		t.Helper()
		var rows []string
		err := c.db.Read(t.Context()).Raw("SELECT person_id || e.id || coalesce(d.at, 0) FROM course_enrolments e LEFT JOIN course_completions d ON d.enrolment_id = e.id ORDER BY e.id").Scan(&rows).Error
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(rows, "\n")
	}
	everything := own()
	counted := func(all, inDate int) {
		t.Helper()
		o, err := c.school.Standings(t.Context(), c.scope, slug, i18n.EN)
		if err != nil || o.All.Total() != all || o.All[due.InDate] != inDate {
			t.Errorf("%v, %v: want %d of whom %d are in date", o.All, err, all, inDate)
		}
		c.isTheRule(t)
	}
	if s := c.status(t, kept); s == due.InDate {
		t.Fatal(s)
	}
	before := c.status(t, kept)
	counted(2, 1)
	n, err := c.school.Together(t.Context(), c.scope, kept, duplicate, slug)
	if err != nil || n.Kept.Status != before || n.Duplicate.Status != due.InDate || n.After.Status != due.InDate || n.After.Done != n.Duplicate.Done {
		t.Fatalf("%+v, %v", n, err)
	}
	c.merges(t, kept, duplicate)
	c.settle(t)
	if s := c.status(t, kept); s != due.InDate {
		t.Errorf("merged: %s", s)
	}
	counted(1, 1)
	card, err := c.school.DutiesOf(t.Context(), people.Viewer{Person: c.of(t, kept)}, slug)
	if err != nil || len(card.Asked) != 1 || card.Asked[0].Status != due.InDate || card.Again {
		t.Errorf("their own card: %+v, %v", card, err)
	}
	if card, err := c.school.DutiesOf(t.Context(), people.Viewer{Person: c.of(t, duplicate)}, slug); err != nil || len(card.Asked) != 0 {
		t.Errorf("the duplicate's card: %+v, %v", card, err)
	}
	if own() != everything {
		t.Error("what was learnt changed hands")
	}
	c.undoes(t, duplicate)
	c.settle(t)
	if s := c.status(t, kept); s != before || c.status(t, duplicate) != due.InDate {
		t.Errorf("undone: %s", s)
	}
	counted(2, 1)
	if own() != everything {
		t.Error("what was learnt changed hands")
	}
}

// What the duplicate's account finishes afterwards, at another place of work, counts
// at once, and other systems find it; nothing reminds of what has been done.
func TestADuplicateGoesOnCounting(t *testing.T) {
	c := newCrowd(t, 0, 1)
	rule := border
	rule.Days = 60
	c.put(t, rule)
	kept, duplicate := c.newcomer(t, "ela", ""), c.newcomer(t, "ella", "")
	c.merges(t, kept, duplicate)
	c.settle(t)
	c.clock.Advance(time.Hour)
	c.finishes(t, duplicate)
	if s := c.status(t, kept); s != due.InDate {
		t.Errorf("the list is not settled at once: %s", s)
	}
	c.isTheRule(t)
	all, _, err := c.school.Achieved(t.Context(), OfAgency(c.scope), slug, store.Time{}, AchievedPlace{}, 10)
	if err != nil || len(all) != 1 || all[0].Position != duplicate {
		t.Errorf("%+v, %v", all, err)
	}
	c.clock.Advance(55 * 24 * time.Hour)
	c.settle(t)
	c.remind(t)
	if n := c.letters(t, "kind = 'reminder'"); len(n) != 0 {
		t.Errorf("somebody who has finished is reminded: %v", n)
	}
}

// What counts of two accounts: the later completion with its day, the later day of a
// module, and of what may be taken again nothing.
func TestWhatTwoAccountsComeTo(t *testing.T) {
	day := func(d int) store.Time { return store.At(time.Date(2026, 1, d, 12, 0, 0, 0, time.UTC)) }
	l := learnt{started: false, newest: 3, lastDone: 2, now: map[string]store.Time{"a": day(2)}, either: map[string]store.Time{"a": day(2)},
		parts: map[string]due.Day{"a": "2026-01-02"}, done: day(5), until: day(30)}
	o := learnt{started: true, newest: 1, lastDone: 1, now: map[string]store.Time{"a": day(9), "b": day(1)}, either: map[string]store.Time{"a": day(9), "b": day(1)},
		parts: map[string]due.Day{"a": "2026-01-09", "b": "2026-01-01"}, done: day(4), until: day(31)}
	n := l.count(o)
	if !n.started || n.modules != 2 || n.done != day(5) || n.until != day(30) || n.parts["a"] != "2026-01-09" || n.parts["b"] != "2026-01-01" || n.either["a"] != day(9) {
		t.Errorf("%+v", n)
	}
	if n.newest != 3 || n.lastDone != 2 || len(n.now) != 1 || len(l.parts) != 1 || len(l.either) != 1 {
		t.Errorf("their own: %+v, %+v", n, l)
	}
	if n := o.count(l); n.done != day(5) || n.until != day(30) {
		t.Errorf("the other way: %+v", n)
	}
}
