package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"golau/certificates"
	"golau/course"
	"golau/internal/audit"
	"golau/internal/store"
	"golau/quiz"
)

// inspected is what a check of all evidence found to hold.
type inspected struct {
	lines                int64
	certificates         int
	attempts, enrolments standing
	digests              strings.Builder
}

// parts are what there is to check, each for itself, and it tells how far it is.
func (e *inspected) parts(ctx context.Context, s *streams, keys *certificates.Keys) []func(rx store.Rx) error {
	return []func(rx store.Rx) error{
		func(rx store.Rx) (err error) {
			e.lines, err = audit.VerifyAll(rx, progress(s.err, "the record"))
			return err
		},
		func(rx store.Rx) (err error) {
			e.certificates, err = certificates.CheckAll(ctx, rx, keys, progress(s.err, "certificates"))
			return err
		},
		func(rx store.Rx) (err error) {
			e.attempts.all, e.attempts.older, err = quiz.CheckAll(ctx, rx, progress(s.err, "attempts"))
			return err
		},
		func(rx store.Rx) (err error) {
			e.enrolments.all, e.enrolments.older, err = course.CheckAll(ctx, rx, progress(s.err, "enrolments"))
			return err
		},
		func(rx store.Rx) error { return sayLearned(&e.digests, rx) },
	}
}

func (e *inspected) say(out io.Writer) {
	fmt.Fprintf(out, "record: %d lines hold\ncertificates: %d hold\nattempts: %s\nenrolments: %s\n%s",
		e.lines, e.certificates, e.attempts, e.enrolments, e.digests.String())
}

// checkEvidence verifies what rx sees, and says how much that is.
func checkEvidence(ctx context.Context, s *streams, rx store.Rx, keys *certificates.Keys) error {
	var e inspected
	var faults error
	for _, part := range e.parts(ctx, s, keys) {
		faults = errors.Join(faults, part(rx))
	}
	if faults == nil {
		e.say(s.out)
	}
	return faults
}

// together does several things, as many at one time as there are processors for
// them, tells how many are done, and returns how each of them ended.
func together(progress func(done, of int), parts ...func() error) []error {
	errs, next := make([]error, len(parts)), make(chan int)
	var all sync.WaitGroup
	var mu sync.Mutex
	done := 0
	tell := func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; progress != nil {
			progress(done, len(parts))
		}
	}
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		all.Go(func() {
			for i := range next {
				errs[i] = parts[i]()
				tell()
			}
		})
	}
	for i := range parts {
		next <- i
	}
	close(next)
	all.Wait()
	return errs
}
