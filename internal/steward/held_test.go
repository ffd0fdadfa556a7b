package steward

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// nights is a house of so many people, with a run behind it, a log, and
// everything taken away that may be.
func nights(t *testing.T, persons int) (house, *bytes.Buffer) {
	h := open(t)
	h.Keys = h.keys()
	log := &bytes.Buffer{}
	h.Log = slog.New(slog.NewTextHandler(log, nil))
	org, board := h.place("one")
	h.member(h.person("boss@one.example", "Mair Boss"), org, board, people.Admin)
	for i := range persons {
		h.person(fmt.Sprintf("p%d@one.example", i), "Pawb Person") // belongs nowhere
	}
	h.schedule(map[string]string{people.Left: "365", people.Inactive: "365"})
	h.tick()
	if h.count("site_retention_runs WHERE finished_at IS NOT NULL") != 1 {
		t.Fatal("no first run")
	}
	return h, log
}

func (h house) tick() {
	h.t.Helper()
	if err := h.Tick(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func (h house) held(want string) Held {
	h.t.Helper()
	held, err := h.Held(h.t.Context())
	if err != nil || held.Why != want {
		h.t.Errorf("held %+v, %v; want %q", held, err, want)
	}
	return held
}

// A clock that is years off for a while takes nobody and nothing away, however
// much is done and recorded meanwhile, and whichever way it moves. When it is
// right again, the nights go on.
func TestAWrongClockErasesNobody(t *testing.T) {
	h, log := nights(t, 3)
	right, details := h.clock.Now(), h.count("audit_details WHERE detail = ''")
	for _, wrong := range []time.Duration{10 * 365 * 24 * time.Hour, 8 * 24 * time.Hour, -30 * 24 * time.Hour} {
		h.clock.Set(right.Add(wrong))
		for range 3 {
			h.tick()
			h.clock.Advance(time.Hour)
			h.write(func(tx store.Tx) error { return audit.Record(tx, "test.came", "thing:1", nil) })
		}
		if held := h.held(HeldClock); !held.Since.Equal(right) {
			t.Errorf("the last certain moment is %v, want %v", held.Since, right)
		}
	}
	if n := h.count("people_persons WHERE erased_at IS NOT NULL"); n != 0 {
		t.Errorf("%d were erased", n)
	}
	if n := h.count("audit_details WHERE detail = ''"); n != details || h.count("site_retention_runs") != 1 {
		t.Errorf("%d details went, in %d runs", n-details, h.count("site_retention_runs"))
	}
	if n := strings.Count(log.String(), "the clock has moved"); n != 3 {
		t.Errorf("the log says it %d times:\n%s", n, log)
	}
	h.clock.Set(right.Add(24 * time.Hour))
	h.tick()
	if h.held(""); h.count("site_retention_runs WHERE finished_at IS NOT NULL") != 2 {
		t.Error("the next night took nothing away")
	}
	if h.count("audit_checks WHERE at = ?", store.At(h.clock.Now())) != 1 {
		t.Error("the record is not read any more")
	}
}

// Whoever runs the installation can say that the clock is right: then it goes on.
func TestALongStandstillIsConfirmed(t *testing.T) {
	h, _ := nights(t, 3)
	h.clock.Advance(400 * 24 * time.Hour)
	h.tick()
	if n := h.count("people_persons WHERE erased_at IS NOT NULL"); n != 0 {
		t.Fatalf("%d were erased", n)
	}
	for range 2 { // twice is once
		if err := h.Confirm(t.Context(), h.admin); err != nil {
			t.Fatal(err)
		}
	}
	h.held("")
	h.tick()
	if h.count("people_persons WHERE erased_at IS NOT NULL") != 3 || h.count("site_retention_runs") != 2 ||
		h.count("audit_events WHERE verb = 'site.retention_confirmed'") != 1 {
		t.Error("it did not go on, or more than once")
	}
}

// More than ten people who are more than a tenth of all do not go unseen; fewer do.
func TestACrowdDoesNotGoUnseen(t *testing.T) {
	for n, want := range map[int]string{fewPeople: "", fewPeople + 1: HeldPeople} {
		h, log := nights(t, n)
		for range 60 { // the days pass, and each night is a run
			h.clock.Advance(6 * 24 * time.Hour)
			h.tick()
		}
		h.clock.Advance(6 * 24 * time.Hour)
		if want != "" {
			if held := h.held(want); held.People != n || held.Of != n+1 {
				t.Errorf("%+v", held)
			}
			runs := h.count("site_retention_runs")
			h.tick()
			if h.count("people_persons WHERE erased_at IS NOT NULL") != 0 || h.count("site_retention_runs") != runs || !strings.Contains(log.String(), "too many people") {
				t.Errorf("they went, or the log is silent: %s", log)
			}
			if err := h.Confirm(t.Context(), h.admin); err != nil {
				t.Fatal(err)
			}
		}
		h.tick()
		if gone := h.count("people_persons WHERE erased_at IS NOT NULL"); gone != n {
			t.Errorf("%d of %d went", gone, n)
		}
	}
}
