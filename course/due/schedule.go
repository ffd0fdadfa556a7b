package due

// Basis says from what the day follows on which something is due.
type Basis string

// The bases.
const (
	AfterStart Basis = "after_start" // so many days after somebody began to work there
	OnDay      Basis = "on_day"      // the same day for everybody
	InWindow   Basis = "in_window"   // a part of every year
)

// Schedule says by when something must be done, and when again.
type Schedule struct {
	Basis Basis
	// Days is how long somebody has: from their start, and at least so long from
	// when it was first asked of them, whatever the calendar says.
	Days int
	Day  Day // of OnDay
	// Of InWindow, its first and last day, as "09-01" and "10-31".
	From, To string
	// EveryMonths is after how long it must be done again; 0 = never.
	// In a window it is whole years.
	EveryMonths int
	// GraceDays is how long after its day it becomes overdue.
	GraceDays int
}

// First returns the day on which something is due for the first time: for
// somebody who has worked there since a day ("" = unknown), of whom it was first
// asked on another. Nobody has fewer than Days.
func (s Schedule) First(since, asked Day) Day {
	least := max(since, asked).Plus(0, s.Days)
	switch s.Basis {
	case OnDay:
		day := s.Day
		if s.EveryMonths > 0 {
			day = following(s.Day, s.EveryMonths, asked.Plus(0, -1))
		}
		return max(day, least)
	case InWindow:
		return max(s.windowEnd(asked), least)
	}
	return least
}

// Again returns the day on which it is due after it was done, having been due on
// a day; ok is false where it is never due again. Days after a start are counted
// from when it was done; days of the calendar stay where they are.
func (s Schedule) Again(was, done Day) (next Day, ok bool) {
	if s.EveryMonths <= 0 {
		return "", false
	}
	switch s.Basis {
	case OnDay:
		return following(s.Day, s.EveryMonths, max(was, done)), true
	case InWindow:
		base := s.windowEnd(was)
		if base > was { // who came late had longer than the window
			base = s.windowEnd(was.Plus(-12, 0))
		}
		return s.windowAfter(yearOf(base), max(was, done)), true
	}
	return done.Plus(s.EveryMonths, 0), true
}

// Opens returns the day from which what is due again on a day may be taken again:
// the first of its window, or else so long before it as what was done is said to
// be expiring.
func (s Schedule) Opens(next Day) Day {
	if s.Basis != InWindow {
		return next.Plus(0, -ExpiringDays)
	}
	year := yearOf(next)
	if from := inYear(year, s.From); from <= next {
		return from
	}
	return inYear(year-1, s.From)
}

// windowEnd returns the last day of the window that a day lies in, or else of the
// next one.
func (s Schedule) windowEnd(day Day) Day {
	year := yearOf(day)
	if end := inYear(year, s.To); end >= day {
		return end
	}
	return inYear(year+1, s.To)
}

// windowAfter returns the first end of a window after a day, of those that come so
// many whole years after one; each by its own year, so that 29 February comes back.
func (s Schedule) windowAfter(year int, after Day) Day {
	for ; ; year += max(1, s.EveryMonths/12) {
		if end := inYear(year, s.To); end > after {
			return end
		}
	}
}

func yearOf(day Day) int { return day.Begin().Year() }

// inYear returns a day of every year in one of them; 29 February is the 28th
// where there is none.
func inYear(year int, day string) Day {
	leap := Day("2000-" + day) // has every day there is
	return leap.Plus((year-2000)*12, 0)
}

// following returns the first day after another of the series that begins on a
// day and goes on every so many months. Each is counted from the first, so that
// the 31st comes back after a short month.
func following(first Day, months int, after Day) Day {
	for n := 0; ; n++ {
		if day := first.Plus(n*months, 0); day > after {
			return day
		}
	}
}
