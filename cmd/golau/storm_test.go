package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// behindProxy believes the forwarding headers of the test's own address.
func behindProxy(w *wiring) { w.site.TrustedProxies = []string{"192.0.2.0/24"} }

// T1-17, attack A12: two hundred guesses at one account at one moment, each from
// an address of its own by whatever header says so, whether or not the headers
// are believed: ten reach the hash, and the right password is too late.
func TestRotatingAddressesEvadeNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][]func(*wiring){"direct": nil, "behind a proxy": {behindProxy}} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, change...)
			guess := func(n int, pass string) *reply {
				return h.visitor().post("/en/sign-in", url.Values{"email": {folk["nia"].email}, "password": {pass}},
					"X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", n/250, n%250), "X-Real-IP", fmt.Sprintf("2001:db8:%x::1", n), "Forwarded", fmt.Sprintf("for=198.51.100.%d", n),
					"True-Client-IP", fmt.Sprintf("203.0.113.%d", n), "User-Agent", fmt.Sprint("Browser/", n))
			}
			told := map[int]int{}
			for _, r := range atOnce(200, func(n int) *reply { return guess(n, fmt.Sprint("not the password ", n)) }) {
				told[r.Status]++
			}
			for n := range 20 { // whom the crowd turned away tries again
				told[guess(300+n, fmt.Sprint("another guess ", n)).Status]++
			}
			if told[http.StatusUnprocessableEntity] != 10 || told[http.StatusTooManyRequests]+told[http.StatusServiceUnavailable] != 210 || told[http.StatusTooManyRequests] < 20 {
				t.Errorf("they were told %v", told)
			}
			if n := h.count("people_signin_guesses WHERE failed = 1"); n != 10 {
				t.Errorf("%d guesses reached the hash, want 10", n)
			}
			guess(999, password).want(http.StatusTooManyRequests)
		})
	}
}

// T1-17: three hundred people of one hospital, all behind one address, sign in
// within a minute; nobody is held up, neither on a quiet day nor while somebody
// tries one password on many accounts. Their sign-ins are no attack themselves.
func TestAHospitalSignsInDuringAnAttack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	hash, err := cheap.Hash(password)
	if err != nil {
		t.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		org, err := people.OrganisationByKey(tx.Rx, "school-a")
		if err != nil {
			return err
		}
		board, err := people.BoardByKey(tx.Rx, "board-a")
		if err != nil {
			return err
		}
		for n := range 300 {
			id, err := people.AddPerson(tx, people.NewPerson{Email: fmt.Sprintf("nurse%d@shared.example", n), Name: "Nyrs Ifan", Language: i18n.CY, PasswordHash: hash})
			if err != nil {
				return err
			}
			if _, err := people.AddMembership(tx, people.NewMembership{PersonID: id, OrganisationID: org.ID, BoardID: board.ID, Role: people.Learner, JobRole: people.Health}); err != nil {
				return err
			}
		}
		return nil
	})
	attacks := func() int { return h.count("audit_events WHERE verb = 'people.spray'") }
	signIn := func(n int, pass string) *reply {
		return h.visitor().post("/cy/sign-in", url.Values{"email": {fmt.Sprintf("nurse%d@shared.example", n)}, "password": {pass}})
	}
	everybody := func() {
		for from := 0; from < 300; from += 100 {
			for _, r := range atOnce(100, func(n int) *reply { return signIn(from+n, password) }) {
				r.leads("/cy/learn")
			}
		}
	}
	everybody()
	if attacks() != 0 {
		t.Fatal("three hundred right passwords are taken for an attack")
	}
	for _, r := range atOnce(100, func(n int) *reply { return signIn(n, "Gaeaf2026!!!") }) {
		r.want(http.StatusUnprocessableEntity)
	}
	if attacks() != 1 {
		t.Fatalf("one password on a hundred accounts: noticed %d times", attacks())
	}
	everybody()
}

// T1-17, attack A13: of three hundred sign-ins at one moment a few are hashed at
// a time, some wait, and the rest are told at once to come back. What they take
// together is a few hashes' memory, not three hundred. It runs alone, since the
// memory is the whole program's.
func TestAStormOfSignInsTakesLittleMemory(t *testing.T) {
	const oneHash = 19 << 20
	h := newHouse(t, realHashing)
	used := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	base := used()
	ctx, enough := context.WithCancel(t.Context())
	var hashed, busy atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		atOnce(300, func(n int) *reply {
			form := url.Values{"email": {fmt.Sprintf("nobody%d@shared.example", n)}, "password": {"Gaeaf2026!!!"}}
			req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/en/sign-in", strings.NewReader(form.Encode()))
			req.Host = site
			req.Header.Set("Content-Type", formType)
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			r := h.visitor().exchange(req)
			switch {
			case r.Status == http.StatusUnprocessableEntity:
				hashed.Add(1)
			case ctx.Err() != nil: // given up, so nobody reads the answer
			case r.Status == http.StatusServiceUnavailable:
				busy.Add(1)
				if r.Header.Get("Retry-After") == "" {
					t.Error("who is turned away is not told when to come back")
				}
			default:
				t.Errorf("%d\n%s", r.Status, r.gist())
			}
			return r
		})
	}()
	var most uint64
	for going := true; going; {
		select {
		case <-done:
			going = false
		default:
			most = max(most, used())
			if hashed.Load() >= 20 && busy.Load() >= 50 { // the rest would be the same; it is given up
				enough()
			}
		}
	}
	enough()
	// A hash leaves its memory to the collector, so several lie about for each
	// that runs.
	slots := uint64(max(1, runtime.GOMAXPROCS(0)-1))
	if grown := most - min(most, base); grown > 5*(slots+3)*oneHash {
		t.Errorf("the storm took the memory of %d hashes; %d may run", grown/oneHash, slots)
	}
	if hashed.Load() < 20 || busy.Load() < 50 {
		t.Errorf("%d were hashed, %d turned away", hashed.Load(), busy.Load())
	}
}
