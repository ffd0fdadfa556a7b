package due_test

import (
	"slices"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"

	"pgregory.net/rapid"
)

// easter is the Sunday of Easter (the anonymous Gregorian computus).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

// holidays are the bank holidays of a year by their law, none of them announced for
// once.
func holidays(y int) map[due.Day]bool {
	all := map[due.Day]bool{}
	add := func(t time.Time) { all[due.Day(t.Format(time.DateOnly))] = true }
	instead := func(m time.Month, d int) {
		t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday || all[due.Day(t.Format(time.DateOnly))] {
			t = t.AddDate(0, 0, 1)
		}
		add(t)
	}
	monday := func(m time.Month, from, step int) {
		t := time.Date(y, m, from, 0, 0, 0, 0, time.UTC)
		for t.Weekday() != time.Monday {
			t = t.AddDate(0, 0, step)
		}
		add(t)
	}
	add(easter(y).AddDate(0, 0, -2))
	add(easter(y).AddDate(0, 0, 1))
	monday(time.May, 1, 1)
	monday(time.May, 31, -1)
	monday(time.August, 31, -1)
	if time.Date(y, time.December, 25, 0, 0, 0, 0, time.UTC).Weekday() == time.Sunday { // Boxing Day is a Monday then
		instead(time.December, 26)
		instead(time.December, 25)
	} else {
		instead(time.December, 25)
		instead(time.December, 26)
	}
	instead(time.January, 1)
	return all
}

// TestQuietDays: the days kept as bank holidays are those of the law, and nothing
// else between two weekends is quiet.
func TestQuietDays(t *testing.T) {
	for y := 2026; y <= 2036; y++ {
		law := holidays(y)
		for day := (due.Day(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))); day.Begin().Year() == y; day = day.Plus(0, 1) {
			w := day.Begin().Weekday()
			if want := law[day] || w == time.Saturday || w == time.Sunday; day.Quiet() != want {
				t.Errorf("%s, a %s, is quiet: %v", day, w, day.Quiet())
			}
		}
	}
	if got := due.Day("2026-12-25").Working(); got != "2026-12-29" {
		t.Errorf("after Christmas comes %s", got)
	}
	for day, want := range map[due.Day]due.Day{"2026-11-23": "2026-11-23", "2026-11-29": "2026-11-23", "2026-03-30": "2026-03-30", "2027-01-01": "2026-12-28"} {
		if got := day.Monday(); got != want {
			t.Errorf("the Monday of %s is %s", day, got)
		}
	}
}

// TestMornings: nobody is reminded before eight by the clock in London, on whatever
// side of the change of the clocks.
func TestMornings(t *testing.T) {
	for at, want := range map[string]bool{
		"2026-11-23T07:59:59Z": false, "2026-11-23T08:00:00Z": true, "2026-11-23T17:59:59Z": true, "2026-11-23T18:00:00Z": false,
		"2026-03-27T07:30:00Z": false, "2026-03-30T07:00:00Z": true, "2026-10-23T07:00:00Z": true, "2026-10-26T07:00:00Z": false,
		"2026-11-22T10:00:00Z": false, "2026-12-28T10:00:00Z": false,
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := due.MayRemind(moment); got != want {
			t.Errorf("%s (%s): %v", at, moment.In(i18n.London()), got)
		}
		next := due.Morning(moment)
		if !due.MayRemind(next) || due.MayRemind(next.Add(-time.Second)) || !want && !next.After(moment) {
			t.Errorf("after %s the next morning is %s", at, next)
		}
	}
}

// TestReached: which reminders a day calls for.
func TestReached(t *testing.T) {
	plain := due.Term{Due: "2026-12-14", Asked: "2026-10-01"}
	grace := plain
	grace.GraceDays = 10
	short := plain
	short.Asked = "2026-12-01"
	again := plain
	again.From = "2027-04-01"
	sooner := plain
	sooner.From = "2026-12-01"
	window := plain
	window.Opens = "2026-12-01"
	for _, c := range []struct {
		of    string
		term  due.Term
		today due.Day
		want  []due.Reminder
	}{
		{"too early", plain, "2026-11-13", nil},
		{"thirty days before", plain, "2026-11-14", []due.Reminder{due.Before30}},
		{"two weeks and more later it says nothing new", plain, "2026-11-29", nil},
		{"a week before", plain, "2026-12-07", []due.Reminder{due.Before7}},
		{"the day before, of which two have come", plain, "2026-12-13", []due.Reminder{due.Before7, due.Before1}},
		{"the day itself", plain, "2026-12-14", []due.Reminder{due.Before7, due.Before1}},
		{"a day late", plain, "2026-12-15", []due.Reminder{due.After1}},
		{"a week late", plain, "2026-12-21", []due.Reminder{due.After1, due.After7}},
		{"a fortnight late", plain, "2026-12-28", []due.Reminder{due.After1, due.After7, due.After14}},
		{"in its grace", grace, "2026-12-15", []due.Reminder{due.Before7, due.Before1}},
		{"after it", grace, "2026-12-25", []due.Reminder{due.After1}},
		{"let off meanwhile, and asked again today", again, "2027-04-01", nil},
		{"asked again since a day", again, "2027-04-02", []due.Reminder{due.After1}},
		{"asked again since a week", again, "2027-04-08", []due.Reminder{due.After1, due.After7}},
		{"asked again since a fortnight", again, "2027-04-15", []due.Reminder{due.After1, due.After7, due.After14}},
		{"asked again for long", again, "2027-05-01", nil},
		{"asked again before its day", sooner, "2026-12-15", []due.Reminder{due.After1}},
		{"asked too late for the first", short, "2026-12-01", nil},
		{"not open yet", window, "2026-11-20", nil},
		{"just open", window, "2026-12-01", []due.Reminder{due.Before30}},
	} {
		if got := c.term.Reached(c.today); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", c.of, got, c.want)
		}
	}
}

// TestRemindersAgreeWithTheStatus: what a reminder says is what the one rule says:
// late ones come when it is overdue and the others while it is not.
func TestRemindersAgreeWithTheStatus(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := due.Duty{Due: anyDay.Draw(t, "due"), GraceDays: rapid.IntRange(0, 90).Draw(t, "grace")}
		term := due.Term{Due: d.Due, GraceDays: d.GraceDays, Asked: d.Due.Plus(0, -rapid.IntRange(0, 90).Draw(t, "asked"))}
		today := d.Due.Plus(0, rapid.IntRange(-40, 140).Draw(t, "today"))
		for _, r := range term.Reached(today) {
			if status := d.On(today); r.Late() != (status == due.Overdue) || status != due.Overdue && status != due.DueSoon {
				t.Fatalf("%+v on %s: %s is reached while it is %s", d, today, r, status)
			}
		}
	})
}
