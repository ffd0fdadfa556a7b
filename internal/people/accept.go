package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Invitee is what accepting an invitation means for whoever opened it.
type Invitee struct {
	Invitation
	Known bool // the address has an account already
	Self  bool // and the viewer is its person
	// Ask says that the viewer is somebody else: they must say who accepts.
	Ask bool
}

// InvitationOpen returns the invitation of a link and uses up nothing. One that
// is over, and a link that never was, are problem.NotFound.
func (d *Directory) InvitationOpen(ctx context.Context, v Viewer, token string) (Invitee, error) {
	return invitee(d.db.Read(ctx), v, token)
}

func invitee(rx store.Rx, v Viewer, token string) (n Invitee, err error) {
	if !isToken(token) {
		return n, invitationGone()
	}
	n.Invitation, err = invitation(rx, "i.token_hash = ?", hashToken(token))
	if problem.KindOf(err) == problem.NotFound && err != nil || err == nil && n.State != IsOpen {
		return n, invitationGone()
	}
	if err != nil {
		return n, err
	}
	owner, err := personOf(rx, n.emailKey)
	n.Known, n.Self = owner != "", owner != "" && owner == v.Person
	n.Ask = v.SignedIn() && !n.Self
	return n, err
}

// personOf returns whose the address is, "" when nobody's.
func personOf(rx store.Rx, emailKey string) (id string, err error) {
	err = rx.Raw("SELECT id FROM people_persons WHERE email_key = ?", emailKey).Scan(&id).Error
	return id, store.Explain(err)
}

// As says who accepts, where somebody else is signed in.
type As string

// The two answers.
const (
	AsInvited As = "invited" // whoever has the address; the session before ends
	AsMyself  As = "me"      // the viewer: the place of work is added to their account
)

// Acceptance is the form behind an invitation. Without a Password the person
// signs in with codes by e-mail.
type Acceptance struct {
	Name, Password string
	Language       i18n.Lang
	Nation         Nation // Wales where it is left out
	As             As
}

