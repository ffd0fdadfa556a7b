package main

import (
	"context"

	"golau/internal/steward"
	"golau/internal/store"
)

// remindersCheck says whether the reminders of the newest working day were put down,
// and when any were last.
func (p *program) remindersCheck(ctx context.Context) (steward.Check, error) {
	stand, err := p.school.RemindersStand(ctx)
	c := steward.Check{Name: "reminders", At: stand.Last}.As(
		steward.State{Name: "late", Holds: !stand.Owed.IsZero(), Bad: true})
	if c.State != "late" {
		return c, err
	}
	c.At = stand.Owed
	if stand.Last.IsZero() {
		return c.Say("admin.health.reminders.never", store.Time{}, ""), err
	}
	return c.Say("admin.health.reminders.last", stand.Last, ""), err
}
