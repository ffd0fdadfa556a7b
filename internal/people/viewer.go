package people

import (
	"slices"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Role is what a membership lets a person do; may.go says what that is.
type Role string

// The roles. Everybody learns; a lead answers for one agency, an officer for a
// board, an admin for the installation.
const (
	Learner Role = "learner"
	Lead    Role = "lead"
	Officer Role = "officer"
	Admin   Role = "admin"
)

// Roles lists every role.
var Roles = []Role{Learner, Lead, Officer, Admin}

// JobRole is the kind of work a person does, by which lessons and reports speak
// to them.
type JobRole string

// The eight kinds of work.
const (
	Education     JobRole = "education"
	Health        JobRole = "health"
	SocialCare    JobRole = "social-care"
	PoliceJustice JobRole = "police-justice"
	Housing       JobRole = "housing-community"
	Border        JobRole = "border"
	Carers        JobRole = "carers"
	Voluntary     JobRole = "voluntary"
)

// JobRoles lists every kind of work.
var JobRoles = []JobRole{Education, Health, SocialCare, PoliceJustice, Housing, Border, Carers, Voluntary}

// Board is a safeguarding board, which answers for a region.
type Board struct {
	ID   string
	Key  string // stands in addresses and on the command line
	Name i18n.Text
	Kind string
	// OwnKind is the kind in the board's own words, where Kind is KindOwn. A
	// membership's board is without it.
	OwnKind i18n.Text
}

// Organisation is an agency whose people learn here.
type Organisation struct {
	ID         string
	Key        string
	Name       i18n.Text
	Kind       string
	CouncilKey string // the council of its area; "" when it has none
	Retired    bool   // nobody new comes in there
}

// Membership says that a person works for one agency, under one board, in one
// role. A person may have several.
type Membership struct {
	ID           string
	PersonID     string
	Organisation Organisation
	Board        Board
	Role         Role
	JobRole      JobRole
	Started      store.Time
	Ended        store.Time // zero while it lasts
	// Unconfirmed says that the person named this agency themselves and no lead
	// has agreed yet: they learn, and are counted nowhere. Only learners are.
	Unconfirmed bool
	// Leads says how much of the agency a lead answers for; of other roles it says
	// nothing.
	Leads Part
}

// CouncilKey is the council to which a worry about a child in this place of
// work is reported; "" when none is known.
func (m Membership) CouncilKey() string { return m.Organisation.CouncilKey }

// Viewer is the person at the door, as they are at this moment: memberships
// that have ended are not in it. The zero Viewer is nobody.
type Viewer struct {
	Person      string // id
	Name        string
	Email       string
	Language    i18n.Lang
	Nation      Nation // in which they work
	Memberships []Membership
	Manages     bool    // somebody: see StaffOf
	Suspended   []Place // where a lead has suspended them; no membership there counts
	Session     string  // names the session to its owner and the log; proves nothing
}

// SignedIn says whether the viewer is somebody.
func (v Viewer) SignedIn() bool { return v.Person != "" }

// Is says whether any membership has the role.
func (v Viewer) Is(r Role) bool {
	return v.SignedIn() && slices.ContainsFunc(v.Memberships, func(m Membership) bool { return m.Role == r })
}

// Home is the viewer's first membership: the place of work that pages speak of
// where they can speak of one only. Zero when there is none.
func (v Viewer) Home() Membership {
	if len(v.Memberships) == 0 {
		return Membership{}
	}
	return v.Memberships[0]
}

// Membership returns the viewer's own membership with the id.
func (v Viewer) Membership(id string) (Membership, bool) {
	for _, m := range v.Memberships {
		if m.ID == id && id != "" {
			return m, true
		}
	}
	return Membership{}, false
}

// Actor names the viewer as the one who changes something, by which door.
func (v Viewer) Actor(via string) store.Actor { return store.Actor{Person: v.Person, Via: via} }
