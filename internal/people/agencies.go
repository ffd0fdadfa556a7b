package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// AgencyForm is what an administrator says of an agency.
type AgencyForm struct {
	Name    i18n.Text
	Kind    string
	Council string   // key; may be ""
	Boards  []string // keys of the boards it works under
	Domains string   // of a new agency: e-mail domains, with spaces or commas between
}

// clean returns the form as it will be stored, and its domains. The problem is
// Invalid, with the fields name_en, name_cy, kind, boards, domains.
func (f AgencyForm) clean(already string) (AgencyForm, []string, error) {
	ref, err := LoadReference()
	if err != nil {
		return f, nil, err
	}
	all := faults{}
	f.Name, err = cleanText("name", f.Name)
	all.note(err)
	if !isKind(ref.Kinds.Agencies, f.Kind, already) {
		all.at("kind", "people.kind.unknown")
	}
	if len(f.Boards) == 0 {
		all.at("boards", "people.agency.no_board")
	}
	var domains, bad []string
	for _, s := range strings.FieldsFunc(f.Domains, func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) }) {
		domain, err := cleanDomain(strings.TrimPrefix(s, "@"))
		if e, ok := problem.As(err); ok {
			// The last fault is said, with all that have it.
			if key := e.Fields["domain"]; all["domains"] != key {
				all.at("domains", key)
				bad = nil
			}
			bad = append(bad, fmt.Sprint(e.Args["Domain"]))
		}
		domains = append(domains, domain)
	}
	err = all.err()
	if e, ok := problem.As(err); ok {
		e.Args["Domain"] = strings.Join(bad, ", ")
	}
	return f, domains, err
}

// AddAgency adds an agency with its boards and domains, and returns its key. A
// form that needs putting right is Invalid, with the fields of the form; an
// agency of that name in that council's area is Conflict with "name_en".
func (d *Directory) AddAgency(ctx context.Context, v Viewer, f AgencyForm) (key string, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return "", err
	}
	f, domains, err := f.clean("")
	if err != nil {
		return "", err
	}
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		boards, err := boardIDs(tx.Rx, f.Boards)
		if err != nil {
			return err
		}
		if err := freeAgencyName(tx.Rx, "", f); err != nil {
			return err
		}
		if key, err = freeKey(tx.Rx, "SELECT count(*) FROM people_organisations WHERE key = ?", keyOf(f.Name.EN)); err != nil {
			return err
		}
		id, err := AddOrganisation(tx, NewOrganisation{Key: key, Name: f.Name, Kind: f.Kind, CouncilKey: f.Council})
		if err != nil {
			return err
		}
		for _, board := range boards {
			if err := LinkBoard(tx, id, board); err != nil {
				return err
			}
		}
		for _, domain := range domains {
			if err := AddDomain(tx, id, domain); err != nil {
				return err
			}
		}
		return nil
	})
	return key, err
}

// ChangeAgency changes an agency's name, kind, council and boards. A board under
// which people of the agency stand now cannot be left: that is Conflict with
// the field "boards", and the number in it. The same again changes nothing;
// other problems are those of AddAgency, and no such agency is NotFound.
func (d *Directory) ChangeAgency(ctx context.Context, v Viewer, key string, f AgencyForm) error {
	return d.changeAgency(ctx, v, key, func(tx store.Tx, o Organisation) (err error) {
		f.Domains = "" // an agency's domains are changed one by one
		if f, _, err = f.clean(o.Kind); err != nil {
			return err
		}
		wanted, err := boardIDs(tx.Rx, f.Boards)
		if err != nil {
			return err
		}
		if err := freeAgencyName(tx.Rx, o.ID, f); err != nil {
			return err
		}
		if err := changeOrganisation(tx, o, f); err != nil {
			return err
		}
		return changeBoards(tx, o.ID, wanted)
	})
}

// changeAgency lets an administrator change one agency that is in use; one that is
// retired is Conflict.
func (d *Directory) changeAgency(ctx context.Context, v Viewer, key string, change func(store.Tx, Organisation) error) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		o, err := OrganisationByKey(tx.Rx, key)
		if err != nil {
			return err
		}
		if o.Retired {
			return problem.New(problem.Conflict, "people.agency.is_retired")
		}
		return change(tx, o)
	})
}

