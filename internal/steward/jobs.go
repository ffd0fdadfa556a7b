package steward

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// Job is a job of the outbox without its content: what kind of thing, for whom,
// since when, and what went wrong.
type Job struct {
	ID        int64
	Kind      string
	Address   string // to whom a letter goes; "" when it is none, or nobody is left
	Created   store.Time
	Due, Over store.Time
	Tries     int
	Cause     Cause  // of the last failure, "" for none
	Letter    bool   // it may be put aside
	Said      string // what the other side said, without anything that opens a door
}

// jobsAtOnce is how many jobs a page shows.
const jobsAtOnce = 50

// Jobs returns a page of the jobs in a state, the newest first, from before the
// job with the number (0: the newest), and the number from which the next page
// goes on, 0 at the end. Only whoever runs the installation may look: the
// others are problem.Forbidden; a state that does not exist is problem.NotFound.
func (s *Steward) Jobs(ctx context.Context, v people.Viewer, state outbox.State, before int64) ([]Job, int64, error) {
	if err := mayLook(v); err != nil {
		return nil, 0, err
	}
	rx := s.DB.Read(ctx)
	es, err := outbox.List(rx, state, before, jobsAtOnce+1)
	if err != nil {
		return nil, 0, err
	}
	next := int64(0)
	if len(es) > jobsAtOnce {
		es = es[:jobsAtOnce]
		next = es[jobsAtOnce-1].ID
	}
	jobs := make([]Job, len(es))
	for i, e := range es {
		if jobs[i], err = jobOf(rx, e); err != nil {
			return nil, 0, err
		}
	}
	return jobs, next, nil
}

// jobOf is a job without its content.
func jobOf(rx store.Rx, e outbox.Entry) (Job, error) {
	to, err := addressee(rx, e.Job)
	return Job{ID: e.ID, Kind: e.Kind, Address: to, Created: e.Created, Due: e.Due, Over: e.Over, Tries: e.Tries,
		Cause: causeOf(e.Reason), Said: clean(e.Reason), Letter: !needed[e.Kind]}, err
}

// addressee finds to whom a letter goes from the ids in its job. Jobs hold
// nothing but ids, so what cannot be read names nobody; nor does a job that
// sends no letter, although it names a membership.
func addressee(rx store.Rx, j outbox.Job) (string, error) {
	if j.Kind == people.Confirmed {
		return "", nil
	}
	var to people.Addressee
	if j.Into(&to) != nil {
		return "", nil
	}
	return people.AddressOf(rx, to)
}

// opaque is anything long enough to be a number or a token that opens something.
var opaque = regexp.MustCompile(`[A-Za-z0-9_-]{20,}`)

// clean is what a failed try said, fit to be shown.
func clean(reason string) string {
	reason = opaque.ReplaceAllString(reason, "…")
	if r := []rune(reason); len(r) > 300 {
		reason = string(r[:300]) + "…"
	}
	return reason
}

// TryAgain lets a job be tried now, and records who asked. One that is not
// there is problem.NotFound, one that is done problem.Conflict; whoever does not
// run the installation is problem.Forbidden.
func (s *Steward) TryAgain(ctx context.Context, v people.Viewer, id int64) error {
	if err := mayLook(v); err != nil {
		return err
	}
	return s.DB.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		kind, err := outbox.Again(tx, id)
		if err != nil {
			return err
		}
		return audit.Record(tx, "outbox.tried_again", "job:"+strconv.FormatInt(id, 10), map[string]any{"kind": kind})
	})
}

// Tally counts the jobs. Refusals are those of Jobs.
func (s *Steward) Tally(ctx context.Context, v people.Viewer) (outbox.Tally, error) {
	if err := mayLook(v); err != nil {
		return outbox.Tally{}, err
	}
	return outbox.TallyOf(s.DB.Read(ctx))
}

// IsState says whether a word is a state of a job.
func IsState(word string) bool { return slices.Contains(outbox.States, outbox.State(word)) }
