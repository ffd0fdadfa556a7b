// Command bench measures the built program from outside, beside its floors and
// in the same run: a bare Echo that serves the same bytes ready-made, and SQLite
// with nothing around it. A figure without its floor says more about the machine
// than about the program.
//
//	go run ./cmd/bench [--seconds N] [--only PART] [--markdown FILE] [--strict]
//
// It tells which aims were missed, and ends well all the same, since a busy
// machine misses them too; with --strict it then ends with 1.
//
// It listens on loopback only, keeps its data in a folder of its own, and ends
// what it started. It imports no room: it knows what a browser knows.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
)

func main() {
	var s settings
	seconds := flag.Float64("seconds", 2, "how long one measurement lasts; most are made several times")
	flag.StringVar(&s.markdown, "markdown", "", "also write the table to this `FILE`")
	flag.StringVar(&s.parent, "dir", "", "make the data folder in this `FOLDER`: its disk is the one that is flushed (default: the folder of temporary files)")
	flag.StringVar(&s.only, "only", "", "measure one part alone: "+strings.Join(partNames(), ", "))
	flag.StringVar(&s.binary, "binary", "", "measure this `FILE` instead of building one")
	flag.IntVar(&s.megabytes, "megabytes", 200, "how large the site of the part restore is")
	flag.StringVar(&s.data, "data", "", "measure restore on this data `FOLDER`, which people are added to, instead of making one up; or agency, import and board on one that an earlier run kept")
	flag.IntVar(&s.people, "people", 50000, "how many people the large agency of the parts agency, import and board has")
	flag.BoolVar(&s.strict, "strict", false, "end with 1 when an aim of what was measured is missed")
	floor := flag.String("floor", "", "be a floor, as bench starts itself: echo, sqlite")
	flag.Parse()
	s.each = time.Duration(*seconds * float64(time.Second))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := error(nil)
	if *floor != "" {
		err = beFloor(ctx, *floor, flag.Args())
	} else {
		err = measure(ctx, s)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type settings struct {
	each                           time.Duration
	markdown, parent, only, binary string
	data                           string
	megabytes, people              int
	strict                         bool
}

// part is one measurement, with a program of its own, so that none inherits the
// state of another.
type part struct {
	name string
	run  func(*bench, context.Context) error
}

var parts = []part{
	{"start", (*bench).starts},
	{"page", (*bench).pages},
	{"answers", (*bench).answers},
	{"slow", (*bench).slowAnswers},
	{"attempt", (*bench).attempts},
	{"storm", (*bench).storm},
	{"held", (*bench).held},
	{"cold", (*bench).cold},
	{"restore", (*bench).restore},
	{"agency", (*bench).agency},
	{"import", (*bench).imports},
	{"board", (*bench).board},
}

func partNames() (names []string) {
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

// measure runs the parts and shows what they found.
func measure(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp(s.parent, "golau-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{each: s.each, dir: dir, golau: s.binary, data: s.data, megabytes: s.megabytes, people: s.people}
	if err := b.prepare(ctx); err != nil {
		return err
	}
	for _, p := range parts {
		if s.only != "" && s.only != p.name {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring: %s\n", p.name)
		if err := p.run(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	fmt.Print(b.text())
	if s.markdown != "" {
		if err := os.WriteFile(s.markdown, []byte(b.markdown()), 0o644); err != nil {
			return err
		}
	}
	if missed := b.missed(); s.strict && len(missed) > 0 {
		return fmt.Errorf("missed: %s", strings.Join(missed, "; "))
	}
	return nil
}
