package course

import (
	"fmt"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/people"
	"golau/internal/store"
)

// logged are the ids of an agency's letters in a state.
func (c *crowd) logged(t *testing.T, scope people.OrganisationScope, state LetterState) (ids []string) {
	t.Helper()
	after := ""
	for {
		lines, next, err := c.school.Letters(t.Context(), scope, "", state, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if state != "" && state != LetterDeferred && l.State != state || state == LetterDeferred && !l.Deferred() {
				t.Errorf("asked for %s, there is %+v", state, l)
			}
			ids = append(ids, l.ID)
		}
		if after = next; next == "" {
			return ids
		}
	}
}

// givesUp has the outbox give up the job of a letter.
func (c *crowd) givesUp(t *testing.T, letter string) {
	t.Helper()
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET failed_at = ?, answered_at = ?, answer = 'to_refused' WHERE kind = ? AND key = ?", tx.Now, tx.Now, Reminded, letter).Error
	})
}

// An agency's log says what was not delivered there, whatever was given up elsewhere
// since, and long after the outbox has forgotten the job; whoever could not be reached
// is counted until something reached them.
func TestTheLogIsTheAgencysOwn(t *testing.T) {
	c := newCrowd(t, 0, 1)
	ela, nia := c.newcomer(t, "ela", ""), c.newcomer(t, "nia", "")
	c.put(t, Rule{Chosen: []string{ela, nia}, Schedule: threeYears})
	c.at(t, "2026-12-14", 9)
	refused := c.letters(t, "position_id = ?", ela)[0].ID
	waits := c.letters(t, "position_id = ?", nia)[0].ID
	c.givesUp(t, refused)
	c.write(t, func(tx store.Tx) error {
		return tx.Exec(`INSERT INTO outbox_jobs (kind, key, payload, created_at, due_at, failed_at)
			WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT ?, 'elsewhere' || i, '{}', ?, ?, ? FROM n`, Reminded, tx.Now, tx.Now, tx.Now).Error
	})
	unreached := func(want int) {
		t.Helper()
		if n, err := c.school.Unreached(t.Context(), c.scope); err != nil || n != want {
			t.Errorf("%d could not be reached, not %d: %v", n, want, err)
		}
		if n, err := c.school.Unreached(t.Context(), c.beside(t)); err != nil || n != 0 {
			t.Errorf("beside, %d could not be reached: %v", n, err)
		}
	}
	wantSame(t, c.logged(t, c.scope, LetterFailed), refused)
	wantSame(t, c.logged(t, c.scope, LetterWaits), waits)
	wantSame(t, c.logged(t, c.beside(t), LetterFailed))
	unreached(1)
	c.write(t, func(tx store.Tx) error { // the outbox keeps for a quarter what it gave up
		return tx.Exec("DELETE FROM outbox_jobs WHERE failed_at IS NOT NULL").Error
	})
	wantSame(t, c.logged(t, c.scope, LetterFailed), refused)
	wantSame(t, c.logged(t, c.scope, LetterWaits), waits)
	unreached(1)
	c.at(t, "2026-12-21", 9)
	for _, l := range c.letters(t, "position_id = ? AND id <> ?", ela, refused) {
		if err := c.school.NoteLetter(t.Context(), l.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	unreached(0)
	wantSame(t, c.logged(t, c.scope, LetterFailed), refused)
}

// A letter is put off also when it was put down on its day and sent on a later one,
// by the day in London, on either side of the change of the clocks.
func TestALetterSentLaterIsPutOff(t *testing.T) {
	for _, monday := range []due.Day{"2026-12-14", "2027-06-14"} {
		c := newCrowd(t, 0, 1)
		c.clock.Set(monday.Plus(0, -21).Begin().Add(9 * time.Hour))
		ela, nia, sam := c.newcomer(t, "ela", ""), c.newcomer(t, "nia", ""), c.newcomer(t, "sam", "")
		c.put(t, Rule{Chosen: []string{ela, nia, sam}, Schedule: threeYears})
		c.at(t, monday, 8)
		of := func(position string) string { return c.letters(t, "position_id = ?", position)[0].ID }
		note := func(position string, day due.Day, hour int, sent bool) {
			c.clock.Set(day.Begin().Add(time.Duration(hour) * time.Hour))
			if err := c.school.NoteLetter(t.Context(), of(position), sent); err != nil {
				t.Fatal(err)
			}
		}
		note(ela, monday, 17, true)
		wantSame(t, c.logged(t, c.scope, LetterDeferred))
		note(nia, monday.Plus(0, 2), 8, true)
		note(sam, monday.Plus(0, 2), 8, false) // there was nothing to say any more
		wantSame(t, c.logged(t, c.scope, LetterDeferred), of(nia))
		if all := c.logged(t, c.scope, ""); len(all) != 3 {
			t.Errorf("%s: %v", monday, fmt.Sprint(all))
		}
	}
}
