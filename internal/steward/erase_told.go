package steward

import (
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// ErasedTold is the fact that an administrator is to hear that another has
// erased somebody; its payload is an ErasedToldFact.
const ErasedTold = "steward.erased_told"

// ErasedToldFact says who is told, who did it and when, and nothing of whoever
// was erased.
type ErasedToldFact struct {
	To, By string
	At     store.Time
}

// tellOthers has the other administrators told, so that somebody notices what was
// done by a session that was stolen.
func tellOthers(tx store.Tx, by string) error {
	all, err := people.Administrators(tx.Rx)
	if err != nil {
		return err
	}
	for _, admin := range all {
		if admin == by {
			continue
		}
		if err := outbox.Put(tx, ErasedTold, tx.NewID(), ErasedToldFact{admin, by, tx.Now}); err != nil {
			return err
		}
	}
	return nil
}
