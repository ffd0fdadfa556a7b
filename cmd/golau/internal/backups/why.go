package backups

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"golau/internal/i18n"
)

// Why says why a backup was not made, in a word for which pages have a sentence
// that says what to do.
type Why string

// The reasons that can be told apart.
const (
	Made       Why = ""            // none: the last try went well, or there was none
	Full       Why = "full"        // there is no room
	NotAllowed Why = "not_allowed" // the program may not write there
	NoFolder   Why = "no_folder"   // the folder is not there, or is no folder
	Other      Why = "failed"      // something else: the machine's own words are all there is
)

// errFull means that a backup would not have found room.
var errFull = errors.New("the disk is full")

// whyOf says what a failure comes to.
func whyOf(err error) Why {
	is := func(targets ...error) bool {
		for _, t := range targets {
			if errors.Is(err, t) {
				return true
			}
		}
		return false
	}
	switch {
	case err == nil:
		return Made
	case is(errFull, syscall.ENOSPC, syscall.EDQUOT), strings.Contains(err.Error(), "disk is full"): // the engine says so in words
		return Full
	case is(fs.ErrPermission, syscall.EROFS):
		return NotAllowed
	case is(fs.ErrNotExist, syscall.ENOTDIR):
		return NoFolder
	}
	return Other
}

// next is when a backup is made next by itself, if nothing is in the way.
func (r *Rota) next(now, last time.Time, failed bool, tried time.Time) time.Time {
	at := night(now)
	n := at.In(i18n.London())
	coming := time.Date(n.Year(), n.Month(), n.Day()+1, hour, minute, 0, 0, n.Location())
	switch {
	case failed:
		coming = tried.Add(again)
	case last.Before(at):
		coming = now
	case r.Every > 0 && r.written() && last.Add(r.pause()).Before(coming):
		coming = last.Add(r.pause())
	}
	if coming.Before(now) {
		return now
	}
	return coming
}
