package main

import (
	"context"
	"os"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/backups"
	"golau/internal/audit"
	"golau/internal/mail"
	"golau/internal/outbox"
	"golau/internal/people"
	sitewords "golau/internal/site"
	"golau/internal/steward"
	"golau/internal/store"
)

// From when on something needs looking at, and from when on it cannot wait.
const (
	lettersSlow = 30 * time.Minute // a letter that waits longer was refused at least once
	backupOld   = 50 * time.Hour   // two nights without one
	checkOld    = 3 * 24 * time.Hour
	keyOld      = 3 * 365 * 24 * time.Hour
	diskLow     = 5 << 30
	diskOut     = 1 << 30
	logLong     = 64 << 20 // of the database's log: somebody reads without an end
)

// health looks at everything that whoever runs the site should know of. Nothing
// in it tells of a person.
func (p *program) health(ctx context.Context) ([]steward.Check, error) {
	rx := p.db.Read(ctx)
	jobs, err := outbox.TallyOf(rx)
	if err != nil {
		return nil, err
	}
	standing, err := people.StandingNow(rx)
	if err != nil {
		return nil, err
	}
	record, err := audit.LastCheck(rx)
	if err != nil {
		return nil, err
	}
	held, err := p.steward.Held(ctx)
	if err != nil {
		return nil, err
	}
	key, err := certificates.KeySince(rx, p.keys)
	if err != nil {
		return nil, err
	}
	post, err := p.postCheck(rx)
	if err != nil {
		return nil, err
	}
	admins, err := people.Administrators(rx)
	if err != nil {
		return nil, err
	}
	over, err := sitewords.LocalOver(rx)
	if err != nil {
		return nil, err
	}
	review, err := p.school.ReviewOf(rx, p.school.Courses()[0].Slug)
	if err != nil {
		return nil, err
	}
	signIns, err := signInCheck(rx)
	if err != nil {
		return nil, err
	}
	reminders, err := p.remindersCheck(ctx)
	if err != nil {
		return nil, err
	}
	now := p.db.Now()
	older := func(t store.Time, than time.Duration) bool { return !t.IsZero() && now.Sub(t.Time) > than }
	due := len(p.school.Library().Due(now.Time))
	return append([]steward.Check{
		steward.Check{Name: "worker"}.As(steward.State{Name: "still", Holds: p.worker.Working() != nil, Bad: true}),
		reminders,
		post,
		signIns,
		steward.Check{Name: "letters", Count: jobs.Waiting, At: jobs.Oldest, Path: "/admin/outbox?state=waiting"}.As(
			steward.State{Name: "slow", Holds: older(jobs.Oldest, lettersSlow)}),
		steward.Check{Name: "failed", Count: jobs.Failed, Path: "/admin/outbox?state=failed"}.As(steward.State{Name: "some", Holds: jobs.Failed > 0}),
		steward.Check{Name: "record", Count: int(record.Lines), At: record.At, Path: "/admin/audit"}.As(
			steward.State{Name: "broken", Holds: record.Fault != "", Bad: true},
			steward.State{Name: "never", Holds: record.At.IsZero()}, steward.State{Name: "old", Holds: older(record.At, checkOld)}),
		steward.Check{Name: "retention", At: held.Since, Count: held.People, Path: "/admin/retention"}.As(
			steward.State{Name: "clock", Holds: held.Why == steward.HeldClock, Bad: true},
			steward.State{Name: "people", Holds: held.Why == steward.HeldPeople}),
		steward.Check{Name: "admins", Count: len(admins), Path: "/admin/roles?role=admin"}.As(steward.State{Name: "one", Holds: len(admins) < 2 && !p.demo}),
		steward.Check{Name: "key", At: key}.As(steward.State{Name: "old", Holds: older(key, keyOld)}),
		steward.Check{Name: "review", Count: review.Waiting, Path: "/admin/review"}.As(steward.State{Name: "waits", Holds: review.Waits}),
		steward.Check{Name: "facts", Count: due}.As(steward.State{Name: "due", Holds: due > 0}),
		steward.Check{Name: "local", Count: over, Path: "/admin/local"}.As(steward.State{Name: "due", Holds: over > 0}),
		steward.Check{Name: "councils", Count: standing.CouncilsOld + standing.CouncilsUnknown, Path: "/admin/councils"}.As(
			steward.State{Name: "old", Holds: standing.CouncilsOld+standing.CouncilsUnknown > 0}),
	}, p.machine(ctx, older)...), nil
}

// machine looks at the disk, the database's files, the backups and the versions.
func (p *program) machine(ctx context.Context, older func(store.Time, time.Duration) bool) []steward.Check {
	free, err := backups.Free(p.data)
	checks := []steward.Check{
		steward.Check{Name: "disk", Bytes: free}.As(steward.State{Name: "unknown", Holds: err != nil},
			steward.State{Name: "out", Holds: free < diskOut, Bad: true}, steward.State{Name: "low", Holds: free < diskLow}),
		steward.Check{Name: "database", Bytes: p.db.Bytes(ctx)}.As(),
		steward.Check{Name: "log", Bytes: size(p.db.Path() + "-wal")}.As(steward.State{Name: "long", Holds: size(p.db.Path()+"-wal") > logLong}),
		steward.Check{Name: "version", Text: version, Count: int(store.Newest())}.As(),
		steward.Check{Name: "sqlite", Text: p.db.Version(ctx)}.As(),
	}
	if p.demo { // it makes no backups
		return checks
	}
	return append(checks, backupCheck(p.nightly.State(), older))
}

// size is how long a file is; 0 for one that is not there.
func size(path string) uint64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return uint64(info.Size())
}

// noPost says whether no letter can leave at this moment, whoever it is for: there
// is no mail server, the background work stands still, or the server took nothing
// when it was asked last. What was the matter with one address or one letter, or
// may pass by itself, does not count, so that it tells of nobody. The
// demonstration's letters go nowhere on purpose.
func (p *program) noPost(ctx context.Context) bool {
	if p.demo {
		return false
	}
	if p.folder != "" || p.worker.Working() != nil {
		return true
	}
	newest, _, err := p.lastPosted(p.db.Read(ctx))
	if err != nil || newest.At.IsZero() {
		return false // then the page has worse to tell, or there is nothing to tell
	}
	switch mail.Fault(newest.Word) {
	case mail.Taken, mail.Later, mail.ToRefused, mail.LetterRefused:
		return false
	}
	return true
}
