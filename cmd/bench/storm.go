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
	s, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	v, err := signIn(ctx, s, "rhian")
	if err != nil {
		return err
	}
	path, err := lesson(ctx, v)
	if err != nil {
		return err
	}
	cookie := "Cookie: " + v.Cookies()
	if _, err := b.calls(ctx, s, path, cookie); err != nil { // to warm up
		return err
	}
	calm, err := b.calls(ctx, s, path, cookie)
	if err != nil {
		return err
	}
	storming, end := context.WithCancel(ctx)
	var guesses, looked atomic.Int64
	var guessing sync.WaitGroup
	for range crowd {
		guessing.Go(func() { guess(storming, s, &guesses, &looked) })
	}
	wait(ctx, 300*time.Millisecond) // until all of them queue
	rough, err := b.calls(ctx, s, path, cookie)
	n := looked.Load()
	end()
	guessing.Wait()
	if err != nil {
		return err
	}
	ratio := float64(percentile(rough, 0.99)) / float64(percentile(calm, 0.99))
	b.add(row{what: "slowest hundredth of a lesson, 100 sign-ins queued", figure: ms(percentile(rough, 0.99)),
		floor: "in peace " + ms(percentile(calm, 0.99)), ratio: fmt.Sprintf("%.1f", ratio),
		cpu: fmt.Sprintf("%.0f passwords/s", float64(n)/(2*b.each).Seconds()), aim: "≤ 3", met: ratio <= 3})
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

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
