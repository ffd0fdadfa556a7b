package people

import (
	"context"
	"slices"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// Nation is where a person works, by which lessons show the law and the way to
// report that are theirs.
type Nation string

// The four nations. Whoever has chosen none works in Wales.
const (
	Wales           Nation = "wales"
	England         Nation = "england"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern-ireland"
)

// Nations lists every nation.
var Nations = []Nation{Wales, England, Scotland, NorthernIreland}

// SetNation changes in which nation the viewer works. Any other word is Invalid
// with the field "nation".
func (d *Directory) SetNation(ctx context.Context, v Viewer, n Nation) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	if !slices.Contains(Nations, n) {
		return problem.InvalidField("nation", "people.nation.unknown")
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		return keepNation(tx, v.Person, n)
	})
}

// keepNation notes where the person works; what is so already leaves no line.
func keepNation(tx store.Tx, person string, n Nation) error {
	res := tx.Exec("UPDATE people_persons SET nation = ? WHERE id = ? AND nation <> ?", n, person, n)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return audit.Record(tx, "people.nation_changed", "person:"+person, map[string]any{"nation": n})
}

// clean returns the nation that somebody who joins means: Wales where the form
// does not say, since nobody has to decide it there.
func (n Nation) clean() (Nation, error) {
	if n == "" {
		return Wales, nil
	}
	if !slices.Contains(Nations, n) {
		return n, problem.InvalidField("nation", "people.nation.unknown")
	}
	return n, nil
}
