package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"time"

	"golau/internal/robot"
)

// attempts measures what a whole check of ten questions costs the program: the
// start, ten answers, the review, the submission and the result; and apart from
// that, the ten pages that show the questions. Six people sit at a time, for a
// program that is woken for each request alone spends most on waking.
func (b *bench) attempts(ctx context.Context) error {
	var acts, pages time.Duration
	n := 0
	for range 3 { // a person may sit twice before they must wait: so anew
		s, err := b.serve(ctx)
		if err != nil {
			return err
		}
		_, _, err = sit(ctx, s, 50, "tom", "aisha") // have sat once before; they warm the program up
		for i := 0; i < 2 && err == nil; i++ {
			var acting, showing time.Duration
			acting, showing, err = sit(ctx, s, 1, "rhian", "sian", "dafydd", "megan", "owen", "alex")
			acts, pages, n = acts+acting, pages+showing, n+6
		}
		if err := errors.Join(err, s.stop()); err != nil {
			return err
		}
	}
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(n) }
	b.add(row{what: "a check of ten: start, answers, review, submit, result", figure: fmt.Sprintf("%.2f ms CPU in all", each(acts)),
		cpu: fmt.Sprintf("%.3f ms a request", each(acts)/14), aim: "≤ 1.5 ms", met: each(acts) <= 1.5})
	if err := b.verbs(ctx); err != nil {
		return err
	}
	b.add(row{what: "the ten pages of its questions", figure: fmt.Sprintf("%.2f ms CPU in all", each(pages)), cpu: fmt.Sprintf("%.3f ms a page", each(pages)/10)})
	return nil
}

// verbs measures the same check below the doors: what the school does for it,
// for 64 people at once, without pages, sessions and network.
func (b *bench) verbs(ctx context.Context) error {
	run := exec.CommandContext(ctx, "go", "test", "golau/course", "-run", "^$", "-bench", "^BenchmarkAttempt$", "-benchtime", "2x", "-count", "5")
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		return fmt.Errorf("go test: %w", err)
	}
	var costs []float64
	for _, m := range perAttempt.FindAllSubmatch(out, -1) {
		cost, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			return err
		}
		costs = append(costs, cost)
	}
	if len(costs) == 0 {
		return fmt.Errorf("go test measured nothing: %s", out)
	}
	b.add(row{what: "the same without pages and network, 64 people at once", figure: fmt.Sprintf("%.2f ms CPU in all", median(costs)),
		aim: "≤ 1.5 ms", met: median(costs) <= 1.5})
	return nil
}

var perAttempt = regexp.MustCompile(`([0-9.]+) cpu-ms/attempt`)

// sitter is somebody who takes a check.
type sitter struct {
	*robot.Visitor
	attempt   string
	questions []robot.Question
}

// sit lets people take a check from start to result, all at once and step by
// step together, and returns the CPU that their acts cost and the CPU that
// showing them the questions so many times cost.
func sit(ctx context.Context, s *server, times int, who ...string) (acts, pages time.Duration, err error) {
	sitters := make([]*sitter, len(who))
	for i, key := range who {
		v, err := signIn(ctx, s, key)
		if err == nil {
			_, err = v.ReadModule(ctx, courseSlug, moduleSlug)
		}
		if err != nil {
			return 0, 0, err
		}
		sitters[i] = &sitter{Visitor: v}
	}
	start, err := s.cost(ctx, sitters, func(x *sitter) (err error) {
		x.attempt, err = x.Start(ctx, "/en/learn/"+courseSlug+"/"+moduleSlug+"/check")
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	show, err := s.cost(ctx, sitters, func(x *sitter) error {
		for i := range 10 * times {
			q, err := x.Question(ctx, x.attempt, i%10+1)
			if err != nil {
				return err
			}
			if i < 10 {
				x.questions = append(x.questions, q)
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	rest, err := s.cost(ctx, sitters, func(x *sitter) error { return x.finish(ctx) })
	return start + rest, show, err
}

func (x *sitter) finish(ctx context.Context) error {
	for _, q := range x.questions {
		if _, err := x.Next(ctx, q, q.Choose(0)); err != nil {
			return err
		}
	}
	if err := view(ctx, x.Visitor, x.attempt+"/review"); err != nil {
		return err
	}
	result, err := x.Submit(ctx, x.attempt)
	if err != nil {
		return err
	}
	return view(ctx, x.Visitor, result)
}

// cost lets all do something at once, and returns the CPU that it took.
func (s *server) cost(ctx context.Context, sitters []*sitter, do func(*sitter) error) (time.Duration, error) {
	before, errs := s.cpu(), make([]error, len(sitters))
	var doing sync.WaitGroup
	for i, x := range sitters {
		doing.Go(func() { errs[i] = do(x) })
	}
	doing.Wait()
	wait(ctx, 10*time.Millisecond) // until what the requests left behind has ended too
	return s.cpu() - before, errors.Join(errs...)
}

func view(ctx context.Context, v *robot.Visitor, path string) error {
	p, err := v.Get(ctx, path)
	if err == nil && p.Status != http.StatusOK {
		err = fmt.Errorf("%s answers %d", path, p.Status)
	}
	return err
}
