package people

import (
	"bytes"
	"slices"
	"strings"

	"golau/internal/sheet"
	"golau/internal/store"
)

// forgetInImports takes somebody out of the lists that were brought in: one that
// waits for a word goes as a whole, since its lead has it still; of one that is
// being carried out, what is left to do about them.
func forgetInImports(tx store.Tx, t Traces) error {
	err := tx.Exec("DELETE FROM people_import_steps WHERE person_id = ? OR subject IN ?", t.Person, append([]string{"-"}, t.Invitations...)).Error
	if err != nil {
		return err
	}
	var kept []struct {
		ID            string
		Content, Plan []byte
	}
	if err := tx.Raw("SELECT id, content, plan FROM people_imports WHERE content <> x'' OR plan <> x''").Scan(&kept).Error; err != nil {
		return err
	}
	for _, k := range kept {
		if len(k.Content) > 0 {
			err = forgetList(tx, k.ID, k.Content, t)
		} else {
			err = forgetSteps(tx, k.ID, k.Plan, t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func forgetList(tx store.Tx, id string, content []byte, t Traces) error {
	var list sheet.Table
	if err := unpack(content, &list); err != nil {
		return err
	}
	for _, row := range list.Rows {
		for _, c := range row.Cells {
			if t.named(c) || t.namedIn(c, row.Cells) {
				return tx.Exec("DELETE FROM people_imports WHERE id = ?", id).Error
			}
		}
	}
	return nil
}

func forgetSteps(tx store.Tx, id string, plan []byte, t Traces) error {
	var steps []importStep
	if err := unpack(plan, &steps); err != nil {
		return err
	}
	var positions []string
	if err := tx.Raw("SELECT id FROM people_positions WHERE person_id = ?", t.Person).Scan(&positions).Error; err != nil {
		return err
	}
	for n, s := range steps {
		if s.Person == t.Person || t.named(s.Key) {
			steps[n] = importStep{Verb: stepGone}
			continue
		}
		for _, manager := range []*string{&steps[n].Before.Manager, &steps[n].After.Manager} {
			if t.named(*manager) || slices.Contains(positions, *manager) {
				*manager = ""
			}
		}
	}
	packed, err := pack(steps)
	if err != nil || bytes.Equal(packed, plan) {
		return err
	}
	return tx.Exec("UPDATE people_imports SET plan = ? WHERE id = ?", packed, id).Error
}

// named says whether a text is an address of theirs, or their name.
func (t Traces) named(s string) bool {
	s = strings.TrimSpace(strings.ToLower(s))
	if s == "" {
		return false
	}
	for _, a := range t.Addresses {
		if s == a {
			return true
		}
	}
	return s == strings.ToLower(t.Name)
}

// namedIn says whether a cell begins their name and another of the row ends it.
func (t Traces) namedIn(cell string, row []string) bool {
	cell = strings.TrimSpace(strings.ToLower(cell))
	rest, begins := strings.CutPrefix(strings.ToLower(t.Name), cell+" ")
	return cell != "" && begins && slices.ContainsFunc(row, func(c string) bool { return strings.TrimSpace(strings.ToLower(c)) == strings.TrimSpace(rest) })
}
