package due_test

import (
	"testing"

	"golau/course/due"

	"pgregory.net/rapid"
)

func TestFirst(t *testing.T) {
	start := due.Schedule{Basis: due.AfterStart, Days: 28}
	day := due.Schedule{Basis: due.OnDay, Days: 28, Day: "2027-03-31"}
	yearly := day
	yearly.EveryMonths = 12
	window := due.Schedule{Basis: due.InWindow, Days: 14, From: "09-01", To: "10-31"}
	winter := due.Schedule{Basis: due.InWindow, Days: 0, From: "12-01", To: "02-29"}
	for _, c := range []struct {
		of           string
		s            due.Schedule
		since, asked due.Day
		want         due.Day
	}{
		{"a joiner", start, "2026-11-02", "2026-10-01", "2026-11-30"},
		{"who worked there already", start, "2019-01-01", "2026-11-23", "2026-12-21"},
		{"whose start nobody knows", start, "", "2026-11-23", "2026-12-21"},
		{"over the end of February", start, "2028-02-01", "2026-11-23", "2028-02-29"},
		{"a fixed day", day, "2019-01-01", "2026-11-23", "2027-03-31"},
		{"too near", day, "2027-03-20", "2027-03-20", "2027-04-17"},
		{"gone, and never again", day, "2028-01-01", "2028-01-01", "2028-01-29"},
		{"gone, and every year", yearly, "2027-06-01", "2027-06-01", "2028-03-31"},
		{"the day itself, every year", yearly, "", "2027-03-31", "2027-04-28"},
		{"within the window", window, "", "2026-09-15", "2026-10-31"},
		{"its last days", window, "", "2026-10-25", "2026-11-08"},
		{"after it", window, "", "2026-11-01", "2027-10-31"},
		{"over the year’s end", winter, "", "2026-12-15", "2027-02-28"},
		{"in a leap year", winter, "", "2027-03-01", "2028-02-29"},
	} {
		if got := c.s.First(c.since, c.asked); got != c.want {
			t.Errorf("%s: %s, not %s", c.of, got, c.want)
		}
	}
}

func TestAgain(t *testing.T) {
	start := due.Schedule{Basis: due.AfterStart, Days: 28, EveryMonths: 36}
	day := due.Schedule{Basis: due.OnDay, Day: "2027-03-31", EveryMonths: 12}
	monthly := due.Schedule{Basis: due.OnDay, Day: "2027-01-31", EveryMonths: 1}
	window := due.Schedule{Basis: due.InWindow, Days: 14, From: "09-01", To: "10-31", EveryMonths: 12}
	third := window
	third.EveryMonths = 36
	winter := due.Schedule{Basis: due.InWindow, From: "12-01", To: "02-29", EveryMonths: 12}
	for _, c := range []struct {
		of        string
		s         due.Schedule
		was, done due.Day
		want      due.Day
	}{
		{"three years from when it was done", start, "2026-12-21", "2026-11-30", "2029-11-30"},
		{"done late", start, "2026-12-21", "2027-02-01", "2030-02-01"},
		{"done on 29 February", start, "2028-03-01", "2028-02-29", "2031-02-28"},
		{"the same day next year", day, "2027-03-31", "2027-01-05", "2028-03-31"},
		{"done late, the same day", day, "2027-03-31", "2027-06-01", "2028-03-31"},
		{"done more than a year late", day, "2027-03-31", "2028-06-01", "2029-03-31"},
		{"the 31st comes back", monthly, "2027-02-28", "2027-02-20", "2027-03-31"},
		{"next year’s window", window, "2026-10-31", "2026-09-02", "2027-10-31"},
		{"who came late joins the window", window, "2026-11-08", "2026-11-03", "2027-10-31"},
		{"who came late joins every third", third, "2026-11-08", "2026-11-03", "2029-10-31"},
		{"29 February comes back", winter, "2027-02-28", "2027-02-20", "2028-02-29"},
		{"every third window", third, "2026-10-31", "2026-10-31", "2029-10-31"},
		{"every third, late by one", third, "2026-10-31", "2027-11-01", "2029-10-31"},
	} {
		got, ok := c.s.Again(c.was, c.done)
		if !ok || got != c.want {
			t.Errorf("%s: %s, not %s", c.of, got, c.want)
		}
	}
	if got, ok := (due.Schedule{Basis: due.AfterStart, Days: 28}).Again("2026-12-21", "2026-11-30"); ok {
		t.Errorf("what is asked once is due again on %s", got)
	}
}

