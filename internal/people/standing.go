package people

import "golau/internal/store"

// Standing is how the installation stands, in numbers: what the administrator's
// front page begins with.
type Standing struct {
	Boards, Organisations, People int
	CouncilsUnknown               int // councils of agencies' areas without a number
}

// StandingNow counts how the installation stands.
func StandingNow(rx store.Rx) (s Standing, err error) {
	err = rx.Raw(`SELECT (SELECT count(*) FROM people_boards) AS boards,
		(SELECT count(*) FROM people_organisations) AS organisations,
		(SELECT count(*) FROM people_persons) AS people,
		(SELECT count(*) FROM people_councils WHERE day_number = ''
			AND key IN (SELECT council_key FROM people_organisations)) AS councils_unknown`).Scan(&s).Error
	return s, store.Explain(err)
}
