package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"golau/internal/robot"
)

// sitters is how many people answer at once.
const sitters = 64

// slowFlush makes every flush of the disk take 2 ms longer.
var slowFlush = []string{"-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
	"-e", "inject=fsync,fdatasync:delay_exit=2000"}

// answers measures answers that are durable before they are acknowledged,
// against SQLite alone, in turns.
func (b *bench) answers(ctx context.Context) error {
	return b.answersUnder(ctx, "answers saved, 64 at once", "≥ 0.5", 0.5)
}

// slowAnswers is the same on a disk that takes its time.
func (b *bench) slowAnswers(ctx context.Context) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		b.add(row{what: "the same, every flush 2 ms slower", figure: "not measured: apt-get install -y strace"})
		return nil
	}
	return b.answersUnder(ctx, "the same, every flush 2 ms slower", "≥ 10", 10, append([]string{strace}, slowFlush...)...)
}

func (b *bench) answersUnder(ctx context.Context, what, aim string, least float64, wrap ...string) error {
	golau, err := b.serve(ctx, wrap...)
	if err != nil {
		return err
	}
	defer golau.stop()
	desks, err := sitDown(ctx, golau)
	if err != nil {
		return err
	}
	var ours, one, hundred, ratios, costs []float64
	for range 3 {
		raw, err := b.rawRate(ctx, 1, wrap...)
		if err != nil {
			return err
		}
		rate, cost, err := b.answerAll(ctx, golau, desks)
		if err != nil {
			return err
		}
		grouped, err := b.rawRate(ctx, 100, wrap...)
		if err != nil {
			return err
		}
		ours, one, hundred = append(ours, rate), append(one, raw), append(hundred, grouped)
		ratios, costs = append(ratios, rate/raw), append(costs, cost)
	}
	b.add(row{what: what, figure: fmt.Sprintf("%.0f/s", median(ours)),
		floor: fmt.Sprintf("SQLite %.0f/s one a commit, %.0f/s at 100", median(one), median(hundred)),
		ratio: fmt.Sprintf("%.2f", median(ratios)), cpu: fmt.Sprintf("%.3f ms", median(costs)), aim: aim, met: median(ratios) >= least})
	return nil
}

// desk is one question of somebody's check, with a connection of its own.
type desk struct {
	*client
	robot.Question
	cookie string
	turn   int
}

// sitDown lets the cast begin a check each, and puts one sitter at each question.
func sitDown(ctx context.Context, s *server) ([]*desk, error) {
	var desks []*desk
	for _, who := range cast {
		v, err := signIn(ctx, s, who)
		if err != nil {
			return nil, err
		}
		check, err := v.ReadModule(ctx, courseSlug, moduleSlug)
		if err != nil {
			return nil, err
		}
		attempt, err := v.Start(ctx, check)
		if err != nil {
			return nil, err
		}
		for n := 1; n <= sitters/len(cast); n++ {
			q, err := v.Question(ctx, attempt, n)
			if err != nil {
				return nil, err
			}
			c, err := dial(s.base)
			if err != nil {
				return nil, err
			}
			desks = append(desks, &desk{client: c, Question: q, cookie: "Cookie: " + v.Cookies()})
		}
	}
	return desks, nil
}

// answer changes the answer once more.
func (d *desk) answer() error {
	d.turn++
	form := d.Choose(d.turn)
	form.Set("version", strconv.Itoa(d.Version))
	status, err := d.do(d.post(d.Path, form, d.cookie, "Accept: application/json"))
	if err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(d.body, []byte(`"version":`))
	number, _, _ := bytes.Cut(rest, []byte("}"))
	version, err := strconv.Atoi(string(bytes.TrimSpace(number)))
	same := d.turn == 1 && version == d.Version // as an earlier run left it
	if status != http.StatusOK || err != nil || version != d.Version+1 && !same {
		return fmt.Errorf("%s answers %d: %s", d.Path, status, d.body)
	}
	d.Version = version
	return nil
}

// answerAll lets everyone answer for a while, and returns answers a second and
// milliseconds of CPU an answer.
func (b *bench) answerAll(ctx context.Context, s *server, desks []*desk) (rate, cost float64, err error) {
	counts, errs := make([]int, len(desks)), make([]error, len(desks))
	cpu, began := s.cpu(), time.Now()
	var sitting sync.WaitGroup
	for i, d := range desks {
		sitting.Go(func() {
			for time.Since(began) < b.each && ctx.Err() == nil {
				if errs[i] = d.answer(); errs[i] != nil {
					return
				}
				counts[i]++
			}
		})
	}
	sitting.Wait()
	n := 0
	for i := range desks {
		if errs[i] != nil {
			return 0, 0, errs[i]
		}
		n += counts[i]
	}
	return float64(n) / time.Since(began).Seconds(), float64((s.cpu() - cpu).Microseconds()) / 1000 / float64(n), nil
}
