package main

import (
	"context"
	"time"
)

// imports carries out the lists of people that were begun, beside the letters and
// what is due by the clock, until ctx ends: first what a stop has left.
func (p *program) imports(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		if err := p.people.WorkImports(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("a list of people was not carried out, and will be tried again", "err", err)
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
