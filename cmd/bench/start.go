package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// starts measures how long the program takes until it is ready, and what it
// holds when nobody asks anything of it.
func (b *bench) starts(ctx context.Context) error {
	var took, whole, own, cost []float64
	for range 3 {
		s, err := b.serve(ctx)
		if err != nil {
			return err
		}
		took, cost = append(took, s.took.Seconds()*1000), append(cost, float64(s.cpu().Milliseconds()))
		wait(ctx, 3*time.Second)
		r, o := s.memory()
		whole, own = append(whole, r), append(own, o)
		if err := s.stop(); err != nil {
			return err
		}
	}
	b.add(row{what: "from the start to /readyz", figure: fmt.Sprintf("%.0f ms", median(took)), cpu: fmt.Sprintf("%.0f ms", median(cost)),
		aim: "≤ 2 s", met: median(took) <= 2000})
	b.add(row{what: "the same, when it first makes the demonstration", figure: fmt.Sprintf("%.0f ms", b.first.Seconds()*1000),
		aim: "≤ 2 s", met: b.first <= 2*time.Second})
	b.add(row{what: "memory at rest", figure: fmt.Sprintf("%.0f MB", median(whole)), floor: fmt.Sprintf("of it %.0f MB its own, the rest its file", median(own)),
		aim: "≤ 40 MB", met: median(whole) <= 40})
	return b.refuses(ctx)
}

// refuses measures how long the program takes to refuse a start that is unsafe:
// one that is seen in the settings, and one that only the database tells.
func (b *bench) refuses(ctx context.Context) error {
	spoilt, err := os.MkdirTemp(b.dir, "spoilt")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(spoilt, "golau.db"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		return err
	}
	for _, way := range []struct {
		what string
		args []string
	}{
		{"a refusal: reachable, with no address of its own", []string{"--addr", "0.0.0.0:0"}},
		{"a refusal: a damaged database", []string{"--addr", "127.0.0.1:0"}},
	} {
		var took []float64
		for range 5 {
			cmd := exec.CommandContext(ctx, b.golau, append([]string{"serve", "--data", spoilt}, way.args...)...)
			cmd.Env = []string{"PATH=" + "/usr/bin:/bin"}
			began := time.Now()
			err := cmd.Run()
			took = append(took, time.Since(began).Seconds()*1000)
			if end := (*exec.ExitError)(nil); !errors.As(err, &end) {
				return fmt.Errorf("%s: it is not refused (%v)", way.what, err)
			}
		}
		b.add(row{what: way.what, figure: fmt.Sprintf("%.0f ms", median(took)), aim: "< 1 s", met: median(took) < 1000})
	}
	return nil
}

var (
	linked = regexp.MustCompile(`(?:<link [^>]*rel="(?:stylesheet|icon|preload)"[^>]*|<script [^>]*|<img [^>]*)\b(?:href|src)="([^"]+)"`)
	inCSS  = regexp.MustCompile(`url\(["']?([^"')]+)["']?\)`)
)

// cold counts what a browser that was never here fetches for the Welsh front
// page: the page, and every file that it or its style sheet names.
func (b *bench) cold(ctx context.Context) error {
	s, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	c, err := dial(s.base)
	if err != nil {
		return err
	}
	defer c.close()
	plain, err := dial(s.base) // to read what is packed on the other
	if err != nil {
		return err
	}
	defer plain.close()
	fetched := map[string]bool{}
	queue := []string{"/cy"}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if fetched[at] {
			continue
		}
		fetched[at] = true
		if status, err := c.do(c.get(at, "Accept-Encoding: gzip, br", "Accept-Language: cy")); err != nil || status != http.StatusOK {
			return fmt.Errorf("%s answers %d: %w", at, status, err)
		}
		if _, err := plain.do(plain.get(at)); err != nil {
			return err
		}
		named := linked
		if strings.HasSuffix(at, ".css") {
			named = inCSS
		} else if at != "/cy" {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(string(plain.body), -1) {
			switch {
			case strings.HasPrefix(m[1], "data:"):
			case strings.HasPrefix(m[1], "/"):
				queue = append(queue, m[1])
			default:
				queue = append(queue, path.Join(path.Dir(at), m[1]))
			}
		}
	}
	kb := float64(c.received) / 1000
	b.add(row{what: "a cold Welsh page", figure: fmt.Sprintf("%d requests, %.1f KB", len(fetched), kb), aim: "≤ 8 and ≤ 90 KB",
		met: len(fetched) <= 8 && kb <= 90})
	return nil
}
