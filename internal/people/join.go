package people

import (
	"context"
	"slices"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/store"
)

// Joiner is somebody who has proven an address and belongs to one of its places.
type Joiner struct {
	Email  string
	Places []Place // more than one: they choose
	Waits  bool    // the address could mean another place: a lead confirms
}

// MayJoin returns who the proof makes of its holder, or problem.NotFound.
func (d *Directory) MayJoin(ctx context.Context, proof string) (Joiner, error) {
	return joiner(d.db.Read(ctx), proof)
}

func joiner(rx store.Rx, proof string) (j Joiner, err error) {
	c, err := proven(rx, ToJoin, proof)
	if err != nil {
		return j, err
	}
	_, domain, _ := strings.Cut(c.EmailKey, "@")
	j.Email = c.Email
	if j.Places, err = placesOfDomain(rx, domain); err != nil {
		return j, err
	}
	if len(j.Places) == 0 { // the domain was taken off the list meanwhile
		return j, proofGone()
	}
	many, err := sharedByMany(domain)
	j.Waits = many || len(j.Places) > 1
	return j, err
}

// NewJoiner is the form of somebody who comes by themselves. Without a Password
// they sign in with codes by e-mail; Place is the Key of one of their places,
// and may be empty where there is only one.
type NewJoiner struct {
	Name, Password, Place string
	JobRole               JobRole
	Language              i18n.Lang
	Nation                Nation // Wales where it is left out
}

// Joined is the job of the letter to a lead for whom somebody waits.
const Joined = "people.joined"

// JoinedFact names who waits and whom it is told.
type JoinedFact struct{ Membership, Lead string }

// clean returns the form as it will be stored, with the place it means. The
// problem is Invalid with every field that needs putting right: name, place,
// job_role, nation, password.
func (n NewJoiner) clean(j Joiner) (NewJoiner, Place, error) {
	all := faults{}
	var err error
	n.Name, err = CleanName(n.Name)
	all.note(err)
	all.note(checkJobRole(n.JobRole))
	n.Nation, err = n.Nation.clean()
	all.note(err)
	at := slices.IndexFunc(j.Places, func(p Place) bool { return p.Key() == n.Place })
	if at < 0 && len(j.Places) == 1 {
		at = 0
	}
	var place Place
	if at < 0 {
		all.at("place", "people.join.place")
	} else {
		place = j.Places[at]
	}
	if n.Password != "" {
		n.Password, err = checkPassword("password", n.Password, n.Name, j.Email, place.Organisation.Name.EN,
			place.Organisation.Name.CY, place.Board.Name.EN, place.Board.Name.CY)
		all.note(err)
	}
	return n, place, all.err()
}

// Join makes the person who proved the address, in the place they name, and
// returns the token of a session. Where the address could mean another place
// the membership is unconfirmed, and the leads of the place are told. A proof
// that is used or old is problem.NotFound, a form that needs putting right
// Invalid (the proof lives on), an address that has an account by now Conflict.
func (d *Directory) Join(ctx context.Context, proof string, n NewJoiner) (session string, err error) {
	j, err := d.MayJoin(ctx, proof)
	if err != nil {
		return "", err
	}
	n, place, err := n.clean(j)
	if err != nil {
		return "", err
	}
	hash := ""
	if n.Password != "" {
		if hash, err = d.hash(ctx, n.Password); err != nil {
			return "", err
		}
	}
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		c, err := proven(tx.Rx, ToJoin, proof)
		if err != nil {
			return err
		}
		if err := endCode(tx, c.ID); err != nil {
			return err
		}
		person, err := AddPerson(tx, NewPerson{Email: j.Email, Name: n.Name, Language: n.Language, PasswordHash: hash})
		if err != nil {
			return err
		}
		tx.By = web(person)
		if err := keepNation(tx, person, n.Nation); err != nil {
			return err
		}
		m, err := AddMembership(tx, NewMembership{PersonID: person, OrganisationID: place.Organisation.ID, BoardID: place.Board.ID,
			Role: Learner, JobRole: n.JobRole, Unconfirmed: j.Waits})
		if err != nil {
			return err
		}
		if j.Waits {
			if err := tellLeads(tx, m, place); err != nil {
				return err
			}
		}
		session, err = d.enter(tx, person, "code")
		return err
	})
	if err != nil {
		return "", err
	}
	return session, nil
}

// leadsOf returns the persons who lead everybody of a place and can come in.
func leadsOf(rx store.Rx, p Place) (leads []string, err error) {
	err = rx.Raw(`SELECT m.person_id FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		WHERE m.organisation_id = ? AND m.board_id = ? AND m.role = 'lead' AND m.leads_part = 0 AND (m.ended_at IS NULL OR m.ended_at > ?)
			AND p.suspended_at IS NULL`, p.Organisation.ID, p.Board.ID, rx.Now()).Scan(&leads).Error
	return leads, store.Explain(err)
}

// WaitingAlone returns which of the viewer's memberships wait to be confirmed
// where nobody leads: there an administrator decides who works there.
func (d *Directory) WaitingAlone(ctx context.Context, v Viewer) (map[string]bool, error) {
	alone := map[string]bool{}
	for _, m := range v.Memberships {
		if !m.Unconfirmed {
			continue
		}
		leads, err := leadsOf(d.db.Read(ctx), Place{m.Organisation, m.Board})
		if err != nil {
			return nil, err
		}
		alone[m.ID] = len(leads) == 0
	}
	return alone, nil
}

// tellLeads has a letter sent to everybody who could confirm the membership.
func tellLeads(tx store.Tx, membership string, p Place) error {
	leads, err := leadsOf(tx.Rx, p)
	if err != nil {
		return err
	}
	for _, lead := range leads {
		if err := outbox.Put(tx, Joined, membership+"/"+lead, JoinedFact{membership, lead}); err != nil {
			return err
		}
	}
	return audit.Record(tx, "people.joined", "membership:"+membership, map[string]any{"leads": len(leads)})
}
