package backups

import (
	"testing"
	"time"
)

// Where nobody writes there is nothing to copy again but by night, and health
// says so; the first answer after it makes another due.
func TestNothingWrittenNothingCopied(t *testing.T) {
	k := newKeeper(t)
	k.Every = 5 * time.Minute
	k.at("2026-06-10 09:00").want("0610T0900")
	k.at("2026-06-10 09:05").want("0610T0900")
	if next := k.State().Next.Format(time.DateTime); next != "2026-06-11 01:30:00" && next != "2026-06-11 02:30:00" {
		t.Errorf("the next one: %s", next)
	}
	k.write()
	if next := k.State().Next.Format(time.DateTime); next != "2026-06-10 09:05:00" {
		t.Errorf("the next one: %s", next)
	}
	k.at("2026-06-10 09:06").want("0610T0906")
	k.at("2026-06-10 12:00").want("0610T0906")
	k.at("2026-06-11 01:30").want("0610T0906", "0611T0130")
}

// A backup that takes long is made less often, where the program decides how
// often; where somebody has said so, as often as they say.
func TestALongBackupWaitsLonger(t *testing.T) {
	k := newKeeper(t)
	k.Every, k.Gently, k.busy = 5*time.Minute, true, true
	k.at("2026-06-10 09:00").want("0610T0900")
	rare := func(want time.Duration) {
		t.Helper()
		if got := k.State().Rare; got != want {
			t.Errorf("told to be %s apart, not %s", got, want)
		}
	}
	rare(0)
	k.took = 15 * time.Second // as long as five minutes hold
	rare(0)
	k.took = 2 * time.Minute
	rare(40 * time.Minute)
	k.at("2026-06-10 09:39").want("0610T0900")
	k.at("2026-06-10 09:40").want("0610T0940") // which took no time
	rare(0)
	k.at("2026-06-10 09:45").want("0610T0945")
	k.took, k.Gently = 2*time.Minute, false
	rare(0)
	k.at("2026-06-10 09:50").want("0610T0950")
}

// More often than nightly, where somebody wants to lose less: the newest of a day
// takes the place of the one before, and of the days before one stays each.
func TestMoreOftenThanNightly(t *testing.T) {
	k := newKeeper(t)
	k.Every, k.busy = time.Hour, true
	k.at("2026-06-10 09:00").want("0610T0900")
	k.at("2026-06-10 09:59").want("0610T0900")
	k.at("2026-06-10 10:00").want("0610T1000")
	k.at("2026-06-10 11:30").want("0610T1130")
	k.at("2026-06-11 01:30").want("0610T1130", "0611T0130") // the night's
	k.at("2026-06-11 02:29").want("0610T1130", "0611T0130")
	k.at("2026-06-11 02:30").want("0610T1130", "0611T0230")
	k.Every = 0
	k.at("2026-06-11 23:00").want("0610T1130", "0611T0230")
}
