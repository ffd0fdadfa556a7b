package main

import (
	"math"
	"path/filepath"
	"strconv"
	"time"

	"golau/cmd/golau/internal/backups"
	"golau/internal/steward"
	"golau/internal/store"
)

// backupCheck says how the backups stand: why the last try failed, in which
// folder, what there is to go back to, when the next is made, and what works all
// the same.
func backupCheck(night backups.State, older func(store.Time, time.Duration) bool) steward.Check {
	last, failed := store.At(night.Last), night.On && night.Why != backups.Made
	c := steward.Check{Name: "backup", At: last, Count: night.Kept, Bytes: uint64(night.Bytes)}.As(
		steward.State{Name: "off", Holds: !night.On},
		steward.State{Name: string(night.Why), Holds: failed, Bad: true},
		steward.State{Name: "none", Holds: last.IsZero()},
		steward.State{Name: "old", Holds: older(last, backupOld), Bad: true},
		steward.State{Name: "rare", Holds: night.Rare > 0})
	if !night.On {
		return c
	}
	if c.State == "rare" { // whole minutes, and never fewer than there are
		c.Text = strconv.Itoa(int(math.Ceil(night.Rare.Minutes())))
	}
	dir := night.Dir
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	folder := func(c steward.Check) steward.Check {
		if c = c.Say("admin.health.backup.folder", last, dir); night.OneDisk {
			c = c.Say("admin.health.backup.one_disk", last, "")
		}
		return c
	}
	next := store.At(night.Next)
	if !failed {
		return folder(c).Say("admin.health.backup.next", next, "")
	}
	c.Said = night.Failure
	c = folder(c.Say("admin.health.backup.tried", store.At(night.Tried), ""))
	if last.IsZero() {
		c = c.Say("admin.health.backup.no_newest", last, "")
	} else {
		c = c.Say("admin.health.backup.newest", last, "")
	}
	return c.Say("admin.health.backup.still", last, "").Say("admin.health.backup.again", next, "")
}
