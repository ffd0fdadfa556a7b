package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golau/internal/robot"
)

// attempts measures what a whole check of ten questions costs the program: the
// start, ten answers, the review, the submission and the result; and apart from
// that, the ten pages that show the questions.
func (b *bench) attempts(ctx context.Context) error {
	var sat, shown time.Duration
	n := 0
	for range 3 { // a person may sit twice before they must wait: so anew
		s, err := b.serve(ctx)
		if err != nil {
			return err
		}
		for _, who := range []string{"tom", "aisha"} { // have sat once before; they warm the program up
			if _, _, err := sit(ctx, s, who); err != nil {
				return errors.Join(err, s.stop())
			}
		}
		for _, who := range []string{"rhian", "sian", "dafydd", "megan", "owen", "alex", "rhian", "sian", "dafydd", "megan", "owen", "alex"} {
			acts, pages, err := sit(ctx, s, who)
			if err != nil {
				return errors.Join(err, s.stop())
			}
			sat, shown, n = sat+acts, shown+pages, n+1
		}
		if err := s.stop(); err != nil {
			return err
		}
	}
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(n) }
	b.add(row{what: "a check of ten: start, answers, review, submit, result", figure: fmt.Sprintf("%.2f ms CPU in all", each(sat)),
		cpu: fmt.Sprintf("%.3f ms a request", each(sat)/14), aim: "≤ 1.5 ms", met: each(sat) <= 1.5})
	b.add(row{what: "the ten pages of its questions", figure: fmt.Sprintf("%.2f ms CPU in all", each(shown)), cpu: fmt.Sprintf("%.3f ms a page", each(shown)/10)})
	return nil
}

// sit takes a check from start to result, and returns the CPU that the acts cost
// and the CPU that showing the questions cost.
func sit(ctx context.Context, s *server, who string) (acts, pages time.Duration, err error) {
	v, err := signIn(ctx, s, who)
	if err != nil {
		return 0, 0, err
	}
	check, err := v.ReadModule(ctx, courseSlug, moduleSlug)
	if err != nil {
		return 0, 0, err
	}
	settle(ctx)
	begun := s.cpu()
	attempt, err := v.Start(ctx, check)
	if err != nil {
		return 0, 0, err
	}
	settle(ctx)
	started := s.cpu()
	questions := make([]robot.Question, 10)
	for i := range questions {
		if questions[i], err = v.Question(ctx, attempt, i+1); err != nil {
			return 0, 0, err
		}
	}
	settle(ctx)
	seen := s.cpu()
	for _, q := range questions {
		if _, err := v.Next(ctx, q, q.Choose(0)); err != nil {
			return 0, 0, err
		}
	}
	if err := view(ctx, v, attempt+"/review"); err != nil {
		return 0, 0, err
	}
	result, err := v.Submit(ctx, attempt)
	if err != nil {
		return 0, 0, err
	}
	if err := view(ctx, v, result); err != nil {
		return 0, 0, err
	}
	settle(ctx)
	return started - begun + s.cpu() - seen, seen - started, nil
}

// settle lets what a request left behind end, so that it is counted where it
// belongs.
func settle(ctx context.Context) { wait(ctx, 5*time.Millisecond) }

func view(ctx context.Context, v *robot.Visitor, path string) error {
	p, err := v.Get(ctx, path)
	if err == nil && p.Status != http.StatusOK {
		err = fmt.Errorf("%s answers %d", path, p.Status)
	}
	return err
}
