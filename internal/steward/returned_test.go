package steward

import (
	"context"
	"testing"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// doorbell is a folder of letters that somebody comes in by, between being
// found old enough to go and going.
type doorbell struct{ ring func() }

func (d doorbell) Forget([]string) error { d.ring(); return nil }

// Whoever comes back while a run goes on is not erased by it, and not counted.
func TestWhoeverComesBackStays(t *testing.T) {
	h := furnished(t)
	h.schedule(map[string]string{people.Left: "365", people.Inactive: "365"})
	h.Letters = doorbell{func() {
		err := h.DB.Write(t.Context(), store.Actor{Via: "web"}, func(_ context.Context, tx store.Tx) error {
			return tx.Exec("UPDATE people_persons SET seen_at = ? WHERE email = 'idle@one.example'", tx.Now).Error
		})
		if err != nil {
			t.Error(err)
		}
	}}
	// Gwyn, who would go before him, came back in time; so Ifan is found asleep,
	// and comes in when everything about him has been read.
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET seen_at = ? WHERE email = 'gone@one.example'", tx.Now).Error
	})
	run, err := h.Retain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if h.count("people_persons WHERE email = 'idle@one.example' AND erased_at IS NULL AND name = 'Ifan Idle'") != 1 || run.Counts[people.Inactive] != 0 {
		t.Errorf("somebody who came back was erased: %v", run.Counts)
	}
	if h.count("certificates_erased")+h.count("audit_events WHERE verb = 'people.erased'") != 0 || run.Finished.IsZero() {
		t.Errorf("half of them is gone, or the run is not over: %v", run)
	}
	if _, err := audit.Verify(h.DB.Read(t.Context())); err != nil {
		t.Error(err)
	}
}
