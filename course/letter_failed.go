package course

import (
	"context"
	"slices"

	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// askedAtOnce is after how many letters the outbox is asked at a time.
const askedAtOnce = 500

// undelivered are the letters (l) of which nobody is told any more, of those that a
// condition names: their job was given up, or is gone. The outbox is asked after these
// alone, however many others it gave up.
func undelivered(rx store.Rx, where string, args []any) (failed []string, err error) {
	var open []string
	err = rx.Raw("SELECT l.id FROM course_letters l JOIN roster r ON r.id = l.position_id WHERE l.outcome = '' AND "+where, args...).Scan(&open).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	for some := range slices.Chunk(open, askedAtOnce) {
		jobs, err := outbox.OutcomesOf(rx, Reminded, some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			if job, kept := jobs[id]; job.Failed || !kept { // what waits is kept
				failed = append(failed, id)
			}
		}
	}
	return failed, nil
}

// Unreached is how many of those whom a scope holds could not be sent what was put
// down for them, and were sent nothing since.
func (s *School) Unreached(ctx context.Context, scope people.OrganisationScope) (n int, err error) {
	rx := s.db.Read(ctx)
	within, args := scope.Within("r")
	failed, err := undelivered(rx, within+` AND r.left_at IS NULL AND l.organisation_id = ? AND l.board_id = ?
		AND NOT EXISTS (SELECT 1 FROM course_letters b WHERE b.position_id = l.position_id AND b.outcome = 'sent' AND b.said_at > l.put_at)`,
		append(slices.Clone(args), scope.Organisation(), scope.Board()))
	if err != nil {
		return 0, err
	}
	err = rx.Raw("SELECT count(DISTINCT position_id) FROM course_letters WHERE id IN (SELECT value FROM json_each(?))", listed(failed)).Scan(&n).Error
	return n, store.Explain(err)
}
