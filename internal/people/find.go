package people

import (
	"strings"
	"unicode"

	"golau/internal/problem"
	"golau/internal/store"
)

// hidden says whether a character draws nothing, or turns the direction of the
// text around it.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Found is a person as a search shows them.
type Found struct {
	Person
	Memberships []Membership // that last
}

// foundAtMost is how many people a search shows.
const foundAtMost = 50

// FindPersons returns the people whose name or address holds the words, by
// name; more says that there are others. Fewer than two characters are Invalid
// with the field "q": nobody is listed who was not looked for. Only an
// administrator may look: the others are Forbidden.
func FindPersons(rx store.Rx, v Viewer, words string) (found []Found, more bool, err error) {
	if err := v.Require(ManagePeople); err != nil {
		return nil, false, err
	}
	words = plain(strings.Join(strings.Fields(words), " "))
	if len([]rune(words)) < 2 {
		return nil, false, problem.InvalidField("q", "people.find.short")
	}
	var ids []string
	if ids, more, err = matching(rx, words); err != nil {
		return nil, false, err
	}
	for _, id := range ids {
		p, err := PersonByID(rx, id)
		if err != nil {
			return nil, false, err
		}
		ms, err := MembershipsOf(rx, id)
		if err != nil {
			return nil, false, err
		}
		found = append(found, Found{p, ms})
	}
	return found, more, nil
}

// matching reads names and addresses one by one: accents are ignored in a way
// that the database does not know.
func matching(rx store.Rx, words string) (ids []string, more bool, err error) {
	rows, err := rx.Raw("SELECT id, name, email_key FROM people_persons WHERE erased_at IS NULL ORDER BY name, id").Rows()
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name, email string
		if err := rows.Scan(&id, &name, &email); err != nil {
			return nil, false, store.Explain(err)
		}
		if !strings.Contains(plain(email), words) && !strings.Contains(plain(name), words) {
			continue
		}
		if len(ids) == foundAtMost {
			return ids, true, nil
		}
		ids = append(ids, id)
	}
	return ids, false, store.Explain(rows.Err())
}

// AllMembershipsOf returns every membership of a person, also those that have
// ended, in the order in which they began.
func AllMembershipsOf(rx store.Rx, person string) ([]Membership, error) {
	return memberships(rx, " WHERE m.person_id = ? ORDER BY m.started_at, m.rowid", person)
}