func changeOrganisation(tx store.Tx, o Organisation, f AgencyForm) error {
	if o.Name == f.Name && o.Kind == f.Kind && o.CouncilKey == f.Council {
		return nil
	}
	var council *string
	if f.Council != "" {
		if err := inUse(tx.Rx, f.Council); err != nil {
			return err
		}
		council = &f.Council
	}
	err := tx.Exec("UPDATE people_organisations SET name_en = ?, name_cy = ?, kind = ?, council_key = ? WHERE id = ?",
		f.Name.EN, f.Name.CY, f.Kind, council, o.ID).Error
	if err != nil {
		return err
	}
	return audit.Record(tx, "people.organisation_changed", "organisation:"+o.ID, map[string]any{
		"before": map[string]any{"name": o.Name, "kind": o.Kind, "council": o.CouncilKey},
		"after":  map[string]any{"name": f.Name, "kind": f.Kind, "council": f.Council}})
}

// changeBoards makes the wanted boards the agency's.
func changeBoards(tx store.Tx, organisation string, wanted []string) error {
	have, err := BoardsOf(tx.Rx, organisation)
	if err != nil {
		return err
	}
	for _, b := range have {
		if slices.Contains(wanted, b.ID) {
			continue
		}
		if err := unlinkBoard(tx, organisation, b); err != nil {
			return err
		}
	}
	for _, b := range wanted {
		if err := LinkBoard(tx, organisation, b); err != nil {
			return err
		}
	}
	return nil
}

// unlinkBoard notes that an agency does not work under a board any more.
// Memberships that have ended still speak of both, so the row stays.
func unlinkBoard(tx store.Tx, organisation string, b Board) error {
	var n int
	err := tx.Raw(`SELECT count(*) FROM people_memberships WHERE organisation_id = ? AND board_id = ?
		AND (ended_at IS NULL OR ended_at > ?)`, organisation, b.ID, tx.Now).Scan(&n).Error
	if err != nil {
		return err
	}
	if n > 0 {
		p := problem.New(problem.Conflict, "people.agency.board_in_use", "People", n, "Board", b.Name.EN+" / "+b.Name.CY)
		p.Fields = map[string]string{"boards": "people.agency.board_in_use"}
		return p
	}
	err = tx.Exec("UPDATE people_organisation_boards SET unlinked_at = ? WHERE organisation_id = ? AND board_id = ?",
		tx.Now, organisation, b.ID).Error
	if err != nil {
		return err
	}
	return audit.Record(tx, "people.board_unlinked", "organisation:"+organisation, map[string]any{"board": b.ID})
}

// boardIDs returns the ids of boards by their keys, each once. A key that names
// no board is Invalid with the field "boards".
func boardIDs(rx store.Rx, keys []string) ([]string, error) {
	var ids []string
	for _, key := range keys {
		b, err := BoardByKey(rx, key)
		if problem.KindOf(err) == problem.NotFound && err != nil {
			return nil, problem.InvalidField("boards", "people.board.unknown")
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, b.ID) {
			ids = append(ids, b.ID)
		}
	}
	return ids, nil
}

// freeAgencyName returns Conflict when an agency but the one with the id has
// the name in the same council's area, or in nobody knows whose. Two schools of one
// name in two areas are two schools.
func freeAgencyName(rx store.Rx, id string, f AgencyForm) error {
	var bs []body
	err := rx.Raw(selectOrganisation + " ORDER BY key").Scan(&bs).Error
	if err != nil {
		return store.Explain(err)
	}
	for _, b := range bs {
		near := b.CouncilKey == f.Council || b.CouncilKey == "" || f.Council == ""
		if b.ID != id && !b.Retired && near && (keyOf(b.NameEN) == keyOf(f.Name.EN) || keyOf(b.NameCY) == keyOf(f.Name.CY)) {
			p := problem.New(problem.Conflict, "people.agency.taken")
			p.Fields = map[string]string{"name_en": "people.agency.taken"}
			return p
		}
	}
	return nil
}
