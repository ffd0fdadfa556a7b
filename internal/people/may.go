package people

import (
	"slices"

	"golau/internal/problem"
)

// Act is something that not everybody may do.
type Act string

// The acts. Whose things an act reaches is not said here: own things are found
// by the viewer's id, others' through a BoardScope or OrganisationScope.
const (
	ManageOwnAccount   Act = "account.manage"      // name, language, password, sessions
	TakeCourses        Act = "courses.take"        // lessons, quizzes and the answers given in them
	SeeOwnCertificates Act = "certificates.own"    // and fetch them
	SeeAgency          Act = "agency.see"          // who in the agency has finished what; never an answer
	CorrectNames       Act = "agency.names"        // a name after the first graded attempt
	InvitePeople       Act = "people.invite"       // a lead: learners, into their own agency; an admin: anybody
	ConfirmPeople      Act = "people.confirm"      // who named an agency themselves; an admin: where there is no lead
	SeeBoard           Act = "board.see"           // the board's register and figures; never an answer
	LetSystemsIn       Act = "systems.let_in"      // make tokens for other systems, with what the role may see
	WriteLocal         Act = "local.write"         // what a board adds for its area: an officer the board's, an admin any
	SetPolicy          Act = "board.policy"        // of a board: an officer of the own, an admin of any
	RevokeCertificates Act = "certificates.revoke" // withdraw or correct: an officer the board's, an admin one whose number they hold
	ManagePeople       Act = "people.manage"       // organisations, boards, memberships, suspension
	SeeInstallation    Act = "installation.see"    // settings, jobs, overdue content, the record of changes
)

// everybody is whoever is signed in, also when all their memberships have
// ended: a leaver keeps the account and the certificates.
const everybody Role = "everybody"

// may is every permission. Nobody but the learner sees individual answers, so
// there is no act for it. An administrator runs the installation and does not
// for that reason see a board's people.
var may = map[Act][]Role{
	ManageOwnAccount:   {everybody},
	TakeCourses:        {Learner, Lead, Officer, Admin},
	SeeOwnCertificates: {everybody},
	SeeAgency:          {Lead},
	CorrectNames:       {Lead},
	InvitePeople:       {Lead, Admin},
	ConfirmPeople:      {Lead, Admin},
	SeeBoard:           {Officer},
	LetSystemsIn:       {Lead, Officer},
	WriteLocal:         {Officer, Admin},
	SetPolicy:          {Officer, Admin},
	RevokeCertificates: {Officer, Admin},
	ManagePeople:       {Admin},
	SeeInstallation:    {Admin},
}

// May says whether the viewer, or any of their memberships, allows the act. An act that
// the table does not know is allowed to nobody.
func (v Viewer) May(a Act) bool {
	return v.SignedIn() && (slices.Contains(may[a], everybody) || slices.ContainsFunc(may[a], v.Is))
}

// Require returns nil when the viewer may, problem.Unauthenticated for nobody
// and problem.Forbidden for somebody without the role.
func (v Viewer) Require(a Act) error {
	switch {
	case !v.SignedIn():
		return problem.New(problem.Unauthenticated, "people.session.ended")
	case !v.May(a):
		return problem.New(problem.Forbidden, "people.forbidden")
	}
	return nil
}
