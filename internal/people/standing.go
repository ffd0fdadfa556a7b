package people

import "golau/internal/store"

// Standing is how the installation stands, in numbers: what the administrator's
// front page and the setting up begin with.
type Standing struct {
	Boards, Organisations, People int
	WithDomain                    int // agencies with an e-mail domain
	Leads                         int // people who lead now
	CouncilsUnknown               int // councils of agencies' areas without a number
	CouncilsOld                   int // and those whose number was checked more than a year ago
}

// StandingNow counts how the installation stands.
func StandingNow(rx store.Rx) (s Standing, err error) {
	now := rx.Now()
	err = rx.Raw(`SELECT (SELECT count(*) FROM people_boards) AS boards,
		(SELECT count(*) FROM people_organisations WHERE retired_at IS NULL) AS organisations,
		(SELECT count(*) FROM people_persons WHERE erased_at IS NULL) AS people,
		(SELECT count(DISTINCT e.organisation_id) FROM people_email_domains e JOIN people_organisations o
			ON o.id = e.organisation_id AND o.retired_at IS NULL) AS with_domain,
		(SELECT count(DISTINCT person_id) FROM people_memberships WHERE role = 'lead' AND (ended_at IS NULL OR ended_at > ?)
			AND organisation_id IN (SELECT id FROM people_organisations WHERE retired_at IS NULL)) AS leads`,
		now).Scan(&s).Error
	if err != nil {
		return s, store.Explain(err)
	}
	ours, _, err := CouncilLines(rx, "en")
	for _, c := range ours {
		if !c.Known() {
			s.CouncilsUnknown++
		} else if c.Old {
			s.CouncilsOld++
		}
	}
	return s, err
}