func TestOpens(t *testing.T) {
	window := due.Schedule{Basis: due.InWindow, From: "09-01", To: "10-31"}
	winter := due.Schedule{Basis: due.InWindow, From: "12-01", To: "02-29"}
	for _, c := range []struct {
		s          due.Schedule
		next, want due.Day
	}{
		{due.Schedule{Basis: due.AfterStart}, "2029-11-30", "2029-09-01"},
		{due.Schedule{Basis: due.OnDay}, "2028-03-31", "2028-01-01"},
		{window, "2027-10-31", "2027-09-01"},
		{window, "2027-11-08", "2027-09-01"},
		{winter, "2028-02-29", "2027-12-01"},
	} {
		if got := c.s.Opens(c.next); got != c.want {
			t.Errorf("%+v: what is due on %s opens on %s, not %s", c.s, c.next, got, c.want)
		}
	}
}

// anySchedule is any schedule that a form would take.
var anySchedule = rapid.Custom(func(t *rapid.T) due.Schedule {
	ofYear := func(label string) string { return string(anyDay.Draw(t, label))[5:] }
	basis := rapid.SampledFrom([]due.Basis{due.AfterStart, due.OnDay, due.InWindow}).Draw(t, "basis")
	months := rapid.IntRange(0, 60).Draw(t, "months")
	if basis == due.InWindow {
		months = 12 * (months / 12)
	}
	return due.Schedule{
		Basis: basis,
		Days:  rapid.IntRange(0, 400).Draw(t, "days"), Day: anyDay.Draw(t, "day"),
		From: ofYear("from"), To: ofYear("to"),
		EveryMonths: months, GraceDays: rapid.IntRange(0, 90).Draw(t, "grace"),
	}
})

// TestNobodyIsAskedTooSoon: nobody has fewer days than promised, over leap days,
// the ends of years and the changes of the clock; and whoever is asked later
// never has an earlier day.
func TestNobodyIsAskedTooSoon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, since, asked := anySchedule.Draw(t, "schedule"), anyDay.Draw(t, "since"), anyDay.Draw(t, "asked")
		first := s.First(since, asked)
		if first < asked.Plus(0, s.Days) {
			t.Fatalf("%+v: asked on %s, due on %s", s, asked, first)
		}
		later := asked.Plus(0, rapid.IntRange(0, 900).Draw(t, "later"))
		if next := s.First(since, later); next < first && s.Basis != due.OnDay {
			t.Fatalf("%+v: asked on %s due %s, asked on %s due %s", s, asked, first, later, next)
		}
	})
}

// TestItComesRound: what is due again is due after it was done and after it was
// due, and cycles follow each other without end, none before the one before; days
// of the calendar stay on their day.
func TestItComesRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySchedule.Filter(func(s due.Schedule) bool { return s.EveryMonths > 0 }).Draw(t, "schedule")
		was := s.First(anyDay.Draw(t, "since"), anyDay.Draw(t, "asked"))
		for range 12 {
			done := was.Plus(0, rapid.IntRange(-300, 900).Draw(t, "done"))
			next, ok := s.Again(was, done)
			if !ok || next <= done || s.Basis != due.AfterStart && next <= was {
				t.Fatalf("%+v: due %s, done %s, again %s", s, was, done, next)
			}
			if s.Basis == due.AfterStart && next != done.Plus(s.EveryMonths, 0) {
				t.Fatalf("%+v: done %s, again %s", s, done, next)
			}
			if s.Basis == due.InWindow && string(next)[5:] != s.To && !(s.To == "02-29" && string(next)[5:] == "02-28" && next.Plus(0, 1) == due.Day(string(next)[:4]+"-03-01")) {
				t.Fatalf("%+v: the window ends on %s", s, next)
			}
			if open := s.Opens(next); open > next || open < next.Plus(-12, -due.ExpiringDays) {
				t.Fatalf("%+v: due on %s, open from %s", s, next, open)
			}
			was = next
		}
	})
}
