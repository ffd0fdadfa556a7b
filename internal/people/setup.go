package people

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// SetupToken returns a new one-time token when the installation has nobody to
// administer it; needed is false when it has. A new token voids those before.
func (d *Directory) SetupToken(ctx context.Context) (token string, needed bool, err error) {
	if has, err := hasAdmin(d.db.Read(ctx)); err != nil || has {
		return "", false, err
	}
	err = d.db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		if has, err := hasAdmin(tx.Rx); err != nil || has {
			return err
		}
		var hash string
		if token, hash, err = newToken(tx); err != nil {
			return err
		}
		needed = true
		if err := tx.Exec("UPDATE people_setup SET ended_at = ? WHERE ended_at IS NULL", tx.Now).Error; err != nil {
			return err
		}
		err := tx.Exec("INSERT INTO people_setup (token_hash, created_at, expires_at) VALUES (?, ?, ?)",
			hash, tx.Now, store.At(tx.Now.Add(d.o.SetupLife))).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "people.setup_offered", "setup:"+sessionName(hash), nil)
	})
	if err != nil {
		return "", false, err
	}
	return token, needed, nil
}

// hasAdmin says whether somebody can administer the installation.
func hasAdmin(rx store.Rx) (bool, error) {
	var n int
	err := rx.Raw(`SELECT count(*) FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		WHERE m.role = 'admin' AND (m.ended_at IS NULL OR m.ended_at > ?) AND p.suspended_at IS NULL`, rx.Now()).Scan(&n).Error
	return n > 0, store.Explain(err)
}

// SetupOpen returns nil when the token would make an administrator now, else
// problem.NotFound.
func (d *Directory) SetupOpen(ctx context.Context, token string) error {
	gone := problem.New(problem.NotFound, "people.setup.gone")
	if !isToken(token) {
		return gone
	}
	rx := d.db.Read(ctx)
	var n int
	err := rx.Raw("SELECT count(*) FROM people_setup WHERE token_hash = ? AND ended_at IS NULL AND expires_at > ? AND person_id IS NULL AND email = ''",
		hashToken(token), rx.Now()).Scan(&n).Error
	if err != nil {
		return store.Explain(err)
	}
	if n == 0 {
		return gone
	}
	if has, err := hasAdmin(rx); err != nil || has {
		if err != nil {
			return err
		}
		return gone
	}
	return nil
}

// NewAdministrator is the form of the first start.
type NewAdministrator struct {
	Name, Email, Password string
	Language              i18n.Lang
	JobRole               JobRole
	Organisation          i18n.Text // of the administrator
	OrganisationKind      string
	CouncilKey            string    // of the organisation's area; may be ""
	BoardKey              string    // of the reference's board; "" is another, by its name
	Board                 i18n.Text // another board's name; what BoardKey chooses takes its place
	BoardKind             string
}

// clean returns the form as it will be stored. The problem is Invalid and has
// every field that needs putting right: name, email, password, language,
// job_role, organisation_en, organisation_cy, kind, board, board_en, board_cy.
func (n NewAdministrator) clean() (NewAdministrator, error) {
	all := faults{}
	var err error
	n.Name, err = CleanName(n.Name)
	all.note(err)
	n.Email = strings.TrimSpace(n.Email)
	_, err = CleanEmail(n.Email)
	all.note(err)
	n.Organisation, err = cleanText("organisation", n.Organisation)
	all.note(err)
	ref, err := LoadReference()
	if err != nil {
		return n, err
	}
	if !isKind(ref.Kinds.Agencies, n.OrganisationKind, "") {
		all.at("kind", "people.kind.unknown")
	}
	if n.BoardKey == "" {
		n.Board, err = cleanText("board", n.Board)
		all.note(err)
	} else if i := slices.IndexFunc(ref.Safeguarding, func(b Body) bool { return b.Key == n.BoardKey }); i < 0 {
		all.at("board", "people.board.unknown")
	} else {
		n.Board = ref.Safeguarding[i].Name()
	}
	n.Password, err = checkPassword("password", n.Password, n.Name, n.Email, n.Organisation.EN, n.Organisation.CY,
		n.Board.EN, n.Board.CY)
	all.note(err)
	if _, ok := i18n.ParseLang(string(n.Language)); !ok {
		all.at("language", "people.language.unknown")
	}
	all.note(checkJobRole(n.JobRole))
	return n, all.err()
}

// FirstAdministrator makes the person who administers the installation, with
// the board and organisation they name, and signs them in. The token dies with
// it: used, void or old it is problem.NotFound. A form that needs putting right
// is Invalid, an address that is taken Conflict; the token then lives on.
func (d *Directory) FirstAdministrator(ctx context.Context, token string, n NewAdministrator) (session string, err error) {
	if err := d.SetupOpen(ctx, token); err != nil {
		return "", err
	}
	if n, err = n.clean(); err != nil {
		return "", err
	}
	hash, err := d.hash(ctx, n.Password)
	if err != nil {
		return "", err
	}
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		res := tx.Exec("UPDATE people_setup SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL AND expires_at > ?",
			tx.Now, hashToken(token), tx.Now)
		if res.Error != nil {
			return res.Error
		}
		if has, err := hasAdmin(tx.Rx); err != nil {
			return err
		} else if has || res.RowsAffected != 1 {
			return problem.New(problem.NotFound, "people.setup.gone")
		}
		person, err := n.add(tx, hash)
		if err != nil {
			return err
		}
		session, err = d.startSession(tx, person, "setup", hash)
		return err
	})
	if err != nil {
		return "", err
	}
	return session, nil
}

// add makes the board and organisation, where they do not exist yet, and the
// person with the membership that administers.
func (n NewAdministrator) add(tx store.Tx, hash string) (person string, err error) {
	key := cmp.Or(n.BoardKey, keyOf(n.Board.EN))
	board, err := BoardByKey(tx.Rx, key)
	if problem.KindOf(err) == problem.NotFound {
		board.ID, err = AddBoard(tx, NewBoard{Key: key, Name: n.Board, Kind: n.BoardKind})
	}
	if err != nil {
		return "", err
	}
	org, err := OrganisationByKey(tx.Rx, keyOf(n.Organisation.EN))
	if problem.KindOf(err) == problem.NotFound {
		org.ID, err = AddOrganisation(tx, NewOrganisation{Key: keyOf(n.Organisation.EN), Name: n.Organisation,
			Kind: n.OrganisationKind, CouncilKey: n.CouncilKey})
	}
	if err != nil {
		return "", err
	}
	if err := LinkBoard(tx, org.ID, board.ID); err != nil {
		return "", err
	}
	person, err = AddPerson(tx, NewPerson{Email: n.Email, Name: n.Name, Language: n.Language, PasswordHash: hash})
	if err != nil {
		return "", err
	}
	_, err = AddMembership(tx, NewMembership{PersonID: person, OrganisationID: org.ID, BoardID: board.ID,
		Role: Admin, JobRole: n.JobRole})
	return person, err
}
