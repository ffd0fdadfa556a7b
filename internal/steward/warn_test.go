package steward

import (
	"log/slog"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/site"
	"golau/internal/store"
)

const day = 24 * time.Hour

// sleepers is a house with so many learners who have not come for 500 days, in
// which nobody has said yet that they go.
func sleepers(t *testing.T, n int) (house, []string) {
	h := open(t)
	h.Keys = h.keys()
	h.Log = slog.New(slog.DiscardHandler)
	org, board := h.place("one")
	h.member(h.person("boss@one.example", "Mair Boss"), org, board, people.Admin)
	var all []string
	for i := range n {
		id := h.person(string(rune('a'+i))+"@one.example", "Ifan Idle")
		h.member(id, org, board, people.Learner)
		all = append(all, id)
	}
	h.tick()
	h.clock.Advance(500 * day)
	if err := h.Confirm(t.Context(), h.admin); err != nil { // it stood still
		t.Fatal(err)
	}
	h.tick()
	return h, all
}

// nights lets so many days pass, with a run of each night.
func (h house) nights(n int) {
	h.t.Helper()
	for range n {
		h.clock.Advance(day)
		h.tick()
	}
}

func (h house) erased() int { return h.count("people_persons WHERE erased_at IS NOT NULL") }

func (h house) letters() int { return h.count("outbox_jobs WHERE kind = ?", people.InactiveWarned) }

// sent lets the letters that wait have gone, or have been given up.
func (h house) sent(column string) {
	h.t.Helper()
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET "+column+" = ? WHERE kind = ? AND done_at IS NULL AND failed_at IS NULL", tx.Now, people.InactiveWarned).Error
	})
}

// inactiveDue is the line of the dry run about those who no longer come.
func (h house) inactiveDue() Due {
	h.t.Helper()
	all, err := h.DryRun(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, d := range all {
		if d.Kind == people.Inactive {
			return d
		}
	}
	h.t.Fatal("no line")
	return Due{}
}

func (h house) comes(person string) {
	h.t.Helper()
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET demo_key = id WHERE id = ?", person).Error
	})
	if _, err := people.New(h.DB, people.Options{Demo: true}).SignInAs(h.t.Context(), person); err != nil {
		h.t.Fatal(err)
	}
}

// Switched on for the first time, letters go first, and nobody is erased before
// thirty days have passed since theirs went, or was given up.
func TestLettersGoFirst(t *testing.T) {
	for _, over := range []string{"done_at", "failed_at"} {
		h, _ := sleepers(t, 2)
		if d := h.inactiveDue(); d.N+d.Warned+d.ToWarn+h.letters() != 0 {
			t.Fatalf("nobody has said so: %+v", d)
		}
		h.schedule(map[string]string{people.Inactive: "365"})
		if d := h.inactiveDue(); d.N != 0 || d.Warned != 0 || d.ToWarn != 2 {
			t.Errorf("before the first night: %+v", d)
		}
		h.nights(1)
		run, err := site.LastRun(h.DB.Read(t.Context()))
		if err != nil || run.Counts[Warned] != 2 || run.Counts[people.Inactive] != 0 || h.letters() != 2 || h.count("audit_events WHERE verb = 'people.warned'") != 2 {
			t.Fatalf("%d letters, %v, %v", h.letters(), run.Counts, err)
		}
		h.nights(40) // the post does not take them
		if d := h.inactiveDue(); h.erased() != 0 || h.letters() != 2 || d.N != 0 || d.Warned != 2 || d.ToWarn != 0 {
			t.Errorf("%d erased, %d letters: %+v", h.erased(), h.letters(), d)
		}
		h.clock.Advance(time.Hour)
		h.sent(over)
		h.nights(29)
		if h.erased() != 0 {
			t.Errorf("%s: erased %d nights after the letter", over, 29)
		}
		h.clock.Advance(day - time.Second)
		if d := h.inactiveDue(); d.N != 0 {
			t.Errorf("%s: a second too early: %+v", over, d)
		}
		h.clock.Advance(time.Second)
		if d := h.inactiveDue(); d.N != 2 {
			t.Errorf("%s: thirty days on: %+v", over, d)
		}
		h.tick()
		if h.erased() != 2 || h.count("people_warned") != 0 || h.letters() != 0 {
			t.Errorf("%s: %d erased, and of the warnings %d are left", over, h.erased(), h.count("people_warned"))
		}
		if _, err := audit.Verify(h.DB.Read(t.Context())); err != nil {
			t.Error(err)
		}
	}
}

