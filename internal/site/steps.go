package site

import (
	"context"
	"slices"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Step is one of the five steps of setting the site up.
type Step struct {
	Name   string // you, boards, agency, contacts, letters
	Number int    // from 1
	State  State
}

// State says how far a step has come.
type State string

// The states of a step. What was skipped and is finished elsewhere later is
// done: the state is looked up, not remembered.
const (
	Open    State = "open"
	Skipped State = "skipped"
	Done    State = "done"
)

// StepNames are the steps, in order.
var StepNames = []string{"you", "boards", "agency", "contacts", "letters"}

// Steps returns the five steps as they stand.
func Steps(rx store.Rx) ([]Step, error) {
	now, err := people.StandingNow(rx)
	if err != nil {
		return nil, err
	}
	d, err := Read(rx)
	if err != nil {
		return nil, err
	}
	try, err := LastTry(rx)
	if err != nil {
		return nil, err
	}
	var skipped []string
	if err := rx.Raw("SELECT step FROM site_skipped").Scan(&skipped).Error; err != nil {
		return nil, store.Explain(err)
	}
	met := map[string]bool{
		"you":      true,
		"boards":   now.Boards > 0,
		"agency":   now.WithDomain > 0,
		"contacts": now.CouncilsUnknown == 0 && d.Owner.Reachable(),
		"letters":  try.Went() && now.Leads > 0,
	}
	steps := make([]Step, len(StepNames))
	for i, name := range StepNames {
		steps[i] = Step{name, i + 1, Open}
		if met[name] {
			steps[i].State = Done
		} else if slices.Contains(skipped, name) {
			steps[i].State = Skipped
		}
	}
	return steps, nil
}

// Leave goes on from a step: one that is not done is noted as skipped. Leaving
// it again changes nothing. No such step is NotFound; who does not administer
// is Forbidden.
func Leave(ctx context.Context, db *store.DB, v people.Viewer, step string) error {
	if err := v.Require(people.SeeInstallation); err != nil {
		return err
	}
	if !slices.Contains(StepNames, step) {
		return problem.New(problem.NotFound, "people.not_found")
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		steps, err := Steps(tx.Rx)
		if err != nil || steps[slices.Index(StepNames, step)].State != Open {
			return err
		}
		if err := tx.Exec("INSERT INTO site_skipped (step, at) VALUES (?, ?)", step, tx.Now).Error; err != nil {
			return err
		}
		return audit.Record(tx, "site.step_skipped", "site:setup", map[string]any{"step": step})
	})
}
