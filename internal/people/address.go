package people

import (
	"strings"

	"golau/internal/store"
)

// Addressee is what a letter's job names its reader by: at most one of them,
// but that a Lead is told of somebody's Membership.
type Addressee struct{ Person, Code, Invitation, Membership, Lead string }

// AddressOf returns the address that a letter goes to, "" when it names nobody
// or they are gone.
func AddressOf(rx store.Rx, r Addressee) (address string, err error) {
	query, id := "", ""
	switch {
	case r.Lead != "":
		query, id = "SELECT email FROM people_persons WHERE id = ?", r.Lead
	case r.Person != "":
		query, id = "SELECT email FROM people_persons WHERE id = ?", r.Person
	case r.Code != "":
		query, id = "SELECT email FROM people_codes WHERE id = ?", r.Code
	case r.Invitation != "":
		query, id = "SELECT email FROM people_invitations WHERE id = ?", r.Invitation
	case r.Membership != "":
		query, id = "SELECT email FROM people_persons WHERE id = (SELECT person_id FROM people_memberships WHERE id = ?)", r.Membership
	default:
		return "", nil
	}
	err = rx.Raw(query, id).Scan(&address).Error
	return address, store.Explain(err)
}

// WhoIs returns the ids of the person with an address, or with the id itself,
// or else of those whose name holds the words, at most as many as a search shows;
// none when there is nobody. It does not ask who is asking.
func WhoIs(rx store.Rx, words string) (ids []string, err error) {
	key, err := CleanEmail(words)
	if err != nil {
		key = "" // then it is no address
	}
	err = rx.Raw("SELECT id FROM people_persons WHERE id = ? OR email_key = ? AND email_key <> ''", words, key).Scan(&ids).Error
	if err != nil || len(ids) > 0 || key != "" {
		return ids, store.Explain(err)
	}
	if words = plain(strings.Join(strings.Fields(words), " ")); len([]rune(words)) < 2 {
		return nil, nil
	}
	ids, _, err = matching(rx, words)
	return ids, err
}
