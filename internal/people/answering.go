package people

import (
	"cmp"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Answering is somebody who answers for an agency, a board or the installation.
type Answering struct {
	Person
	Membership Membership
}

// AnsweringRoles are the roles of those who answer for something.
var AnsweringRoles = []Role{Lead, Officer, Admin}

// AnsweringQuestion says whom to list. What is "" chooses all.
type AnsweringQuestion struct {
	Board, Organisation string // keys
	Role                Role
	Words               string // in the name, the address, or the agency's name
}

// WhoAnswers returns the leads, officers and administrators there are, by role,
// agency and name in the order of the language. Learners are not listed: an
// administrator does not see a board's people for running the installation, and
// finds one by FindPersons. Only an administrator may look: the others are
// Forbidden.
func WhoAnswers(rx store.Rx, v Viewer, q AnsweringQuestion, l i18n.Lang) ([]Answering, error) {
	if err := v.Require(ManagePeople); err != nil {
		return nil, err
	}
	now := rx.Now()
	all, err := memberships(rx, ` WHERE m.role <> 'learner' AND m.started_at <= ? AND (m.ended_at IS NULL OR m.ended_at > ?)`, now, now)
	if err != nil {
		return nil, err
	}
	words := plain(strings.Join(strings.Fields(q.Words), " "))
	var found []Answering
	for _, m := range all {
		if q.Role != "" && m.Role != q.Role || q.Board != "" && m.Board.Key != q.Board || q.Organisation != "" && m.Organisation.Key != q.Organisation {
			continue
		}
		p, err := PersonByID(rx, m.PersonID)
		if err != nil {
			return nil, err
		}
		if strings.Contains(plain(p.Name+"\n"+p.Email+"\n"+m.Organisation.Name.EN+"\n"+m.Organisation.Name.CY), words) {
			found = append(found, Answering{p, m})
		}
	}
	by := i18n.Collator(l)
	slices.SortStableFunc(found, func(a, b Answering) int {
		return cmp.Or(cmp.Compare(slices.Index(AnsweringRoles, b.Membership.Role), slices.Index(AnsweringRoles, a.Membership.Role)),
			by.CompareString(a.Membership.Organisation.Name.In(l), b.Membership.Organisation.Name.In(l)), by.CompareString(a.Name, b.Name))
	})
	return found, nil
}
