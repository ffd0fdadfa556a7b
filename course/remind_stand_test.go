package course

import (
	"testing"
	"time"

	"golau/internal/store"
)

// TestRemindersThatDidNotRun: a morning whose letters were not put down is owed two
// hours later, over the weekend too, until letters are put down again; a new site
// owes nothing from before it was there.
func TestRemindersThatDidNotRun(t *testing.T) {
	c := newCrowd(t, 0, 1)
	stands := func(at, owed string) {
		t.Helper()
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		c.clock.Set(moment)
		n, err := c.school.RemindersStand(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if !n.Owed.IsZero() {
			got = n.Owed.UTC().Format(time.RFC3339)
		}
		if got != owed {
			t.Errorf("%s: %q is owed, not %q", at, got, owed)
		}
	}
	c.school.reminds.since = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) // a Saturday
	stands("2026-11-22T12:00:00Z", "")
	stands("2026-11-23T10:01:00Z", "2026-11-23T08:00:00Z") // it never ran
	c.remind(t)
	stands("2026-11-24T09:59:00Z", "")
	stands("2026-11-24T10:01:00Z", "2026-11-24T08:00:00Z")
	c.remind(t)
	stands("2026-11-27T12:00:00Z", "2026-11-27T08:00:00Z") // a Friday
	stands("2026-11-29T12:00:00Z", "2026-11-27T08:00:00Z")
	c.remind(t) // on a Sunday nothing goes
	stands("2026-11-29T12:00:00Z", "2026-11-27T08:00:00Z")
	stands("2026-11-30T08:00:00Z", "2026-11-27T08:00:00Z")
	c.remind(t)
	stands("2026-11-30T08:00:01Z", "")
	stands("2026-11-30T23:00:00Z", "")
	stands("2026-12-24T09:00:00Z", "2026-12-23T08:00:00Z")
	c.remind(t)
	stands("2026-12-29T09:59:00Z", "") // after Christmas, the weekend and the bank holiday
	stands("2026-12-29T10:01:00Z", "2026-12-29T08:00:00Z")
	c.remind(t)
	c.school.reminds.since = time.Date(2027, 3, 30, 12, 0, 0, 0, time.UTC)
	stands("2027-03-30T08:59:00Z", "2027-03-25T08:00:00Z") // Summer Time, after Easter: begun again, and it ran before
	stands("2027-03-30T09:01:00Z", "2027-03-30T07:00:00Z")

	// What a wrong clock wrote of a day to come says nothing of today.
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("INSERT INTO course_reminded (day, put_at) VALUES ('2028-01-04', ?)", tx.Now).Error
	})
	stands("2027-03-30T09:01:00Z", "2027-03-30T07:00:00Z")
}