// AcceptInvitation makes the person who was invited, or adds the place of work
// to the one there is, and returns the token of a new session; "" when the
// viewer's own goes on, or ended because the role asks for a second factor. An
// invitation works once: used or over it is problem.NotFound.
//
// Nothing is merged unasked: while somebody else is signed in, a form that does
// not say who accepts is problem.Invalid with the field "as", and so is adding
// it to their account when the address has one of its own. Name, nation and
// password are Invalid by themselves; a suspended account is problem.Forbidden.
func (d *Directory) AcceptInvitation(ctx context.Context, v Viewer, token string, a Acceptance) (session string, err error) {
	n, err := d.InvitationOpen(ctx, v, token)
	if err != nil {
		return "", err
	}
	if n.Ask && a.As != AsInvited && (a.As != AsMyself || n.Known) {
		return "", problem.InvalidField("as", "people.invitation.who")
	}
	into := v.Person
	if !n.Self && !(n.Ask && a.As == AsMyself) {
		into = ""
	}
	hash := ""
	if into == "" && !n.Known {
		if a, err = a.clean(n); err != nil {
			return "", err
		}
		if a.Password != "" {
			if hash, err = d.hash(ctx, a.Password); err != nil {
				return "", err
			}
		}
	}
	err = d.db.Write(ctx, web(v.Person), func(_ context.Context, tx store.Tx) error {
		now, err := invitee(tx.Rx, v, token)
		if err != nil {
			return err
		}
		if now.Known != n.Known { // an account was made meanwhile: look again
			return problem.New(problem.Conflict, "people.email.taken")
		}
		if session, err = d.accept(tx, now, into, a, hash); err == nil && into != "" {
			session, err = d.comeAgain(tx, v, now)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return session, nil
}

// clean checks what a new person typed. The password may be left out.
func (a Acceptance) clean(n Invitee) (Acceptance, error) {
	all := faults{}
	var err error
	a.Name, err = CleanName(a.Name)
	all.note(err)
	a.Nation, err = a.Nation.clean()
	all.note(err)
	if a.Password != "" {
		a.Password, err = checkPassword("password", a.Password, a.Name, n.Email, n.Place.Organisation.Name.EN,
			n.Place.Organisation.Name.CY, n.Place.Board.Name.EN, n.Place.Board.Name.CY)
		all.note(err)
	}
	return a, all.err()
}

// accept is the change itself. into is the person whose session goes on, "" when
// a new one is to be made.
func (d *Directory) accept(tx store.Tx, n Invitee, into string, a Acceptance, hash string) (session string, err error) {
	person := into
	if person == "" {
		if person, err = personOf(tx.Rx, n.emailKey); err != nil {
			return "", err
		}
	}
	if person == "" {
		person, err = AddPerson(tx, NewPerson{Email: n.Email, Name: a.Name, Language: a.Language, PasswordHash: hash})
		if err == nil {
			err = keepNation(tx, person, a.Nation)
		}
		if err != nil {
			return "", err
		}
	}
	if p, err := PersonByID(tx.Rx, person); err != nil {
		return "", err
	} else if p.Suspended() {
		return "", problem.New(problem.Forbidden, "people.signin.suspended")
	}
	tx.By = web(person)
	if err := belong(tx, person, n.Invitation); err != nil {
		return "", err
	}
	res := tx.Exec(`UPDATE people_invitations SET accepted_at = ?, accepted_by = ?
		WHERE id = ? AND accepted_at IS NULL AND withdrawn_at IS NULL`, tx.Now, person, n.ID)
	if res.Error != nil {
		return "", res.Error
	}
	if res.RowsAffected != 1 {
		return "", invitationGone()
	}
	err = audit.Record(tx, "people.invitation_accepted", "invitation:"+n.ID, map[string]any{"person": person, "added": into != ""})
	if err != nil || into != "" {
		return "", err
	}
	return d.enter(tx, person, "invitation")
}

// comeAgain starts a session by the invitation's link for whoever accepted it as
// themselves and whose session ended with it, because the new role asks for a
// second factor. A link that went to another's address, or by which the person
// may not come in, starts none: they sign in as they do.
func (d *Directory) comeAgain(tx store.Tx, v Viewer, n Invitee) (session string, err error) {
	var ended int
	err = tx.Raw("SELECT count(*) FROM people_sessions WHERE person_id = ? AND substr(token_hash, 1, 16) = ? AND ended_at = ?",
		v.Person, v.Session, tx.Now).Scan(&ended).Error
	if err != nil || ended == 0 || !n.Self {
		return "", err
	}
	err = onlyThere(tx.Rx, v.Person, "invitation")
	if problem.KindOf(err) == problem.Forbidden && err != nil {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return d.enter(tx, v.Person, "invitation")
}

// belong gives a person the membership they were invited to. Where it waited for
// a lead, the invitation is the lead's word; where they have it, nothing changes.
func belong(tx store.Tx, person string, i Invitation) error {
	var m struct {
		ID          string
		Unconfirmed bool
	}
	err := tx.Raw(`SELECT id, unconfirmed FROM people_memberships
		WHERE person_id = ? AND organisation_id = ? AND board_id = ? AND role = ? AND ended_at IS NULL`,
		person, i.Place.Organisation.ID, i.Place.Board.ID, i.Role).Scan(&m).Error
	switch {
	case err != nil:
		return err
	case m.ID != "" && m.Unconfirmed:
		if err := confirm(tx, person, m.ID); err != nil {
			return err
		}
		return settle(tx, person, i)
	case m.ID != "":
		return nil
	}
	_, err = AddMembership(tx, NewMembership{PersonID: person, OrganisationID: i.Place.Organisation.ID, BoardID: i.Place.Board.ID,
		Role: i.Role, JobRole: i.JobRole})
	if err == nil {
		err = settle(tx, person, i)
	}
	if err != nil || i.Role != Admin {
		return err
	}
	_, err = tellAdmins(tx, AdminsFact{About: person, By: i.InvitedBy, What: AdminMade}, person)
	return err
}
