package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// NoCouncil is where agencies go that have none from then on.
const NoCouncil = "-"

// RetireCouncil takes a council out of every list from which one is chosen; its
// agencies go to another, or with NoCouncil to none. Where it has agencies and none
// is named, where the other is no council that is in use, or where an agency of the
// same name is there already, it is Invalid with the field "to" and the number or
// the name in it. Retired again changes nothing; no such council is NotFound.
func (d *Directory) RetireCouncil(ctx context.Context, v Viewer, key, to string) error {
	return d.changeCouncil(ctx, v, key, func(tx store.Tx, c Council) error {
		if c.Retired {
			return nil
		}
		agencies, err := AgenciesOf(tx.Rx, key)
		if err != nil {
			return err
		}
		if len(agencies) > 0 {
			if to, err = successor(tx.Rx, key, to, len(agencies)); err != nil {
				return err
			}
		}
		for _, o := range agencies {
			f := AgencyForm{Name: o.Name, Kind: o.Kind, Council: to}
			if err := freeAgencyName(tx.Rx, o.ID, f); o.Retired {
				// Its name is free meanwhile: looked at when it is brought back.
			} else if problem.KindOf(err) == problem.Conflict && err != nil {
				return problem.InvalidField("to", "people.council.move_taken", "Agency", o.Name.EN+" / "+o.Name.CY)
			} else if err != nil {
				return err
			}
			if err := changeOrganisation(tx, o, f); err != nil {
				return err
			}
		}
		if err := tx.Exec("UPDATE people_councils SET retired_at = ? WHERE key = ?", tx.Now, key).Error; err != nil {
			return err
		}
		return audit.Record(tx, "people.council_retired", "council:"+key, map[string]any{"agencies": len(agencies), "to": to})
	})
}

// successor is the key of the council to which the agencies of another go, "" for
// none.
func successor(rx store.Rx, key, to string, agencies int) (string, error) {
	switch to {
	case "":
		return "", problem.InvalidField("to", "people.council.in_use", "Agencies", agencies)
	case NoCouncil:
		return "", nil
	}
	c, err := CouncilByKey(rx, to)
	if problem.KindOf(err) == problem.NotFound && err != nil || err == nil && (c.Retired || c.Key == key) {
		return "", problem.InvalidField("to", "people.council.unknown")
	}
	return c.Key, err
}

// ReturnCouncil brings a retired council back into the lists; agencies are given
// to it one by one. In use already, it changes nothing; no such council is
// NotFound.
func (d *Directory) ReturnCouncil(ctx context.Context, v Viewer, key string) error {
	return d.changeCouncil(ctx, v, key, func(tx store.Tx, c Council) error {
		if !c.Retired {
			return nil
		}
		if err := tx.Exec("UPDATE people_councils SET retired_at = NULL WHERE key = ?", key).Error; err != nil {
			return err
		}
		return audit.Record(tx, "people.council_returned", "council:"+key, map[string]any{})
	})
}

// AgenciesOf returns the agencies of a council's area, by key.
func AgenciesOf(rx store.Rx, council string) ([]Organisation, error) {
	var bs []body
	err := rx.Raw(selectOrganisation+" WHERE council_key = ? ORDER BY key", council).Scan(&bs).Error
	os := make([]Organisation, len(bs))
	for i, b := range bs {
		os[i] = b.organisation()
	}
	return os, store.Explain(err)
}

// RetiredCouncils returns the councils that are in no list any more, in the order
// of the language.
func RetiredCouncils(rx store.Rx, l i18n.Lang) ([]Council, error) {
	all, err := Councils(rx)
	var retired []Council
	for _, c := range all {
		if c.Retired {
			retired = append(retired, c)
		}
	}
	sortCouncils(retired, l)
	return retired, err
}
