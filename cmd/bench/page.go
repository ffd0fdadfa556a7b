package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golau/internal/robot"
)

// The course and the module that are measured.
const (
	courseSlug = "child-trafficking"
	moduleSlug = "what-it-is"
)

// cast are the people whom the demonstration signs in without a password.
var cast = []string{"rhian", "tom", "aisha", "sian", "dafydd", "megan", "owen", "alex"}

// browsers keep a connection open for each of the cast.
var browsers = &http.Transport{MaxIdleConnsPerHost: len(cast)}

// signIn returns a browser of somebody of the cast.
func signIn(ctx context.Context, s *server, who string) (*robot.Visitor, error) {
	v := robot.New(s.base, browsers)
	return v, v.SignInAs(ctx, who)
}

// lesson returns the address of the first section that awaits a browser.
func lesson(ctx context.Context, v *robot.Visitor) (string, error) {
	p, err := v.Get(ctx, "/en/learn/"+courseSlug+"/"+moduleSlug)
	if err == nil && p.Location == "" {
		err = fmt.Errorf("the module leads nowhere (%d)", p.Status)
	}
	return p.Location, err
}

// readers is how many connections ask for pages at once.
const readers = 8

// pages measures a lesson for somebody who has signed in, against Echo serving
// the same bytes ready-made, in turns.
func (b *bench) pages(ctx context.Context) error {
	golau, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer golau.stop()
	v, err := signIn(ctx, golau, "rhian")
	if err != nil {
		return err
	}
	path, err := lesson(ctx, v)
	if err != nil {
		return err
	}
	p, err := v.Get(ctx, path)
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "page.html")
	if err := os.WriteFile(file, []byte(p.Body), 0o600); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	echo, err := start(ctx, self, "--floor", "echo", file)
	if err != nil {
		return err
	}
	defer echo.stop()
	cookie := "Cookie: " + v.Cookies()
	var ours, theirs, ratios, ourCPU, theirCPU []float64
	for range 5 {
		for _, x := range []struct {
			s          *server
			rate, cost *[]float64
		}{{echo, &theirs, &theirCPU}, {golau, &ours, &ourCPU}} {
			rate, cost, err := b.readAll(ctx, x.s, path, cookie)
			if err != nil {
				return err
			}
			*x.rate, *x.cost = append(*x.rate, rate), append(*x.cost, cost)
		}
		ratios = append(ratios, ours[len(ours)-1]/theirs[len(theirs)-1])
	}
	b.add(row{what: fmt.Sprintf("lesson for a learner (%d KB)", len(p.Body)>>10), figure: fmt.Sprintf("%.0f/s", median(ours)),
		floor: fmt.Sprintf("bare Echo %.0f/s, %.3f ms CPU", median(theirs), median(theirCPU)), ratio: fmt.Sprintf("%.2f", median(ratios)),
		cpu: fmt.Sprintf("%.3f ms", median(ourCPU)), aim: "≥ 0.2 and ≤ 0.15 ms", met: median(ratios) >= 0.2 && median(ourCPU) <= 0.15})
	return nil
}

// readAll keeps the readers busy with one page and returns pages a second and
// milliseconds of CPU a page.
func (b *bench) readAll(ctx context.Context, s *server, path, cookie string) (rate, cost float64, err error) {
	counts, errs := make([]int, readers), make([]error, readers)
	cpu, began := s.cpu(), time.Now()
	var reading sync.WaitGroup
	for i := range readers {
		reading.Go(func() {
			c, err := dial(s.base)
			if err != nil {
				errs[i] = err
				return
			}
			defer c.close()
			request := c.get(path, cookie)
			for time.Since(began) < b.each && ctx.Err() == nil {
				status, err := c.do(request)
				if err == nil && status != http.StatusOK {
					err = fmt.Errorf("%s answers %d", path, status)
				}
				if errs[i] = err; err != nil {
					return
				}
				counts[i]++
			}
		})
	}
	reading.Wait()
	n := 0
	for i := range readers {
		if errs[i] != nil {
			return 0, 0, errs[i]
		}
		n += counts[i]
	}
	return float64(n) / time.Since(began).Seconds(), float64((s.cpu() - cpu).Microseconds()) / 1000 / float64(n), nil
}
