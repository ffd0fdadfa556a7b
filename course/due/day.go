// Package due is the one rule of who must have finished what by when: days as
// London counts them, how a duty comes round again, and the status that follows.
// It knows nobody and reads nothing, so that a page, a list, a report and a
// letter cannot disagree.
package due

import (
	"time"

	"golau/internal/i18n"
)

// Day is a civil day in London, written 2026-11-21; "" is no day. Days compare
// as their texts do, in Go and in the database.
type Day string

const layout = "2006-01-02"

// DayOf returns the day in London at a moment.
func DayOf(t time.Time) Day { return Day(t.In(i18n.London()).Format(layout)) }

// ParseDay reads a day; ok is false for what is none.
func ParseDay(s string) (d Day, ok bool) {
	if _, err := time.Parse(layout, s); err != nil {
		return "", false
	}
	return Day(s), true
}

// Begin returns the first moment of the day. It panics on what is no day.
func (d Day) Begin() time.Time {
	t, err := time.ParseInLocation(layout, string(d), i18n.London())
	if err != nil {
		panic("due: not a day: " + string(d))
	}
	return t
}

// End returns the last second of the day: whatever is due on a day may be handed
// in until then.
func (d Day) End() time.Time { return d.Plus(0, 1).Begin().Add(-time.Second) }

// Plus returns the day so many months, then so many days later. A month that
// lacks the day ends on its last: a year after 29 February is 28 February.
func (d Day) Plus(months, days int) Day {
	t, err := time.Parse(layout, string(d)) // without a zone: no hour of it is missing
	if err != nil {
		panic("due: not a day: " + string(d))
	}
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.AddDate(0, 0, min(t.Day(), last)-1+days).Format(layout))
}
