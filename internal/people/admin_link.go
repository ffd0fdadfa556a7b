package people

import (
	"context"
	"strings"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// adminLinkLife is how long a link that was made on the machine holds: as long as it
// takes to read it out to somebody on the telephone.
const adminLinkLife = time.Hour

// AdminLinkWanted says for whom a link is wanted.
type AdminLinkWanted struct {
	Email string
	// New makes an administrator of somebody who is none, for whoever administered
	// the site has left. Place is where they work, "agency/board" by keys; "" is
	// where the longest-serving administrator does.
	New   bool
	Place string
}

// AdminLink is a link by which one person comes in as an administrator, once.
type AdminLink struct {
	Token    string
	Expires  store.Time
	Known    bool // the address has an account
	Name     string
	Language i18n.Lang // of whoever it is for; "" where the account is yet to be made
	Told     int       // how many administrators get a letter about it
}

// adminLinkRow is the link as it is kept, without its secret.
type adminLinkRow struct {
	TokenHash, PersonID, Email string
	OrganisationID, BoardID    string
}

// OfferAdminLink makes a link for an administrator who can no longer get in. Only the
// command on the machine calls it: whoever may run that may read the database. It
// voids the links before it, and every administrator gets a letter.
//
// Without an account of that address it is problem.NotFound, about somebody who
// is no administrator or is suspended Conflict; an address or place that cannot
// be is Invalid with the fields email, place.
func (d *Directory) OfferAdminLink(ctx context.Context, w AdminLinkWanted) (l AdminLink, err error) {
	key, err := CleanEmail(w.Email)
	if err != nil {
		return l, err
	}
	err = d.db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		row, p, err := wantedBy(tx.Rx, w, key)
		if err != nil {
			return err
		}
		l.Known, l.Name, l.Language, l.Expires = p.ID != "", p.Name, p.Language, store.At(tx.Now.Add(adminLinkLife))
		if l.Token, row.TokenHash, err = newToken(tx); err != nil {
			return err
		}
		if err := row.keep(tx, l.Expires); err != nil {
			return err
		}
		about, detail := "setup:"+sessionName(row.TokenHash), map[string]any{"made_administrator": w.New}
		if l.Known {
			about = "person:" + row.PersonID
		} else {
			detail["email"] = key
		}
		if err := audit.Record(tx, "people.admin_link_offered", about, detail); err != nil {
			return err
		}
		l.Told, err = tellAdmins(tx, AdminsFact{About: row.PersonID, What: AdminLinkMade})
		return err
	})
	return l, err
}

// keep stores the link in the place of those before it.
func (r adminLinkRow) keep(tx store.Tx, expires store.Time) error {
	if err := tx.Exec("UPDATE people_setup SET ended_at = ?, email = '' WHERE ended_at IS NULL", tx.Now).Error; err != nil {
		return err
	}
	null := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	return tx.Exec(`INSERT INTO people_setup (token_hash, created_at, expires_at, person_id, email, organisation_id, board_id)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, r.TokenHash, tx.Now, expires, null(r.PersonID), r.Email, null(r.OrganisationID), null(r.BoardID)).Error
}

// wantedBy finds out whom a link is for, and where they will administer if they
// do not yet.
func wantedBy(rx store.Rx, w AdminLinkWanted, key string) (row adminLinkRow, p Person, err error) {
	if row.PersonID, err = personOf(rx, key); err != nil {
		return row, p, err
	}
	if row.PersonID == "" {
		if !w.New {
			return row, p, problem.New(problem.NotFound, "people.admin_link.nobody")
		}
		row.Email = strings.TrimSpace(w.Email)
		row.OrganisationID, row.BoardID, err = placeToAdminister(rx, w.Place)
		return row, p, err
	}
	if p, err = PersonByID(rx, row.PersonID); err != nil {
		return row, p, err
	}
	administers, err := isAdmin(rx, p.ID)
	switch {
	case err != nil:
		return row, p, err
	case p.Suspended():
		return row, p, problem.New(problem.Conflict, "people.admin_link.suspended")
	case !administers && !w.New:
		return row, p, problem.New(problem.Conflict, "people.admin_link.not_admin")
	case !administers:
		row.OrganisationID, row.BoardID, err = placeToAdminister(rx, w.Place)
	}
	return row, p, err
}

// placeToAdminister returns the agency and the board of a place that was named, or
// of whoever has administered longest. The problem is Invalid with the field place.
func placeToAdminister(rx store.Rx, place string) (organisation, board string, err error) {
	unknown := problem.InvalidField("place", "people.admin_link.place")
	var at struct{ OrganisationID, BoardID string }
	if place == "" {
		err = rx.Raw(`SELECT m.organisation_id, m.board_id FROM people_memberships m
			JOIN people_organisation_boards b ON b.organisation_id = m.organisation_id AND b.board_id = m.board_id AND b.unlinked_at IS NULL
			JOIN people_organisations o ON o.id = m.organisation_id AND o.retired_at IS NULL
			WHERE m.role = 'admin' AND (m.ended_at IS NULL OR m.ended_at > ?) ORDER BY m.started_at, m.rowid LIMIT 1`, rx.Now()).Scan(&at).Error
	} else {
		org, of, _ := strings.Cut(place, "/")
		err = rx.Raw(`SELECT b.organisation_id, b.board_id FROM people_organisation_boards b JOIN people_organisations o ON o.id = b.organisation_id
			JOIN people_boards d ON d.id = b.board_id WHERE o.key = ? AND d.key = ? AND b.unlinked_at IS NULL AND o.retired_at IS NULL`, org, of).Scan(&at).Error
	}
	if err == nil && at.OrganisationID == "" {
		err = unknown
	}
	return at.OrganisationID, at.BoardID, store.Explain(err)
}

// isAdmin says whether somebody administers the installation now.
func isAdmin(rx store.Rx, person string) (bool, error) {
	var n int
	err := rx.Raw("SELECT count(*) FROM people_memberships WHERE person_id = ? AND role = 'admin' AND (ended_at IS NULL OR ended_at > ?)",
		person, rx.Now()).Scan(&n).Error
	return n > 0, store.Explain(err)
}
