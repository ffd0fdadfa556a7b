// Package steward looks after the installation itself: what waits to be done
// and why it did not go, what was recorded, how the machine stands, and what is
// kept of people and for how long. Its verbs reach through every room, so it
// stands above them.
//
// It does not know pages, and it decides nothing that a room decides: each room
// says which of its rows are about a person and what erasing them means.
package steward

import (
	"sync"

	"golau/internal/people"
	"golau/internal/store"
)

// Steward is what looking after the installation needs.
type Steward struct {
	DB *store.DB

	once sync.Once
	bell chan struct{}
}

// mayLook refuses whoever does not run the installation.
func mayLook(v people.Viewer) error { return v.Require(people.SeeInstallation) }
