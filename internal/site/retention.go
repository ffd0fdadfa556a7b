package site

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Kept says for how long a kind of thing is kept.
type Kept struct {
	Kind  string
	Days  int  // 0: until somebody decides
	Least int  // fewer would break what the program promises
	Ends  bool // it always ends: 0 is no answer
}

// longestKept is a hundred years: more is for ever, and for ever is 0.
const longestKept = 36500

// schedule is how long each kind is kept unless an administrator says otherwise,
// in the order in which a run goes through them. Why, is told in
// docs/running.md. Nobody is erased by the program before somebody has said so.
var schedule = []Kept{
	{Kind: "details", Days: 730, Least: 30, Ends: true},
	{Kind: "sessions", Days: 30, Least: 1, Ends: true},
	{Kind: "codes", Days: 7, Least: 2, Ends: true},
	{Kind: "guesses", Days: 2, Least: 1, Ends: true},
	{Kind: "jobs", Days: 90, Least: 7, Ends: true},
	{Kind: "invitations", Days: 90, Least: 1, Ends: true},
	{Kind: "imports", Days: 8, Least: 8, Ends: true},
	{Kind: "reminders", Days: 365, Least: 30, Ends: true},
	{Kind: "exemptions", Days: 365, Least: 1, Ends: true},
	{Kind: people.Left, Least: 30},
	{Kind: people.Inactive, Least: 365},
}

// DefaultSchedule is how long each kind is kept as long as nobody says otherwise.
func DefaultSchedule() []Kept { return slices.Clone(schedule) }

// Schedule returns for how long each kind is kept, in the order of a run.
func Schedule(rx store.Rx) ([]Kept, error) {
	var rows []struct {
		Kind string
		Days int
	}
	if err := rx.Raw("SELECT kind, days FROM site_retention ORDER BY kind").Scan(&rows).Error; err != nil {
		return nil, store.Explain(err)
	}
	all := slices.Clone(schedule)
	for i := range all {
		for _, r := range rows {
			if r.Kind == all[i].Kind {
				all[i].Days = r.Days
			}
		}
	}
	return all, nil
}

// ChangeSchedule changes for how long things are kept; days are as they were
// typed, by kind, and a kind that is absent stays as it is. The same again
// changes nothing. What is no number of days that can be is problem.Invalid with
// the kinds as fields; whoever does not run the installation is
// problem.Forbidden.
func ChangeSchedule(ctx context.Context, db *store.DB, v people.Viewer, days map[string]string) error {
	if err := v.Require(people.SeeInstallation); err != nil {
		return err
	}
	all := problem.New(problem.Invalid, "people.invalid")
	all.Fields = map[string]string{}
	wanted := map[string]int{}
	for _, k := range schedule {
		typed, given := days[k.Kind]
		if !given {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(typed))
		if err != nil || n < 0 || n > longestKept || n < k.Least && (n != 0 || k.Ends) {
			all.Fields[k.Kind] = "site.retention.days"
		}
		wanted[k.Kind] = n
	}
	if len(all.Fields) > 0 {
		return all
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		now, err := Schedule(tx.Rx)
		if err != nil {
			return err
		}
		before, after := map[string]int{}, map[string]int{}
		for _, k := range now {
			n, given := wanted[k.Kind]
			if !given || n == k.Days {
				continue
			}
			before[k.Kind], after[k.Kind] = k.Days, n
			err := tx.Exec(`INSERT INTO site_retention (kind, days, changed_at) VALUES (?, ?, ?)
				ON CONFLICT (kind) DO UPDATE SET days = excluded.days, changed_at = excluded.changed_at`, k.Kind, n, tx.Now).Error
			if err != nil {
				return err
			}
		}
		if len(after) == 0 {
			return nil
		}
		return audit.Record(tx, "site.retention_changed", "site:retention", map[string]any{"before": before, "after": after})
	})
}
