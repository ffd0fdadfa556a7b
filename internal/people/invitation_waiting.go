package people

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"golau/internal/outbox"
	"golau/internal/store"
)

// InvitationFilter says which invitations are wanted; what is empty asks for
// nothing. Those that were withdrawn are wanted where somebody asks for them alone:
// a list that is taken back leaves thousands, and nobody does anything with one.
type InvitationFilter struct {
	At          *OrganisationScope // into this agency, or the part of it, by those who learn or lead there
	Waiting     bool               // sent, and neither accepted nor withdrawn
	Undelivered bool               // of those that are open, whose last letter was given up
	Registered  bool               // accepted
	Withdrawn   bool
	Words       string // each must stand in the name or the address
}

// where is the filter as the database reads it.
func (f InvitationFilter) where(rx store.Rx) (where string, args []any, err error) {
	where = "1 = 1"
	if f.At != nil {
		where += " AND i.organisation_id = ? AND i.board_id = ? AND i.role IN ('learner', 'lead')"
		args = append(args, f.At.Organisation(), f.At.Board())
		within, of := f.At.Within("i")
		where, args = where+" AND "+within, append(args, of...)
	}
	if f.Waiting || f.Undelivered {
		where += " AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL"
	}
	if f.Registered {
		where += " AND i.accepted_at IS NOT NULL"
	}
	where += map[bool]string{true: " AND i.withdrawn_at IS NOT NULL", false: " AND i.withdrawn_at IS NULL"}[f.Withdrawn]
	if f.Undelivered {
		given, err := outbox.KeysGivenUp(rx, Invited)
		if err != nil {
			return "", nil, err
		}
		keys, err := json.Marshal(given)
		if err != nil {
			return "", nil, err
		}
		where += " AND i.expires_at > ? AND i.id || '/' || i.sends IN (SELECT value FROM json_each(?))"
		args = append(args, rx.Now(), string(keys))
	}
	return where, args, nil
}

// CountInvitations says how many invitations a filter wants, whosever they are.
func CountInvitations(rx store.Rx, f InvitationFilter) (n int, err error) {
	where, args, err := f.where(rx)
	if err != nil {
		return 0, err
	}
	err = rx.Raw("SELECT count(*) FROM people_invitations i WHERE "+where, args...).Scan(&n).Error
	return n, store.Explain(err)
}

// newestFirst is the order of invitations.
const newestFirst = " ORDER BY i.created_at DESC, i.rowid DESC"

// invitedAs narrows a query of invitations to those in whose name or address every word
// of a search stands, without regard to accents, as people are looked for. No index
// holds such words of an invitation; names and addresses alone are read.
func invitedAs(rx store.Rx, words []string, where string, args []any) (string, []any, error) {
	rows, err := rx.Query("SELECT i.id, i.name, i.email_key FROM people_invitations i WHERE "+where, args...)
	if err != nil {
		return "", nil, store.Explain(err)
	}
	defer rows.Close()
	ids := []string{}
	for rows.Next() {
		var id, name, address string
		if err := rows.Scan(&id, &name, &address); err != nil {
			return "", nil, store.Explain(err)
		}
		text := plain(name + "\n" + address)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			ids = append(ids, id)
		}
	}
	list, err := json.Marshal(ids)
	return "i.id IN (SELECT value FROM json_each(?))", []any{string(list)}, errors.Join(store.Explain(rows.Err()), err)
}

// InvitationsWanted is Invitations, narrowed.
func InvitationsWanted(rx store.Rx, v Viewer, f InvitationFilter, page int) (is []Invitation, more bool, err error) {
	if err := v.Require(InvitePeople); err != nil {
		return nil, false, err
	}
	wanted, with, err := f.where(rx)
	if err != nil {
		return nil, false, err
	}
	where, args := v.scopeOfInvitations()
	where, args = "("+where+") AND "+wanted, append(args, with...)
	if words := SearchWords(f.Words); len(words) > 0 {
		if where, args, err = invitedAs(rx, words, where, args); err != nil {
			return nil, false, err
		}
	}
	is, err = invitations(rx, where+newestFirst+" LIMIT ? OFFSET ?", append(args, InvitationPage+1, InvitationPage*max(page, 0))...)
	if more = len(is) > InvitationPage; more {
		is = is[:InvitationPage]
	}
	if err != nil {
		return is, more, err
	}
	return is, more, markUndelivered(rx, is)
}
