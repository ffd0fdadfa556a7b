package main

import (
	"bufio"
	"context"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golau/cmd/golau/internal/seed"
	"golau/internal/testneeds"
)

// T1-04: once the disk does not keep what is written, the built program answers
// 503 and ends with 1 and the sentence; started again, it has everything that it
// said was saved. strace makes every flush of the running program fail.
func TestAnUnkeptFlushEndsTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program and breaks its disk")
	}
	strace := testneeds.Tool(t, "strace", "strace")
	d := &drill{t: t, data: t.TempDir(), sitters: []*sitter{newSitter(seed.Cast[0].Key, rand.New(rand.NewPCG(1, 2)))}}
	s := d.sitters[0]
	p, err := startDemo(t, d.data)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	unkept := &nots{}
	begun := &countdown{next: unkept, over: make(chan struct{})}
	begun.left.Store(60) // by then some answers are saved
	fault := make(chan error, 1)
	go func() { fault <- s.sit(ctx, p.base, begun); begun.end() }()
	<-begun.over
	breakFlushes(t, strace, p.cmd.Process.Pid)
	if err := <-fault; err != nil && unkept.n.Load() == 0 {
		t.Fatalf("%v\n%s", err, tail(p.errors.String()))
	}
	s.cut++ // what was refused may be there, or not
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Fatal("the program goes on with a disk that keeps nothing")
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(p.errors.String(), "stopped, because the disk did not keep what was written") {
		t.Errorf("ended with %d\n%s", code, tail(p.errors.String()))
	}
	if unkept.n.Load() == 0 || len(s.saved) == 0 {
		t.Errorf("%d answers were saved before, %d replies were 503", len(s.saved), unkept.n.Load())
	}
	if err := d.inspect(d.copy()); err != nil {
		t.Error(err)
	}
	if p, err = startDemo(t, d.data); err != nil {
		t.Fatal(err)
	}
	p.kill()
	if err := d.inspect(d.copy()); err != nil {
		t.Error("after another start: ", err)
	}
}

// breakFlushes makes every flush of a running program fail from now on.
func breakFlushes(t *testing.T, strace string, pid int) {
	t.Helper()
	cmd := exec.Command(strace, "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO", "-p", strconv.Itoa(pid))
	said, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "attached") && !strings.Contains(lines.Text(), "attach:") {
			return
		}
		if strings.Contains(lines.Text(), "not permitted") {
			testneeds.Missing(t, "strace may not trace here: "+lines.Text())
		}
	}
	t.Fatal("strace ended before it began")
}

// nots counts the replies that say: not now.
type nots struct{ n atomic.Int64 }

// RoundTrip implements http.RoundTripper.
func (r *nots) RoundTrip(q *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(q)
	if err == nil && resp.StatusCode == http.StatusServiceUnavailable {
		r.n.Add(1)
	}
	return resp, err
}
