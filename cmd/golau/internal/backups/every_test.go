package backups

import (
	"testing"
	"time"
)

// More often than nightly, where somebody wants to lose less: the newest of a day
// takes the place of the one before, and of the days before one stays each.
func TestMoreOftenThanNightly(t *testing.T) {
	k := newKeeper(t)
	k.Every = time.Hour
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
