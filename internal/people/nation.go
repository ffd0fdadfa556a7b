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
		res := tx.Exec("UPDATE people_persons SET nation = ? WHERE id = ? AND nation <> ?", n, v.Person, n)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return audit.Record(tx, "people.nation_changed", "person:"+v.Person, map[string]any{"nation": n})
	})
}
