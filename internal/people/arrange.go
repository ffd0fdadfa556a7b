package people

import (
	"context"

	"golau/internal/store"
)

// arrangeAtOnce is how many people are looked up at a time who are put in order.
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
		if err := store.Each(ctx, d.db, store.Actor{Via: "worker"}, people, arrange); err != nil {
			return err
		}
	}
}
