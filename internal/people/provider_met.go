package people

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/sso"
	"golau/internal/store"
)

// How often what people meet at a provider is written down while nothing changes,
// and how long administrators are left in peace where one comes and goes.
const (
	workedEvery = time.Hour
	failedEvery = 10 * time.Minute
	tellEvery   = time.Hour
)

// Met is what became of the people who really signed in by a provider, beside what
// an administrator's test finds.
type Met struct {
	Worked  store.Time // when it last let somebody in, to within an hour
	Since   store.Time // the first failure since then
	Failed  store.Time // the newest, to within minutes
	Fault   string     // of the newest failure: a word of package sso
	Said    string
	Brought bool // whoever came may have made it so

	told store.Time
}

// Trouble is why a provider is thought not to work.
type Trouble struct {
	Fault, Said string
	At, Since   store.Time
	Tested      bool // an administrator's test found it, else somebody's sign-in
	Brought     bool // whoever came may have made it so: it proves little
}

// fine is when the provider was last known to work.
func (p Provider) fine() store.Time {
	if p.Fault == "" && p.Tested.After(p.Met.Worked.Time) {
		return p.Tested
	}
	return p.Met.Worked
}

// failing says whether a sign-in has failed since the provider was last known to work.
func (p Provider) failing() bool { return p.Met.Fault != "" && p.Met.Failed.After(p.fine().Time) }

// Trouble says what is the matter with a provider, if anything: the newest that a
// sign-in or a test has met since it was last known to work.
func (p Provider) Trouble() (t Trouble, is bool) {
	if m := p.Met; p.failing() {
		t, is = Trouble{Fault: m.Fault, Said: m.Said, At: m.Failed, Since: m.Since, Brought: m.Brought}, true
	}
	if p.Fault != "" && p.Tested.After(p.Met.Worked.Time) && (!is || t.Brought || p.Tested.After(t.At.Time)) {
		t, is = Trouble{Fault: p.Fault, Said: p.FaultSaid, At: p.Tested, Since: p.Tested, Tested: true}, true
	}
	return t, is
}

// Broken says whether the provider is known not to work.
func (p Provider) Broken() bool {
	t, is := p.Trouble()
	return p.Fault != "" || is && !t.Brought
}

// ProvidersInUse returns the providers that people may sign in by, for whoever looks
// at how the installation stands.
func ProvidersInUse(rx store.Rx) ([]Provider, error) { return providers(rx, " WHERE p.enabled = 1") }

// ProviderByID returns a provider, or problem.NotFound.
func ProviderByID(rx store.Rx, id string) (Provider, error) {
	return provider(rx, " WHERE p.id = ?", id)
}

// meeting is what one person met.
type meeting struct {
	fault *sso.Fault // nil: it let them in
	at    store.Time
}

// says is whether a meeting tells more than what is known of the provider already,
// so that nobody can have the database written by knocking.
func (m meeting) says(p Provider) bool {
	known := p.Met
	switch {
	case m.fault == nil:
		return p.failing() || p.Fault != "" && p.Tested.After(known.Worked.Time) || m.at.Sub(known.Worked.Time) >= workedEvery
	case !p.failing():
		return true
	case m.fault.Brought && !known.Brought: // what is certain is not covered by what is not
		return false
	case m.fault.Brought: // nor does it matter which of all words somebody has brought about
		return m.at.Sub(known.Failed.Time) >= failedEvery
	}
	return known.Brought || known.Fault != m.fault.Word || m.at.Sub(known.Failed.Time) >= failedEvery
}

// signInsMet waits in memory to be written down: those who are sent to a provider
// come by a GET, which writes nothing.
type signInsMet struct {
	mu   *sync.Mutex
	bell chan struct{}
	wait map[string][2]meeting // by provider: the newest that worked, and the newest that failed
}

func newSignInsMet() signInsMet {
	return signInsMet{mu: new(sync.Mutex), bell: make(chan struct{}, 1), wait: map[string][2]meeting{}}
}

