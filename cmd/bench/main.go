// Command bench measures the built program from outside, beside its floors and
// in the same run: a bare Echo that serves the same bytes ready-made, and SQLite
// without anything around it. A figure without its floor says more about the
// machine than about the program.
//
//	go run ./cmd/bench [--seconds N] [--markdown FILE]
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
	"path/filepath"
	"time"
)

func main() {
	seconds := flag.Float64("seconds", 2, "how long each measurement lasts; most are made several times")
	markdown := flag.String("markdown", "", "also write the table to this file")
	parent := flag.String("dir", "", "make the data folder in here; flushes are as slow as its disk (default: the system's folder for temporary files)")
	only := flag.String("only", "", "measure this part alone: "+partNames())
	profile := flag.String("binary", "", "measure this binary instead of building one")
	child := flag.String("floor", "", "be a floor: echo or sqlite (used by bench itself)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if *child != "" {
		err = beFloor(ctx, *child, flag.Args())
	} else {
		err = measure(ctx, settings{time.Duration(*seconds * float64(time.Second)), *markdown, *parent, *only, *profile})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type settings struct {
	each                           time.Duration
	markdown, parent, only, binary string
}

// part is one measurement. Parts run one after the other, each with a program of
// its own, so that none inherits another's state.
type part struct {
	name string
	run  func(context.Context, *bench) error
}

var parts = []part{
	{"start", (*bench).starts0}, {"page", pages}, {"answers", answers}, {"attempt", attempts}, {"storm", storm}, {"cold", cold},
}
