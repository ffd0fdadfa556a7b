package steward

import (
	"context"
	"errors"
	"time"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// checkEvery is how often the whole record is read by itself.
const checkEvery = 24 * time.Hour

// CheckRecord reads the whole record and keeps what came of it. It takes about
// ten seconds for a million lines, so it is no job of the outbox, which would
// hold up the letters.
func (s *Steward) CheckRecord(ctx context.Context) error {
	var lines int64
	fault := ""
	err := s.DB.Snapshot(ctx, func(rx store.Rx) (err error) {
		lines, err = audit.Verify(rx)
		var f audit.Fault
		if errors.As(err, &f) {
			fault = f.Error()
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		return audit.NoteCheck(tx, lines, fault)
	})
}

// checkDue says whether the record has not been read for a day.
func (s *Steward) checkDue(ctx context.Context) (bool, error) {
	last, err := audit.LastCheck(s.DB.Read(ctx))
	gone := s.DB.Now().Sub(last.At.Time)
	return err == nil && (gone >= checkEvery || gone < 0), err // one from the future says that the clock was wrong
}

// CheckNow reads the whole record for somebody who runs the installation, and
// records that they asked. Anybody else is problem.Forbidden.
func (s *Steward) CheckNow(ctx context.Context, v people.Viewer) error {
	if err := mayLook(v); err != nil {
		return err
	}
	err := s.DB.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		return audit.Record(tx, "audit.check_asked", "record:all", nil)
	})
	if err != nil {
		return err
	}
	select {
	case s.asked() <- struct{}{}:
	default: // it has been asked already
	}
	return nil
}

// Checked returns what came of the last reading of the record. Anybody who does
// not run the installation is problem.Forbidden.
func (s *Steward) Checked(ctx context.Context, v people.Viewer) (audit.Checked, error) {
	if err := mayLook(v); err != nil {
		return audit.Checked{}, err
	}
	return audit.LastCheck(s.DB.Read(ctx))
}
