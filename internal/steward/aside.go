package steward

import (
	"context"
	"strconv"
	"strings"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// needed are the jobs that send no letter: without them something is missing, so
// none of them is put aside.
var needed = map[string]bool{certificates.SignJob: true, people.Confirmed: true, Erased: true}

// GivenUp returns a job that was given up and may be put aside. One that was not,
// or is no letter, is problem.NotFound; whoever does not run the installation is
// problem.Forbidden.
func (s *Steward) GivenUp(ctx context.Context, v people.Viewer, id int64) (Job, error) {
	if err := mayLook(v); err != nil {
		return Job{}, err
	}
	rx := s.DB.Read(ctx)
	e, err := outbox.GivenUp(rx, id)
	if err == nil && needed[e.Kind] {
		err = problem.New(problem.NotFound, "web.not_found")
	}
	if err != nil {
		return Job{}, err
	}
	return jobOf(rx, e)
}

// PutAside leaves a letter unsent for a reason, which the record keeps, so that it
// calls for nobody any more. A reason that cannot be one is Invalid with the field
// "reason", and so is one that holds an address; other refusals are those of
// GivenUp.
func (s *Steward) PutAside(ctx context.Context, v people.Viewer, id int64, reason string) error {
	j, err := s.GivenUp(ctx, v, id)
	if err != nil {
		return err
	}
	if reason, err = people.CleanReason(reason); err != nil {
		return err
	}
	if strings.Contains(reason, "@") {
		return problem.InvalidField("reason", "steward.aside.names")
	}
	return s.DB.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		if err := outbox.PutAside(tx, id); err != nil {
			return err
		}
		return audit.Record(tx, "outbox.put_aside", "job:"+strconv.FormatInt(id, 10), map[string]any{"kind": j.Kind, "reason": reason})
	})
}
