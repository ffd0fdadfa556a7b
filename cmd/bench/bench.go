package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// bench is one run.
type bench struct {
	each  time.Duration // of one measurement
	dir   string        // for everything
	golau string        // the built program
	demo  string        // a data folder in which the demonstration has been made
	first time.Duration // how long the start took that made it
	rows  []row

	data      string // of the parts restore, agency, import and board; "" to make some up
	megabytes int    // of what is made up for the first
	people    int    // for the others
}

// prepare builds the program and lets it make the demonstration once; each part
// gets a copy.
func (b *bench) prepare(ctx context.Context) error {
	if b.golau == "" {
		b.golau = filepath.Join(b.dir, "golau")
		build := exec.CommandContext(ctx, "go", "build", "-o", b.golau, "golau/cmd/golau")
		build.Env = append(build.Environ(), "CGO_ENABLED=0") // as docs/running.md says, and releases are
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("go build: %w", err)
		}
	}
	b.demo = filepath.Join(b.dir, "demo")
	s, err := b.serveIn(ctx, b.demo)
	if err != nil {
		return err
	}
	b.first = s.took
	return s.stop()
}

// serve starts the program on a fresh copy of the demonstration.
func (b *bench) serve(ctx context.Context, wrap ...string) (*server, error) {
	data, err := os.MkdirTemp(b.dir, "data")
	if err != nil {
		return nil, err
	}
	if err := copyFolder(data, b.demo); err != nil {
		return nil, err
	}
	return b.serveIn(ctx, data, wrap...)
}

func (b *bench) serveIn(ctx context.Context, data string, wrap ...string) (*server, error) {
	return start(ctx, append(wrap, b.golau, "serve", "--demo", "--data", data, "--addr", "127.0.0.1:0")...)
}

// copyFolder copies files that are nobody else's to read: keys are among them.
func copyFolder(to, from string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), content, 0o600)
	})
}

// median of figures taken in turns.
func median(figures []float64) float64 {
	s := slices.Sorted(slices.Values(figures))
	return s[len(s)/2]
}

// percentile p of durations, 0 < p < 1.
func percentile(all []time.Duration, p float64) time.Duration {
	s := slices.Sorted(slices.Values(all))
	return s[int(float64(len(s)-1)*p)]
}

// wait lets time pass, or ends with ctx.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
