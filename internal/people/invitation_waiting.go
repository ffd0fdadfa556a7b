package people

import (
	"encoding/json"

	"golau/internal/outbox"
	"golau/internal/store"
)

// InvitationFilter says which invitations are wanted; what is empty asks for
// nothing.
type InvitationFilter struct {
	At          *OrganisationScope // into this agency, or the part of it, by those who learn or lead there
	Waiting     bool               // sent, and neither accepted nor withdrawn
	Undelivered bool               // of those that are open, whose last letter was given up
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
	is, err = invitations(rx, "("+where+") AND "+wanted+" ORDER BY i.created_at DESC, i.rowid DESC LIMIT ? OFFSET ?",
		append(append(args, with...), InvitationPage+1, InvitationPage*max(page, 0))...)
	if more = len(is) > InvitationPage; more {
		is = is[:InvitationPage]
	}
	if err != nil {
		return is, more, err
	}
	return is, more, markUndelivered(rx, is)
}
