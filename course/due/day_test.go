package due_test

import (
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"

	"pgregory.net/rapid"
)

// anyDay is a day between 1999 and 2061.
var anyDay = rapid.Custom(func(t *rapid.T) due.Day {
	return due.Day("1999-01-01").Plus(0, rapid.IntRange(0, 62*365).Draw(t, "days"))
})

// TestADayIsOfLondon: each hour of the years around today lies in the day that a
// clock in London shows, also where the clocks change, and a day begins and ends
// within itself.
func TestADayIsOfLondon(t *testing.T) {
	for at := time.Date(2023, 12, 30, 0, 30, 0, 0, time.UTC); at.Year() < 2029; at = at.Add(time.Hour) {
		d := due.DayOf(at)
		if want := at.In(i18n.London()).Format(time.DateOnly); string(d) != want {
			t.Fatalf("%s is %s, not %s", at, d, want)
		}
		if at.Before(d.Begin()) || at.After(d.End()) {
			t.Fatalf("%s is not between %s and %s", at, d.Begin(), d.End())
		}
		if next := due.DayOf(d.End().Add(time.Second)); next != d.Plus(0, 1) {
			t.Fatalf("after %s comes %s", d, next)
		}
	}
}

// TestDaysWithAnHourMoreOrLess: the days on which the clocks change are as long
// as they are in London.
func TestDaysWithAnHourMoreOrLess(t *testing.T) {
	for day, hours := range map[due.Day]int{"2026-03-29": 23, "2026-10-25": 25, "2026-11-23": 24, "2027-03-28": 23, "2027-10-31": 25} {
		if got := day.End().Add(time.Second).Sub(day.Begin()); got != time.Duration(hours)*time.Hour {
			t.Errorf("%s has %s, not %d hours", day, got, hours)
		}
	}
	if got := due.Day("2026-06-30").End().UTC(); got != time.Date(2026, 6, 30, 22, 59, 59, 0, time.UTC) {
		t.Errorf("a day of summer ends at %s", got)
	}
}

func TestPlus(t *testing.T) {
	for _, c := range []struct {
		day          due.Day
		months, days int
		want         due.Day
	}{
		{"2024-02-29", 12, 0, "2025-02-28"},
		{"2024-02-29", 48, 0, "2028-02-29"},
		{"2025-02-28", 36, 0, "2028-02-28"},
		{"2026-01-31", 1, 0, "2026-02-28"},
		{"2028-01-31", 1, 0, "2028-02-29"},
		{"2026-10-31", 1, 1, "2026-12-01"},
		{"2026-12-31", 0, 1, "2027-01-01"},
		{"2026-12-31", 2, 0, "2027-02-28"},
		{"2027-03-01", 0, -1, "2027-02-28"},
		{"2026-03-31", -1, 0, "2026-02-28"},
		{"2026-01-15", -13, 0, "2024-12-15"},
		{"2100-02-28", 0, 1, "2100-03-01"}, // no leap year
	} {
		if got := c.day.Plus(c.months, c.days); got != c.want {
			t.Errorf("%s and %d months and %d days is %s, not %s", c.day, c.months, c.days, got, c.want)
		}
	}
}

// TestPlusIsSteady: days add up, there and back, whatever lies between; months
// never lead past the month that is meant.
func TestPlusIsSteady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay.Draw(t, "day")
		n, m := rapid.IntRange(-2000, 2000).Draw(t, "n"), rapid.IntRange(-400, 400).Draw(t, "months")
		if d.Plus(0, n).Plus(0, -n) != d {
			t.Fatalf("%s and %d days and back is %s", d, n, d.Plus(0, n).Plus(0, -n))
		}
		if (n > 0) != (d.Plus(0, n) > d) {
			t.Fatalf("%s and %d days is %s", d, n, d.Plus(0, n))
		}
		from, to := d.Begin(), d.Plus(m, 0).Begin()
		if got := (to.Year()-from.Year())*12 + int(to.Month()-from.Month()); got != m {
			t.Fatalf("%s and %d months is %s, %d months away", d, m, d.Plus(m, 0), got)
		}
	})
}

func TestParseDay(t *testing.T) {
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-11-23T00:00", "23/11/2026"} {
		if d, ok := due.ParseDay(s); ok || d != "" {
			t.Errorf("%q was read as the day %q", s, d)
		}
	}
	if d, ok := due.ParseDay("2028-02-29"); !ok || d != "2028-02-29" {
		t.Errorf("29 February 2028 was read as %q, %v", d, ok)
	}
}
