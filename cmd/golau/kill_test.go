package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golau/cmd/golau/internal/seed"
)

// Killed at any moment, the program has lost nothing that it said was saved,
// has saved nothing twice, and becomes ready again.
//
// How soon it does is told and not judged, but for the patience after which the
// test gives up: eight people's requests and a look into the files go on beside
// it. That an ordinary start takes at most two seconds is the bench's to
// measure: see patience.
//
// GOLAU_KILL_ROUNDS sets the number of rounds, GOLAU_KILL_SEED the first throw
// of the dice, which the test tells. A thousand rounds are the named drill:
//
//	GOLAU_KILL_ROUNDS=1000 go test ./cmd/golau -run TestKill -timeout 60m -v
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the built program")
	}
	rounds := 10
	if os.Getenv("GOLAU_TEST_ALL") == "1" {
		rounds = 60
	}
	rounds = number(t, "GOLAU_KILL_ROUNDS", rounds)
	start := uint64(number(t, "GOLAU_KILL_SEED", time.Now().Nanosecond()))
	t.Logf("%d rounds, GOLAU_KILL_SEED=%d", rounds, start)
	drill := &drill{t: t, data: t.TempDir(), dice: rand.New(rand.NewPCG(start, 1))}
	for i, m := range seed.Cast {
		drill.sitters = append(drill.sitters, newSitter(m.Key, rand.New(rand.NewPCG(start, uint64(i+2)))))
	}
	began := time.Now()
	for round := range rounds {
		drill.round(round)
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	drill.inspected()
	saved, unsure, again := 0, 0, 0
	for _, s := range drill.sitters {
		saved, unsure, again = saved+len(s.saved), unsure+s.cut, again+s.again
		if len(s.saved) == 0 {
			t.Errorf("%s never saved anything", s.key)
		}
	}
	t.Logf("%d rounds in %v: %d answers saved and none lost; %d were cut off without a reply, of which %d were sent once more as they were; ready after %v at most, %v in the mean",
		rounds, time.Since(began).Round(time.Second), saved, unsure, again, drill.slowest.Round(time.Millisecond),
		(drill.starting / time.Duration(rounds)).Round(time.Millisecond))
	if rounds > 50 && again == 0 {
		t.Error("nobody ever sent the same again")
	}
	if drill.slowest > patience {
		t.Errorf("ready after %v", drill.slowest)
	}
}

func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// drill is the program's life: started, used by everyone at once, killed.
type drill struct {
	t        *testing.T
	data     string
	dice     *rand.Rand
	sitters  []*sitter
	slowest  time.Duration // from a start after a kill until ready
	starting time.Duration // all of them
	looking  chan error    // what is found in a copy of the files, while the program starts again
}

func (d *drill) round(n int) {
	d.t.Helper()
	p, err := startDemo(d.t, d.data)
	if err != nil {
		d.t.Fatal(err)
	}
	if n > 0 { // the first makes the demonstration
		d.slowest, d.starting = max(d.slowest, p.took), d.starting+p.took
	}
	d.inspected()
	ctx, cancel := context.WithTimeout(d.t.Context(), time.Minute)
	defer cancel()
	faults := make([]error, len(d.sitters))
	via := &http.Transport{MaxIdleConnsPerHost: len(d.sitters)}
	defer via.CloseIdleConnections()
	replies := &countdown{next: via, over: make(chan struct{})}
	replies.left.Store(int64(d.dice.IntN(mostReplies)))
	var sitting sync.WaitGroup
	for i, s := range d.sitters {
		sitting.Go(func() { faults[i] = s.sit(ctx, p.base, replies) })
	}
	// At any moment of their work, counted in what they got done, for a busy
	// machine does little in a while.
	go func() { sitting.Wait(); replies.end() }() // or until nobody goes on
	<-replies.over
	time.Sleep(time.Duration(d.dice.IntN(1000)) * time.Microsecond)
	p.kill()
	sitting.Wait()
	if err := errors.Join(faults...); err != nil {
		d.t.Fatalf("%v\n%s", err, tail(p.errors.String()))
	}
	d.looking = make(chan error, 1)
	dir := d.copy()
	go func() { d.looking <- d.inspect(dir) }()
}

// inspected waits for what was found after the kill before.
func (d *drill) inspected() {
	d.t.Helper()
	if d.looking == nil {
		return
	}
	if err := <-d.looking; err != nil {
		d.t.Fatal(err)
	}
}

// mostReplies bounds how many replies the program gives before it is killed.
const mostReplies = 200

// countdown lets requests through until so many have been replied to.
type countdown struct {
	next http.RoundTripper
	left atomic.Int64
	over chan struct{}
	once sync.Once
}

// RoundTrip implements http.RoundTripper.
func (c *countdown) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(r)
	if c.left.Add(-1) < 0 || err != nil {
		c.end()
	}
	return resp, err
}

func (c *countdown) end() { c.once.Do(func() { close(c.over) }) }

func tail(s string) string {
	const n = 4000
	if len(s) > n {
		return fmt.Sprintf("… %s", s[len(s)-n:])
	}
	return s
}
