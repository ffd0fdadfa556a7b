package main

import (
	"context"
	"time"
)

// watchEvery is how often the program looks whether something is due by the
// clock. What is due is decided by the database, so the figure matters little.
const watchEvery = 10 * time.Minute

// watch does what is due by the clock, beside the letters, until ctx ends.
func (p *program) watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	p.watchBy(ctx, tick.C)
}

// watchBy is watch with whatever says that it is time to look.
func (p *program) watchBy(ctx context.Context, tick <-chan time.Time) {
	look := func(what string, do func(context.Context) error) {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn(what, "err", err)
		}
	}
	look("what is due by the clock was not done", p.steward.Tick)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			look("what is due by the clock was not done", p.steward.Tick)
		case <-p.steward.Asked():
			look("the record could not be checked", p.steward.CheckRecord)
		case <-p.people.SignInsMet():
			look("what people met at their agency's sign-in was not written down", p.people.NoteSignIns)
		}
	}
}
