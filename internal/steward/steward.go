// Package steward looks after the installation itself: what waits to be done
// and why it did not go, what was recorded, how the machine stands, and what is
// kept of people and for how long. Its verbs reach through every room, so it
// stands above them.
//
// It does not know pages, and it decides nothing that a room decides: each room
// says which of its rows are about a person and what erasing them means.
package steward

import (
	"log/slog"
	"sync"

	"golau/certificates"
	"golau/internal/people"
	"golau/internal/store"
)

// Steward is what looking after the installation needs.
type Steward struct {
	DB *store.DB
	// People take the proof of an administrator who erases somebody; nil where
	// nobody does it by a page.
	People *people.Directory
	// Keys sign what waits for its signature before its holder is erased.
	Keys *certificates.Keys
	// Letters are what lies of letters on this machine; nil where none do.
	Letters Letters
	// Lists are the files that name whom a restored backup must not bring back.
	Lists []string
	// Log is told what waits for somebody; nil where nobody reads it.
	Log *slog.Logger

	told   store.Time // when the log was last told
	toldOf string     // and of what
	once   sync.Once
	bell   chan struct{}
}

// Letters are letters that lie on this machine.
type Letters interface {
	// Forget takes away whatever was written to the addresses.
	Forget(addresses []string) error
}

// mayLook refuses whoever does not run the installation.
func mayLook(v people.Viewer) error { return v.Require(people.SeeInstallation) }
