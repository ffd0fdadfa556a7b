package audit

import (
	"encoding/json"
	"strings"

	"golau/internal/store"
)

// Empty empties the details of every line about the subjects, and of the lines
// with the numbers, and records which those were and on whose account: a subject.
// The lines stay, and the chain holds. It returns how many there were.
func Empty(tx store.Tx, account string, subjects []string, lines []int64) (n int64, err error) {
	var gone []int64
	for _, s := range subjects {
		var found []int64
		err := tx.Raw(`UPDATE audit_details SET salt = '', detail = ''
			WHERE detail <> '' AND event_id IN (SELECT id FROM audit_events WHERE subject = ?) RETURNING event_id`, s).Scan(&found).Error
		if err != nil {
			return n, err
		}
		gone = append(gone, found...)
	}
	for _, id := range lines {
		r := tx.Exec("UPDATE audit_details SET salt = '', detail = '' WHERE event_id = ? AND detail <> ''", id)
		if r.Error != nil {
			return n, r.Error
		}
		if r.RowsAffected > 0 {
			gone = append(gone, id)
		}
	}
	return int64(len(gone)), Emptied(tx, account, gone)
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
