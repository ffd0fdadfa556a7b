package main

import (
	"context"
	"time"
)

// imports carries out the lists of people that were begun, and those that other
// systems bring, beside the letters and what is due by the clock, until ctx ends:
// first what a stop has left.
func (p *program) imports(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		if err := p.people.WorkImports(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("a list of people was not carried out, and will be tried again", "err", err)
		}
		if err := p.feeds.look(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("the folder of lists could not be gone through", "err", err)
		}
		p.worker.Kick() // invitations may go
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-p.people.ImportsBegun():
		}
	}
}

// pause waits a while, or ends with ctx.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
