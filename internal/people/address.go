package people

import "golau/internal/store"

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

// WhoIs returns the id of the person with an address, or with the id itself; ""
// when there is nobody.
func WhoIs(rx store.Rx, addressOrID string) (id string, err error) {
	key, err := CleanEmail(addressOrID)
	if err != nil {
		key = "" // then it is no address
	}
	err = rx.Raw("SELECT id FROM people_persons WHERE id = ? OR email_key = ? AND email_key <> ''", addressOrID, key).Scan(&id).Error
	return id, store.Explain(err)
}
