package people

import (
	"encoding/json"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
)

// manyCorrections is more often than anybody's address is corrected.
const manyCorrections = 1000

// formerAddresses returns the addresses that were a person's until they were
// corrected, as the record has them, in lower case. One that is somebody else's
// by now, or to which somebody else is invited, is theirs.
func formerAddresses(rx store.Rx, person string) (former []string, err error) {
	lines, err := audit.Page(rx, audit.Filter{Subject: "person:" + person, Verb: EmailChanged}, 0, manyCorrections)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		var told struct{ Before string }
		if l.Detail == "" || json.Unmarshal([]byte(l.Detail), &told) != nil {
			continue // emptied
		}
		address := strings.ToLower(told.Before)
		var theirs int
		err := rx.Raw(`SELECT (SELECT count(*) FROM people_persons WHERE email_key = ? AND id <> ?)
			+ (SELECT count(*) FROM people_invitations WHERE email_key = ? AND coalesce(accepted_by, '') <> ?)`, address, person, address, person).Scan(&theirs).Error
		if err != nil {
			return nil, store.Explain(err)
		}
		if theirs == 0 && address != "" {
			former = append(former, address)
		}
	}
	return former, nil
}
