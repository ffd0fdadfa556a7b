package people

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// each runs fn for 0 … n-1, 64 at a time.
func each(n int, fn func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range 64 {
		wg.Go(func() {
			for i := range next {
				fn(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// A12: one guess on each of very many accounts is noticed, said once, and makes
// the limit of every account tighter for a while; right passwords still pass.
func TestSprayIsNoticed(t *testing.T) {
	h := newHouse(t, Options{HashQueue: 1000})
	ctx := t.Context()
	spray := func(n int, prefix string) {
		each(n, func(i int) { _, _ = h.SignIn(ctx, fmt.Sprintf("%s%d@demo.example", prefix, i), "Winter2026!!") })
	}
	spray(49, "quiet")
	if h.count("audit_events WHERE verb = 'people.spray'") != 0 {
		t.Error("forty-nine forgetful people are no attack")
	}
	// Many wrong guesses on one account are not many accounts.
	for range 10 {
		_, _ = h.SignIn(ctx, "quiet1@demo.example", "wrong")
	}
	if h.count("audit_events WHERE verb = 'people.spray'") != 0 {
		t.Error("one account guessed at often counted as many")
	}
	// Forty guesses by the right people in between count for nothing.
	for range 40 {
		h.signIn("rhian@demo.example", rhianPassword)
	}
	if h.count("audit_events WHERE verb = 'people.spray'") != 0 {
		t.Error("right passwords counted as an attack")
	}
	spray(200, "loud")
	if n := h.count("audit_events WHERE verb = 'people.spray'"); n != 1 {
		t.Errorf("the attack was recorded %d times", n)
	}
	// Three each now, for accounts that exist and for those that do not.
	for _, email := range []string{"tom@demo.example", "nobody@demo.example"} {
		for range 3 {
			wants(t, second(h.SignIn(ctx, email, "wrong")), problem.Invalid, "")
		}
		wants(t, second(h.SignIn(ctx, email, tomPassword)), problem.TooMany, "")
	}
	// A hospital behind one address: three hundred people with right passwords.
	h.write(func(tx store.Tx) error {
		for i := range 300 {
			_, err := AddPerson(tx, NewPerson{Name: "Nurse", Email: fmt.Sprintf("nurse%d@demo.example", i), Language: "cy",
				PasswordHash: "hash:" + tomPassword})
			if err != nil {
				return err
			}
		}
		return nil
	})
	each(300, func(i int) {
		if _, err := h.SignIn(ctx, fmt.Sprintf("nurse%d@demo.example", i), tomPassword); err != nil {
			t.Errorf("nurse %d was refused: %v", i, err)
		}
	})
	// When the attack has been over for a while, all is as before.
	h.clock.Advance(10 * time.Minute)
	for range 10 {
		wants(t, second(h.SignIn(ctx, "tom@demo.example", "wrong")), problem.Invalid, "")
	}
	// The next one is said again.
	h.clock.Advance(10 * time.Minute)
	spray(60, "again")
	if n := h.count("audit_events WHERE verb = 'people.spray'"); n != 2 {
		t.Errorf("after the second attack there are %d records", n)
	}
}

// A13: a few hashes at one time, a bounded queue, and beyond it a clear answer.
func TestGate(t *testing.T) {
	h := newHouse(t, Options{HashSlots: 3, HashQueue: 20})
	h.hasher.hold = make(chan struct{})
	var mu sync.Mutex
	var wg sync.WaitGroup
	kinds := map[problem.Kind]int{}
	busy := make(chan struct{}, 300)
	for i := range 300 {
		wg.Go(func() {
			_, err := h.SignIn(t.Context(), fmt.Sprintf("p%d@demo.example", i), "wrong")
			if e, ok := problem.As(err); ok && e.Kind == problem.Unavailable {
				if e.Key != "people.signin.busy" || e.RetryAfter <= 0 {
					t.Errorf("busy is said as %+v", e)
				}
				busy <- struct{}{}
			}
			mu.Lock()
			kinds[problem.KindOf(err)]++
			mu.Unlock()
		})
	}
	for range 300 - 23 {
		<-busy
	}
	close(h.hasher.hold)
	wg.Wait()
	if kinds[problem.Unavailable] != 277 || kinds[problem.Invalid] != 23 || h.hasher.most.Load() > 3 {
		t.Errorf("answers %v, %d hashes at once", kinds, h.hasher.most.Load())
	}
	if h.count("people_signin_guesses") != 23 {
		t.Error("who was turned away at the gate lost a guess")
	}
}

// A request that was given up leaves the queue.
func TestGateForgetsWhoLeft(t *testing.T) {
	g := newGate(1, 1)
	leave, err := g.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error)
	go func() { got <- second(g.enter(ctx)) }()
	for g.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	wants(t, second(g.enter(t.Context())), problem.Unavailable, "people.signin.busy")
	cancel()
	wants(t, <-got, problem.Unavailable, "people.signin.busy")
	leave()
	if leave, err = g.enter(t.Context()); err != nil {
		t.Fatalf("the gate stays shut: %v", err)
	}
	leave()
	if len(g.slots) != 0 || g.waiting.Load() != 0 {
		t.Errorf("%d in, %d waiting", len(g.slots), g.waiting.Load())
	}
}