// meets takes in what somebody met at a provider: nil, when it let them in.
func (d *Directory) meets(p Provider, f *sso.Fault) {
	m := meeting{fault: f, at: d.db.Now()}
	d.met.mu.Lock()
	defer d.met.mu.Unlock()
	both := d.met.wait[p.ID]
	// A success that waits makes the row that was read old.
	if !m.says(p) && both == [2]meeting{} {
		return
	}
	switch {
	case f == nil:
		both[0] = m
	case both[1].fault == nil || both[1].fault.Brought || !f.Brought || both[0].at.After(both[1].at.Time):
		both[1] = m
	}
	d.met.wait[p.ID] = both
	select {
	case d.met.bell <- struct{}{}:
	default:
	}
}

// SignInsMet rings when somebody met something at a provider that NoteSignIns should
// write down.
func (d *Directory) SignInsMet() <-chan struct{} { return d.met.bell }

// NoteSignIns writes down what people met at their agencies' sign-ins. Where one
// fails that is its people's only way in, administrators get a letter: once, until
// it has worked again. The program calls it in the background.
func (d *Directory) NoteSignIns(ctx context.Context) error {
	d.met.mu.Lock()
	wait := maps.Clone(d.met.wait)
	clear(d.met.wait)
	d.met.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(wait)) {
		both := wait[id]
		if both[1].at.Before(both[0].at.Time) {
			slices.Reverse(both[:])
		}
		err := d.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
			for _, m := range both {
				if err := m.note(tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// note writes one meeting down, if there is one and it says something.
func (m meeting) note(tx store.Tx, id string) error {
	ps, err := providers(tx.Rx, " WHERE p.id = ?", id)
	if err != nil || len(ps) == 0 || m.at.IsZero() || !m.says(ps[0]) {
		return err // or it was given up meanwhile
	}
	p, failing := ps[0], ps[0].failing()
	if m.fault == nil {
		err := tx.Exec("UPDATE people_providers SET worked_at = ? WHERE id = ?", m.at, id).Error
		if err == nil && failing {
			err = audit.Record(tx, "people.sign_in_works", "provider:"+id, nil)
		}
		return err
	}
	since := m.at
	if failing {
		since = p.Met.Since
	}
	err = tx.Exec("UPDATE people_providers SET failed_since = ?, failed_at = ?, failed = ?, failed_said = ?, failed_brought = ? WHERE id = ?",
		since, m.at, m.fault.Word, m.fault.Said, m.fault.Brought, id).Error
	if err != nil {
		return err
	}
	if !failing {
		if err := audit.Record(tx, "people.sign_in_failed", "provider:"+id, map[string]any{"fault": m.fault.Word}); err != nil {
			return err
		}
	}
	untold := p.Met.told.IsZero() || !p.Met.told.After(p.fine().Time) && m.at.Sub(p.Met.told.Time) >= tellEvery
	if !p.OnlyWay || !p.Enabled || m.fault.Brought || !untold {
		return nil
	}
	return tellOfSignIn(tx, id, since)
}

// SignInDown is the job of the letter by which administrators hear that an agency's
// sign-in, its people's only way in, lets nobody in.
const SignInDown = "people.sign_in_down"

// SignInDownFact says who is told of which provider, and since when it fails.
type SignInDownFact struct {
	Person, Provider string
	Since            store.Time
}

// tellOfSignIn has a letter go to every administrator.
func tellOfSignIn(tx store.Tx, provider string, since store.Time) error {
	all, err := Administrators(tx.Rx)
	if err != nil {
		return err
	}
	for _, person := range all {
		if err := outbox.Put(tx, SignInDown, tx.NewID(), SignInDownFact{person, provider, since}); err != nil {
			return err
		}
	}
	return tx.Exec("UPDATE people_providers SET told_at = ? WHERE id = ?", tx.Now, provider).Error
}