// Warned thirty days before the time, nobody is kept longer than they were.
func TestWarnedAheadOfTime(t *testing.T) {
	h, _ := sleepers(t, 1)
	h.schedule(map[string]string{people.Inactive: "540"})
	h.nights(9)
	if h.letters() != 0 {
		t.Error("warned too early")
	}
	h.nights(1)
	if h.letters() != 1 {
		t.Error("not warned thirty days before the time")
	}
	h.sent("done_at")
	h.nights(29)
	if h.erased() != 0 {
		t.Error("erased too early")
	}
	h.nights(1) // 540 days since they came
	if h.erased() != 1 {
		t.Error("they are kept longer than was said")
	}
}

// Whoever signs in stays, and is warned anew when they have been away as long again.
func TestWhoeverSignsInStays(t *testing.T) {
	h, all := sleepers(t, 2)
	h.schedule(map[string]string{people.Inactive: "365"})
	h.nights(1)
	h.sent("done_at")
	h.nights(29)
	h.comes(all[0])
	if h.count("people_warned WHERE person_id = ?", all[0]) != 0 {
		t.Error("they are here, and still warned")
	}
	for range 334 / 6 { // not each night, for it takes long
		h.clock.Advance(5 * day)
		h.nights(1)
	}
	if h.erased() != 1 || h.count("people_persons WHERE id = ? AND erased_at IS NULL", all[0]) != 1 {
		t.Fatalf("%d erased", h.erased())
	}
	if n := h.count("people_warned WHERE person_id = ?", all[0]); n != 0 {
		t.Error("warned too early")
	}
	h.nights(5)
	if h.count("people_warned WHERE person_id = ?", all[0]) != 1 || h.erased() != 1 {
		t.Error("not warned anew, or not before")
	}
}

// Switching it off takes warnings back: switched on again, the letters go first
// again. So does a new membership.
func TestWarningsAreWithdrawn(t *testing.T) {
	h, _ := sleepers(t, 2)
	h.schedule(map[string]string{people.Inactive: "365"})
	h.nights(1)
	h.sent("done_at")
	h.schedule(map[string]string{people.Inactive: "0"})
	h.nights(40)
	if h.count("people_warned") != 0 || h.count("audit_events WHERE verb = 'people.warning_withdrawn'") != 2 {
		t.Error("warnings are left")
	}
	h.schedule(map[string]string{people.Inactive: "365"})
	h.nights(1)
	if h.erased() != 0 || h.letters() != 4 {
		t.Errorf("%d erased, %d letters", h.erased(), h.letters())
	}
}

// A clock that jumps warns nobody and erases nobody, and a letter that went while
// it was wrong counts from when that is noticed.
func TestAWrongClockWarnsNobody(t *testing.T) {
	h, _ := sleepers(t, 2)
	h.schedule(map[string]string{people.Inactive: "365"})
	right := h.clock.Now()
	h.clock.Set(right.AddDate(10, 0, 0))
	h.tick()
	if h.letters() != 0 {
		t.Error("warned by a wrong clock")
	}
	h.clock.Set(right)
	h.nights(1)
	right = h.clock.Now()
	for _, wrong := range []int{10, -1} { // years
		h.clock.Set(right.AddDate(wrong, 0, 0))
		h.tick()
		h.sent("done_at")
		h.tick()
		if h.held(HeldClock); h.erased() != 0 {
			t.Fatalf("%d erased", h.erased())
		}
	}
	h.clock.Set(right)
	h.nights(30)
	if h.erased() != 0 {
		t.Error("erased before thirty days had been counted")
	}
	h.nights(1)
	if h.erased() != 2 {
		t.Error("held for ever by a clock that was wrong once")
	}
}
