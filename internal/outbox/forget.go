package outbox

import (
	"strings"

	"golau/internal/store"
)

// Names are what the payloads of jobs name somebody by.
type Names struct {
	Person                          string
	Codes, Invitations, Memberships []string
	Addresses                       []string // that a mail server may have repeated in why it refused
}

// About returns the jobs that name somebody, or whose failure repeats one of
// their addresses. It reads the whole outbox: not for within a Write.
func About(rx store.Rx, n Names) (jobs []int64, err error) {
	none := func(list []string) []string { return append([]string{"-"}, list...) } // no list is empty in SQL
	err = rx.Raw(`SELECT id FROM outbox_jobs WHERE json_extract(payload, '$.Person') = ? OR json_extract(payload, '$.Lead') = ?
		OR json_extract(payload, '$.Whose') = ? OR json_extract(payload, '$.Code') IN ? OR json_extract(payload, '$.Invitation') IN ?
		OR json_extract(payload, '$.Membership') IN ? ORDER BY id`,
		n.Person, n.Person, n.Person, none(n.Codes), none(n.Invitations), none(n.Memberships)).Scan(&jobs).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	for _, a := range n.Addresses {
		if a == "" {
			continue
		}
		var told []int64
		err = rx.Raw("SELECT id FROM outbox_jobs WHERE reason <> '' AND instr(lower(reason), ?) > 0", strings.ToLower(a)).Scan(&told).Error
		if err != nil {
			return nil, store.Explain(err)
		}
		jobs = append(jobs, told...)
	}
	return jobs, nil
}

// Forget takes jobs away, whatever became of them: there is nobody left whom
// they are about. One that is not there is no problem.
func Forget(tx store.Tx, jobs []int64) error {
	for _, id := range jobs {
		if err := tx.Exec("DELETE FROM outbox_jobs WHERE id = ?", id).Error; err != nil {
			return err
		}
	}
	return nil
}
