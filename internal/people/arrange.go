package people

import (
	"context"

	"golau/internal/store"
)

// arrangeAtOnce is how many people are put in order in one transaction.
const arrangeAtOnce = 200

// Arrange puts everybody in the order of lists who is in none yet: an upgrade
// knows no alphabet.
func (d *Directory) Arrange(ctx context.Context) error {
	for {
		var people []string
		err := d.db.Read(ctx).Raw(`SELECT DISTINCT person_id FROM people_positions WHERE sort_en IS NULL LIMIT ?`, arrangeAtOnce).Scan(&people).Error
		if err != nil || len(people) == 0 {
			return store.Explain(err)
		}
		err = d.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
			for _, p := range people {
				if err := arrange(tx, p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
