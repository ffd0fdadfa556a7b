package people

import (
	"context"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Arrival is somebody whom their agency sent and whom nobody here knows yet.
type Arrival struct {
	Provider i18n.Text
	Email    string
	Name     string  // as the agency tells it; they may put it right
	Places   []Place // more than one where the agency works under several boards
	Waits    bool    // other agencies have the address's domain too: a lead confirms
	Wish
}

// Returned says what the trip asks of its holder: to come in, or to connect the
// account that there is; the other is nil. What is over is problem.Conflict.
func (d *Directory) Returned(ctx context.Context, sealed string) (a *Arrival, c *Connecting, err error) {
	arrival, err := d.MayArrive(ctx, sealed)
	if err == nil {
		return &arrival, nil, nil
	}
	connecting, err := d.MayConnect(ctx, sealed)
	if err != nil {
		return nil, nil, err
	}
	return nil, &connecting, nil
}

// NewArrival is the form of an arrival. Place is the Key of one of the places,
// and may be empty where there is only one.
type NewArrival struct {
	Name, Place string
	JobRole     JobRole
	Language    i18n.Lang
	Nation      Nation // Wales where it is left out
}

// MayArrive returns who the trip makes of its holder, or problem.Conflict.
func (d *Directory) MayArrive(ctx context.Context, sealed string) (Arrival, error) {
	t, p, err := d.back(ctx, arrived, sealed)
	if err != nil {
		return Arrival{}, err
	}
	return arrival(d.db.Read(ctx), t, p)
}

func arrival(rx store.Rx, t trip, p Provider) (Arrival, error) {
	a := Arrival{Provider: p.Name, Email: strings.TrimSpace(t.Claims.Email), Name: t.Claims.Name, Wish: t.Wish}
	if !p.speaksFor(t.Claims) { // the domain was taken off the list meanwhile
		return a, tripOver()
	}
	key, err := CleanEmail(a.Email)
	if err != nil {
		return a, err
	}
	_, domain, _ := strings.Cut(key, "@")
	all, err := placesOfDomain(rx, domain)
	if err != nil {
		return a, err
	}
	if a.Waits, err = sharedByMany(domain); err != nil {
		return a, err
	}
	for _, place := range all {
		if place.Organisation.ID == p.Organisation.ID {
			a.Places = append(a.Places, place)
		} else {
			a.Waits = true
		}
	}
	if len(a.Places) == 0 {
		return a, tripOver()
	}
	return a, nil
}

// clean returns the form as it will be stored, with the place it means. The
// problem is Invalid with the fields name, place, job_role, nation.
func (n NewArrival) clean(a Arrival) (NewArrival, Place, error) {
	all := faults{}
	var err error
	n.Name, err = CleanName(n.Name)
	all.note(err)
	all.note(checkJobRole(n.JobRole))
	n.Nation, err = n.Nation.clean()
	all.note(err)
	at := slices.IndexFunc(a.Places, func(p Place) bool { return p.Key() == n.Place })
	if at < 0 && len(a.Places) == 1 {
		at = 0
	}
	if at < 0 {
		all.at("place", "people.join.place")
		return n, Place{}, all.err()
	}
	return n, a.Places[at], all.err()
}

// Arrive makes the person whom their agency sent, a learner there and nothing
// more, and returns the token of their session. A form that needs putting right
// is Invalid, and the trip goes on; one that is over, used, or whose address has
// an account by now is problem.Conflict.
func (d *Directory) Arrive(ctx context.Context, sealed string, n NewArrival) (session string, w Wish, err error) {
	t, p, err := d.back(ctx, arrived, sealed)
	if err != nil {
		return "", w, err
	}
	w = t.Wish
	a, err := arrival(d.db.Read(ctx), t, p)
	if err != nil {
		return "", w, err
	}
	n, place, err := n.clean(a)
	if err != nil {
		return "", w, err
	}
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		if err := t.use(tx); err != nil {
			return err
		}
		if i, err := identityOf(tx.Rx, t.Claims); err != nil {
			return err
		} else if i.ID != "" {
			return problem.New(problem.Conflict, "people.sso.connected_already")
		}
		person, err := AddPerson(tx, NewPerson{Email: a.Email, Name: n.Name, Language: n.Language})
		if err != nil {
			return err
		}
		tx.By = web(person)
		if err := keepNation(tx, person, n.Nation); err != nil {
			return err
		}
		m, err := AddMembership(tx, NewMembership{PersonID: person, OrganisationID: place.Organisation.ID, BoardID: place.Board.ID,
			Role: Learner, JobRole: n.JobRole, Unconfirmed: a.Waits})
		if err != nil {
			return err
		}
		if a.Waits {
			if err := tellLeads(tx, m, place); err != nil {
				return err
			}
		}
		if err := addIdentity(tx, person, p, t.Claims); err != nil {
			return err
		}
		session, err = d.enterFrom(tx, person, p, t.Claims)
		return err
	})
	if err != nil {
		return "", w, err
	}
	return session, w, nil
}
