package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// AdminLinkOpened is what a link that was made on the machine means for whoever
// opened it.
type AdminLinkOpened struct {
	Email string
	Name  string // "" where the account is yet to be made
	Known bool   // the account is there
	New   bool   // they are no administrator yet
	row   adminLinkRow
}

func adminLinkGone() error { return problem.New(problem.NotFound, "people.admin_link.gone") }

// AdminLinkOpen returns what a link means and uses nothing up. One that was used, is
// void or old, and one about somebody who may not come in any more, is
// problem.NotFound.
func (d *Directory) AdminLinkOpen(ctx context.Context, token string) (AdminLinkOpened, error) {
	return adminLinkOpen(d.db.Read(ctx), token)
}

func adminLinkOpen(rx store.Rx, token string) (w AdminLinkOpened, err error) {
	if !isToken(token) {
		return w, adminLinkGone()
	}
	err = rx.Raw(`SELECT token_hash, coalesce(person_id, '') AS person_id, email, coalesce(organisation_id, '') AS organisation_id,
		coalesce(board_id, '') AS board_id FROM people_setup WHERE token_hash = ? AND ended_at IS NULL AND expires_at > ?
		AND (person_id IS NOT NULL OR email <> '')`, hashToken(token), rx.Now()).Scan(&w.row).Error
	if err != nil {
		return w, store.Explain(err)
	}
	if w.row.TokenHash == "" {
		return w, adminLinkGone()
	}
	w.Email, w.Known, w.New = w.row.Email, w.row.PersonID != "", w.row.OrganisationID != ""
	if !w.Known {
		return w, nil
	}
	p, err := PersonByID(rx, w.row.PersonID)
	if problem.KindOf(err) == problem.NotFound && err != nil || err == nil && p.Suspended() {
		return w, adminLinkGone()
	}
	if err != nil {
		return w, err
	}
	w.Email, w.Name = p.Email, p.Name
	administers, err := isAdmin(rx, p.ID)
	if err == nil && !w.New && !administers { // taken from them meanwhile
		err = adminLinkGone()
	}
	w.New = w.New && !administers
	return w, err
}

// AdminLinkForm is what is typed behind the link. Name and JobRole count where the
// account is yet to be made.
type AdminLinkForm struct {
	Name, Password string
	JobRole        JobRole
	Language       i18n.Lang
}

// UseAdminLink gives the person of the link a new password, takes their second
// factors away, ends their sessions, and returns the token of one that is half:
// they set a second factor up before anything opens. Who was no administrator is
// one now. Every administrator gets a letter.
//
// A link that opens nothing is problem.NotFound; what needs putting right is
// Invalid, with the fields name, password, job_role, and leaves the link alive.
func (d *Directory) UseAdminLink(ctx context.Context, token string, f AdminLinkForm) (session string, err error) {
	w, err := d.AdminLinkOpen(ctx, token)
	if err != nil {
		return "", err
	}
	if f, err = f.clean(w); err != nil {
		return "", err
	}
	hash, err := d.hash(ctx, f.Password)
	if err != nil {
		return "", err
	}
	err = d.db.Write(ctx, web(w.row.PersonID), func(_ context.Context, tx store.Tx) error {
		now, err := adminLinkOpen(tx.Rx, token)
		if err != nil {
			return err
		}
		if err := tx.Exec("UPDATE people_setup SET ended_at = ?, email = '' WHERE token_hash = ?", tx.Now, now.row.TokenHash).Error; err != nil {
			return err
		}
		session, err = d.comeIn(tx, now, f, hash)
		return err
	})
	if err != nil {
		return "", err
	}
	return session, nil
}

// clean checks what was typed.
func (f AdminLinkForm) clean(w AdminLinkOpened) (AdminLinkForm, error) {
	all := faults{}
	var err error
	if w.Known {
		f.Name = w.Name
	} else {
		f.Name, err = CleanName(f.Name)
		all.note(err)
		all.note(checkJobRole(f.JobRole))
	}
	f.Password, err = checkPassword("password", f.Password, f.Name, w.Email)
	all.note(err)
	return f, all.err()
}

// comeIn is the change itself.
func (d *Directory) comeIn(tx store.Tx, w AdminLinkOpened, f AdminLinkForm, hash string) (session string, err error) {
	person := w.row.PersonID
	if person == "" {
		person, err = AddPerson(tx, NewPerson{Email: w.Email, Name: f.Name, Language: f.Language, PasswordHash: hash})
		if err != nil {
			return "", err
		}
		tx.By = web(person)
	}
	if err := dropFactors(tx, person); err != nil {
		return "", err
	}
	if w.New {
		if err := d.administer(tx, person, w, f.JobRole); err != nil {
			return "", err
		}
	}
	if err := audit.Record(tx, "people.admin_link_used", "person:"+person, map[string]any{"made_administrator": w.New}); err != nil {
		return "", err
	}
	what := AdminLinkUsed
	if w.New {
		what = AdminMade
	}
	if _, err := tellAdmins(tx, AdminsFact{About: person, What: what}, person); err != nil {
		return "", err
	}
	key, err := CleanEmail(w.Email)
	if err != nil {
		return "", err
	}
	return d.replacePassword(tx, person, accountKey(key), hash, "setup")
}

// administer makes an administrator of somebody, at the place of the link. Their
// kind of work is that of what they belong to already, where they do.
func (d *Directory) administer(tx store.Tx, person string, w AdminLinkOpened, job JobRole) error {
	ms, err := MembershipsOf(tx.Rx, person)
	if err != nil {
		return err
	}
	if len(ms) > 0 {
		job = ms[0].JobRole
	}
	setDefault(&job, SocialCare)
	_, err = AddMembership(tx, NewMembership{PersonID: person, OrganisationID: w.row.OrganisationID, BoardID: w.row.BoardID, Role: Admin, JobRole: job})
	return err
}

// dropFactors takes everything away by which somebody proves a second time who
// they are, and the guesses at it.
func dropFactors(tx store.Tx, person string) error {
	for _, sql := range factorRows {
		if err := tx.Exec(sql, person).Error; err != nil {
			return err
		}
	}
	return clearGuesses(tx, factorAccount(person))
}
