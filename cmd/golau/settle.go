package main

import (
	"context"
	"time"
)

// settleEvery is how soon it is worked out what somebody must learn who has come,
// moved or left, and how soon after midnight in London a status turns.
const settleEvery = time.Second

// settle works out what is asked of people, and where they stand, whenever
// something changed, and reminds them once a day, until ctx ends.
func (p *program) settle(ctx context.Context) {
	tick := time.NewTicker(settleEvery)
	defer tick.Stop()
	p.settleBy(ctx, tick.C)
}

// settleBy is settle with whatever says that it is time to look.
func (p *program) settleBy(ctx context.Context, tick <-chan time.Time) {
	for {
		if err := p.school.Settle(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("where people stand was not worked out", "err", err)
		}
		if err := p.school.Remind(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("the letters of the day were not put down", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}
