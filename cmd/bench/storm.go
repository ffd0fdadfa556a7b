package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// crowd is how many people sign in at once, with wrong passwords.
const crowd = 100

// storm measures how long a page takes at worst while many wait for their
// password to be looked at, against the same page in peace.
func (b *bench) storm(ctx context.Context) error {
	s, path, cookie, err := b.reading(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	var calm, rough, ratios, hashed []float64
	var guesses atomic.Int64
	for range 3 { // in turns, for a machine has moods of its own
		still, err := b.calls(ctx, s, path, cookie)
		if err != nil {
			return err
		}
		wild, looked, err := b.stormy(ctx, s, path, cookie, &guesses)
		if err != nil {
			return err
		}
		calm, rough = append(calm, worst(still)), append(rough, worst(wild))
		ratios = append(ratios, worst(wild)/worst(still))
		hashed = append(hashed, float64(looked)/(2*b.each).Seconds())
	}
	b.add(row{what: "slowest hundredth of a lesson, 100 sign-ins queued", figure: fmt.Sprintf("%.2f ms", median(rough)),
		floor: fmt.Sprintf("in peace %.2f ms", median(calm)), ratio: fmt.Sprintf("%.1f", median(ratios)),
		cpu: fmt.Sprintf("%.0f passwords/s", median(hashed)), aim: "≤ 3", met: median(ratios) <= 3})
	return nil
}

// stormy asks for pages while the crowd signs in, and returns how long each took
// and how many passwords were looked at meanwhile. Nobody of the crowd is left
// when it returns: the next turn is calm again.
func (b *bench) stormy(ctx context.Context, s *server, path, cookie string, guesses *atomic.Int64) ([]time.Duration, int64, error) {
	storming, end := context.WithCancel(ctx)
	var looked atomic.Int64
	var guessing sync.WaitGroup
	for range crowd {
		guessing.Go(func() { guess(storming, s, guesses, &looked) })
	}
	wait(ctx, 300*time.Millisecond) // until all of them queue
	before := looked.Load()
	rough, err := b.calls(ctx, s, path, cookie)
	n := looked.Load() - before
	end()
	guessing.Wait()
	wait(ctx, 300*time.Millisecond) // until the program has noticed that they are gone
	return rough, n, err
}

// worst is the slowest hundredth, in milliseconds.
func worst(took []time.Duration) float64 {
	return float64(percentile(took, 0.99).Microseconds()) / 1000
}

// calls asks for a page a few hundred times a second, as readers do, and returns
// how long each took.
func (b *bench) calls(ctx context.Context, s *server, path, cookie string) ([]time.Duration, error) {
	c, err := dial(s.base)
	if err != nil {
		return nil, err
	}
	defer c.close()
	request := c.get(path, cookie)
	var took []time.Duration
	for began := time.Now(); time.Since(began) < 2*b.each && ctx.Err() == nil; wait(ctx, 3*time.Millisecond) {
		asked := time.Now()
		status, err := c.do(request)
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s answers %d", path, status)
		}
		if err != nil {
			return nil, err
		}
		took = append(took, time.Since(asked))
	}
	return took, nil
}

// guess signs in as people who do not exist, over and over.
func guess(ctx context.Context, s *server, guesses, looked *atomic.Int64) {
	c, err := dial(s.base)
	if err != nil {
		return
	}
	defer c.close()
	stop := context.AfterFunc(ctx, c.close)
	defer stop()
	for ctx.Err() == nil {
		form := url.Values{"email": {fmt.Sprintf("nobody%d@demo.example", guesses.Add(1))}, "password": {"a wrong password, long enough"}}
		status, err := c.do(c.post("/en/sign-in", form))
		if err != nil {
			return
		}
		if status == http.StatusUnprocessableEntity {
			looked.Add(1)
		}
	}
}
