package people

import (
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// leftOne is somebody who worked there before.
type leftOne struct{ id, on string }

// readLeft reads who has left, by the address that the agency knew: of one that they
// have taken since it hears nothing.
func (t *there) readLeft(rx store.Rx, s OrganisationScope) error {
	t.left = map[string]leftOne{}
	rows, err := rx.Query(`SELECT q.id, q.words, q.left_on, q.left_at FROM people_positions q
		JOIN people_persons n ON n.id = q.person_id
		WHERE q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NOT NULL AND q.duplicate_of IS NULL AND n.erased_at IS NULL`, s.Organisation(), s.Board())
	if err != nil {
		return store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one leftOne
		var words string
		var at store.Time
		if err := rows.Scan(&one.id, &words, &one.on, &at); err != nil {
			return store.Explain(err)
		}
		setDefault(&one.on, at.In(i18n.London()).Format(time.DateOnly))
		if address := wordAddress(words); address != "" {
			t.left[address] = one
		}
	}
	return store.Explain(rows.Err())
}

// leftBefore refuses a last day before somebody who is missing began: they would be
// left out when it is carried out, and nobody would know why.
func (p ImportPlan) leftBefore(on string) error {
	for _, one := range p.Missing {
		if on < one.since {
			return problem.InvalidField("left_on", "people.import.left_before", "Name", one.Name)
		}
	}
	return nil
}
