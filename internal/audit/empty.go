package audit

import (
	"encoding/json"
	"strings"

	"golau/internal/store"
)

// Empty empties the details of every line about the subjects, and of the lines
// with the numbers. The lines stay, and the chain holds. It returns how many
// there were.
func Empty(tx store.Tx, subjects []string, lines []int64) (n int64, err error) {
	for _, s := range subjects {
		r := tx.Exec(`UPDATE audit_details SET salt = '', detail = ''
			WHERE detail <> '' AND event_id IN (SELECT id FROM audit_events WHERE subject = ?)`, s)
		if r.Error != nil {
			return n, r.Error
		}
		n += r.RowsAffected
	}
	for _, id := range lines {
		r := tx.Exec("UPDATE audit_details SET salt = '', detail = '' WHERE event_id = ? AND detail <> ''", id)
		if r.Error != nil {
			return n, r.Error
		}
		n += r.RowsAffected
	}
	return n, nil
}

// Mentioning returns the lines whose details hold one of the words, in whatever
// case. It reads the whole record: not for within a Write.
func Mentioning(rx store.Rx, words ...string) (lines []int64, err error) {
	for _, w := range words {
		quoted, err := json.Marshal(strings.ToLower(w))
		if err != nil {
			return nil, err
		}
		if w == "" {
			continue
		}
		var found []int64
		err = rx.Raw("SELECT event_id FROM audit_details WHERE detail <> '' AND instr(lower(detail), ?) > 0 ORDER BY event_id",
			strings.Trim(string(quoted), `"`)).Scan(&found).Error
		if err != nil {
			return nil, store.Explain(err)
		}
		lines = append(lines, found...)
	}
	return lines, nil
}

// Details says how many lines about the subjects still have a detail.
func Details(rx store.Rx, subjects []string) (n int, err error) {
	if len(subjects) == 0 {
		return 0, nil
	}
	err = rx.Raw(`SELECT count(*) FROM audit_details WHERE detail NOT IN ('', '{}')
		AND event_id IN (SELECT id FROM audit_events WHERE subject IN ?)`, subjects).Scan(&n).Error
	return n, store.Explain(err)
}
