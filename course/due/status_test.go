package due_test

import (
	"slices"
	"testing"

	"golau/course/due"

	"pgregory.net/rapid"
)

func TestStatusOn(t *testing.T) {
	never := due.Duty{Due: "2026-03-29", GraceDays: 7}
	begun := never
	begun.Started = true
	free := due.Duty{Started: true}
	held := due.Duty{Due: "2023-10-25", Started: true, Done: "2023-10-25", ValidUntil: "2026-10-25"}
	again := held // begun anew before it ran out
	again.Due = "2026-10-25"
	forEver := due.Duty{Started: true, Done: "2023-10-25"}
	off := never
	off.ExemptUntil = "2026-04-30"
	for _, c := range []struct {
		of   string
		duty due.Duty
		day  due.Day
		want due.Status
	}{
		{"nothing is asked", due.Duty{}, "2026-01-01", due.NotStarted},
		{"begun, nothing is asked", free, "2026-01-01", due.InProgress},
		{"31 days before", never, "2026-02-26", due.NotStarted},
		{"31 days before, begun", begun, "2026-02-26", due.InProgress},
		{"30 days before", never, "2026-02-27", due.DueSoon},
		{"30 days before, begun", begun, "2026-02-27", due.DueSoon},
		{"the day itself, on which the clocks change", never, "2026-03-29", due.DueSoon},
		{"within the grace", never, "2026-04-05", due.DueSoon},
		{"after the grace", never, "2026-04-06", due.Overdue},
		{"let off", off, "2026-04-06", due.Exempt},
		{"let off, its last day", off, "2026-04-30", due.Exempt},
		{"let off no longer", off, "2026-05-01", due.Overdue},
		{"done", held, "2023-10-25", due.InDate},
		{"91 days before its end", held, "2026-07-26", due.InDate},
		{"90 days before its end", held, "2026-07-27", due.Expiring},
		{"begun anew", again, "2026-10-01", due.Expiring},
		{"its last day, of 25 hours", held, "2026-10-25", due.Expiring},
		{"the day after", held, "2026-10-26", due.Expired},
		{"the day after, begun anew", again, "2026-10-26", due.Expired},
		{"without an end", forEver, "2061-01-01", due.InDate},
	} {
		if got := c.duty.On(c.day); got != c.want {
			t.Errorf("%s (%s): %s, not %s", c.of, c.day, got, c.want)
		}
	}
}

// anyDuty is any duty that can be.
var anyDuty = rapid.Custom(func(t *rapid.T) due.Duty {
	maybe := func(label string) due.Day {
		if rapid.Bool().Draw(t, label+" is there") {
			return anyDay.Draw(t, label)
		}
		return ""
	}
	d := due.Duty{Due: maybe("due"), GraceDays: rapid.IntRange(0, 60).Draw(t, "grace"),
		Started: rapid.Bool().Draw(t, "started"), Done: maybe("done"), ExemptUntil: maybe("exempt until")}
	if d.Done != "" {
		d.Started = true
		if rapid.Bool().Draw(t, "ends") {
			d.ValidUntil = d.Done.Plus(rapid.IntRange(0, 60).Draw(t, "months"), 0)
		}
	}
	return d
})

// TestTimeAloneOnlyMakesItWorse: where nobody does anything, each day's status is
// that of the day before or a later one of its row, and no status is left out of
// the list.
func TestTimeAloneOnlyMakesItWorse(t *testing.T) {
	rows := map[bool][]due.Status{
		false: {due.Exempt, due.NotStarted, due.InProgress, due.DueSoon, due.Overdue},
		true:  {due.Exempt, due.InDate, due.Expiring, due.Expired},
	}
	rapid.Check(t, func(t *rapid.T) {
		d := anyDuty.Draw(t, "duty")
		row, day, at := rows[d.Done != ""], anyDay.Draw(t, "from"), 0
		for range 200 {
			s := d.On(day)
			next := slices.Index(row, s)
			if next < at || !slices.Contains(due.Statuses, s) {
				t.Fatalf("%+v: %s on %s, after %s", d, s, day, row[at])
			}
			at, day = next, day.Plus(0, rapid.IntRange(1, 40).Draw(t, "later"))
		}
	})
}

// TestAFinishedDutyIsNotOverdue: whoever is in date is not asked for anything,
// whenever it was due; and nobody is overdue before the end of the day itself.
func TestAFinishedDutyIsNotOverdue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, day := anyDuty.Draw(t, "duty"), anyDay.Draw(t, "day")
		s := d.On(day)
		if d.Done != "" && (s == due.Overdue || s == due.DueSoon || s == due.NotStarted) {
			t.Fatalf("%+v is %s on %s", d, s, day)
		}
		if s == due.Overdue && day <= d.Due {
			t.Fatalf("%+v is overdue on %s", d, day)
		}
		if s == due.Expired && day <= d.ValidUntil {
			t.Fatalf("%+v has expired on %s", d, day)
		}
	})
}
