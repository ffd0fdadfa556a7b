package steward

import (
	"context"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// HandOver writes what is kept of whoever has the address, as OwnData does, for
// somebody who asks for it and cannot sign in; of an address to which there are
// only invitations, those. The record says that it was handed over, and not what.
// Only the command on the machine calls it: whoever may run that may read the
// database. Problems are those of people.AskingAt, before Begin.
func (s *Steward) HandOver(ctx context.Context, email string, t Taking) (a people.Asking, err error) {
	err = s.DB.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		if a, err = people.AskingAt(tx.Rx, email); err != nil {
			return err
		}
		if a.Person != "" {
			return audit.Record(tx, "people.data_handed", "person:"+a.Person, nil)
		}
		for _, id := range a.Invitations {
			if err := audit.Record(tx, "people.data_handed", "invitation:"+id, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return a, err
	}
	t.Lang, t.invited = a.Language, a.Person == ""
	return a, s.DB.Snapshot(ctx, func(rx store.Rx) error {
		if a.Person != "" {
			return t.write(rx, personal(), a.Person)
		}
		return t.write(rx, people.PersonalOfAddress, a.Key)
	})
}
