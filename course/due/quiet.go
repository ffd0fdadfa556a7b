package due

import (
	"slices"
	"strings"
	"time"
)

// bankHolidays are those of England and Wales, by their year. Governments announce
// some of their own: they are added here. In a year that is not here only the ends
// of weeks are quiet.
var bankHolidays = map[int]string{
	2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
	2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
	2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
	2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
	2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
	2031: "01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26",
	2032: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
	2033: "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27",
	2034: "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26",
	2035: "01-01 03-23 03-26 05-07 05-28 08-27 12-25 12-26",
	2036: "01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26",
}

// Quiet says whether nobody is reminded on a day: Saturdays, Sundays and bank
// holidays.
func (d Day) Quiet() bool {
	begin := d.Begin()
	switch begin.Weekday() {
	case time.Saturday, time.Sunday:
		return true
	}
	return slices.Contains(strings.Fields(bankHolidays[begin.Year()]), string(d)[5:])
}

// Working returns the day, or the next one that is not quiet.
func (d Day) Working() Day {
	for d.Quiet() {
		d = d.Plus(0, 1)
	}
	return d
}

// Monday returns the Monday of the week that the day lies in.
func (d Day) Monday() Day { return d.Plus(0, -(int(d.Begin().Weekday())+6)%7) }

// The hours in London between which reminders are put down. One that was kept from
// it goes on the next working day, not in the evening.
const (
	morning = 8
	evening = 18
)

// MayRemind says whether reminders may be put down at a moment.
func MayRemind(at time.Time) bool {
	day := DayOf(at)
	hour := at.In(day.Begin().Location()).Hour()
	return !day.Quiet() && hour >= morning && hour < evening
}

// Morning returns when reminders may first be put down after a moment at which they
// may not.
func Morning(after time.Time) time.Time {
	day := DayOf(after)
	if after.In(day.Begin().Location()).Hour() >= morning {
		day = day.Plus(0, 1)
	}
	t := day.Working().Begin()
	return time.Date(t.Year(), t.Month(), t.Day(), morning, 0, 0, 0, t.Location())
}

// slack is how long the reminders of a day may take to be put down. From one
// morning to the next that is 26 hours.
const slack = 2 * time.Hour

// OwedSince returns the newest morning whose reminders must have been put down by a
// moment.
func OwedSince(at time.Time) time.Time {
	t := at.Add(-slack)
	day := DayOf(t)
	if t.In(day.Begin().Location()).Hour() < morning {
		day = day.Plus(0, -1)
	}
	for day.Quiet() {
		day = day.Plus(0, -1)
	}
	return Morning(day.Begin())
}
