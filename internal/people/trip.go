package people

import (
	"crypto/subtle"
	"encoding/json"
	"strings"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/sso"
	"golau/internal/store"
)

// Wish is what somebody wanted who was sent to their agency's sign-in.
type Wish struct {
	Next     string // a page of this site
	Language i18n.Lang
	Waits    bool // an answer waits in their browser
}

// Lives of what a browser holds on the way.
const (
	tripLife    = 10 * time.Minute // to sign in there
	arrivalLife = 30 * time.Minute // to fill in the form behind it
)

// leg says how far somebody is.
type leg string

const (
	outward leg = "outward" // at the agency's sign-in
	arrived leg = "arrived" // back, and nobody here knows them: they may come in
	known   leg = "known"   // back, and there is an account to be connected
)

// trip is what a browser holds, sealed, while somebody signs in elsewhere.
// Nothing is written before they are back: whoever is sent away and does not
// return leaves no trace.
type trip struct {
	Leg      leg
	Provider string // id
	Issuer   string
	Grant    sso.Grant
	Wish     Wish
	Claims   sso.Claims // once they are back
	Until    store.Time
}

func (d *Directory) sealTrip(t trip) (string, error) {
	raw, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	return d.sealFor("trip", string(t.Leg), raw)
}

// openTrip opens what sealTrip closed for that leg. What is too old, or was
// never sealed here, is problem.Conflict: begin again.
func (d *Directory) openTrip(l leg, sealed string) (t trip, err error) {
	raw, err := d.unseal("trip", string(l), sealed)
	if err == nil {
		err = json.Unmarshal(raw, &t)
	}
	if err != nil || t.Leg != l || !d.db.Now().Before(t.Until.Time) {
		return trip{}, tripOver().Because(err)
	}
	return t, nil
}

func tripOver() *problem.Error { return problem.New(problem.Conflict, "people.sso.over") }

// is compares the state of an answer with what the browser holds.
func (t trip) is(state string) bool {
	return subtle.ConstantTimeCompare([]byte(state), []byte(t.Grant.State)) == 1
}

// used says whether the trip has opened something already.
func (t trip) used(rx store.Rx) (bool, error) {
	var n int
	err := rx.Raw("SELECT count(*) FROM people_sso_used WHERE state_hash = ?", hashToken(t.Grant.State)).Scan(&n).Error
	return n > 0, store.Explain(err)
}

// use notes that the trip opens something, once: a second time is
// problem.Conflict, however close the two are.
func (t trip) use(tx store.Tx) error {
	err := tx.Exec(`DELETE FROM people_sso_used WHERE state_hash IN (
		SELECT state_hash FROM people_sso_used WHERE used_at <= ? ORDER BY used_at LIMIT 20)`, store.At(tx.Now.Add(-codeKept))).Error
	if err != nil {
		return err
	}
	err = tx.Exec("INSERT INTO people_sso_used (state_hash, used_at) VALUES (?, ?)", hashToken(t.Grant.State), tx.Now).Error
	if store.IsDuplicate(err) {
		return tripOver()
	}
	return err
}

// at returns the provider of the trip, if it is still the one that was asked.
func (t trip) at(rx store.Rx) (Provider, error) {
	p, err := provider(rx, " WHERE p.id = ?", t.Provider)
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return p, err
	}
	if err != nil || !p.Enabled || p.Issuer != t.Issuer {
		return p, tripOver()
	}
	return p, nil
}

// speaksFor says whether the provider may speak for the address: it says that
// the address is theirs, and the domain is one of its agency's.
func (p Provider) speaksFor(c sso.Claims) bool {
	key, err := CleanEmail(c.Email)
	if err != nil || !c.EmailVerified {
		return false
	}
	_, domain, _ := strings.Cut(key, "@")
	for _, d := range p.Domains {
		if d == domain {
			return true
		}
	}
	return false
}

// secondFactor says whether whoever comes has shown a second factor there: the
// administrator says that the provider always asks for one, the level that was
// asked for was reached, and the provider does not say that it was a password
// alone.
func (p Provider) secondFactor(c sso.Claims) bool {
	if !p.SecondFactor {
		return false
	}
	if p.ACR != "" {
		reached := false
		for _, level := range strings.Fields(p.ACR) {
			reached = reached || level == c.ACR
		}
		if !reached {
			return false
		}
	}
	return len(c.AMR) != 1 || c.AMR[0] != "pwd"
}
