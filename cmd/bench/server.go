package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a program that is measured: Golau or a floor.
type server struct {
	cmd  *exec.Cmd
	pid  int // of the program itself, also under strace
	base string
	took time.Duration // from its start until it was ready
}

// start starts a server that says where it is in the form "… is at http://…",
// and waits until it is ready.
func start(ctx context.Context, args ...string) (*server, error) {
	s := &server{cmd: exec.CommandContext(ctx, args[0], args[1:]...)}
	s.cmd.Env = []string{"PATH=" + "/usr/bin:/bin"} // and no setting of whoever measures
	var log bytes.Buffer
	s.cmd.Stderr = &tail{&log}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for s.base == "" && lines.Scan() {
		_, s.base, _ = strings.Cut(lines.Text(), " is at ")
	}
	if s.base == "" {
		_ = s.cmd.Wait()
		return nil, fmt.Errorf("%s did not start: %s", args[0], log.String())
	}
	go io.Copy(io.Discard, out)
	s.pid = innermost(s.cmd.Process.Pid)
	for {
		r, err := http.Get(s.base + "/readyz")
		if err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(began) > time.Minute || ctx.Err() != nil {
			_ = s.stop()
			return nil, fmt.Errorf("%s is not ready: %v", args[0], err)
		}
		wait(ctx, 2*time.Millisecond)
	}
	s.took = time.Since(began)
	return s, nil
}

// tail keeps the beginning of a log, enough to say why nothing started.
type tail struct{ *bytes.Buffer }

func (t *tail) Write(p []byte) (int, error) {
	if t.Len() < 4000 {
		t.Buffer.Write(p)
	}
	return len(p), nil
}

// innermost follows the only child of each process: strace runs the program as
// its child.
func innermost(pid int) int {
	for {
		raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		child, _, _ := strings.Cut(string(raw), " ")
		n, bad := strconv.Atoi(child)
		if err != nil || bad != nil {
			return pid
		}
		pid = n
	}
}

// stop asks the program to end, and waits until it has.
func (s *server) stop() error {
	_ = syscall.Kill(s.pid, syscall.SIGTERM)
	return s.cmd.Wait()
}

// cpu is the time all threads of the program have spent on a processor. A thread
// that has ended is not counted: those that hash passwords end, and where one is
// hashed nobody asks for this.
func (s *server) cpu() time.Duration {
	var sum time.Duration
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", s.pid))
	for _, file := range threads {
		raw, _ := os.ReadFile(file)
		first, _, _ := strings.Cut(string(raw), " ")
		ns, _ := strconv.ParseInt(first, 10, 64)
		sum += time.Duration(ns)
	}
	return sum
}

// memory is what the program holds: all of it, and the part that is not its file.
func (s *server) memory() (resident, own float64) {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		kb, _ := strconv.ParseFloat(f[1], 64)
		switch f[0] {
		case "VmRSS:":
			resident = kb / 1024
		case "RssAnon:":
			own = kb / 1024
		}
	}
	return resident, own
}

// reading is a server with a learner in a lesson, asked for often enough to be
// warm: the lesson's path, and the cookie that opens it. The caller stops the server.
func (b *bench) reading(ctx context.Context) (s *server, path, cookie string, err error) {
	if s, err = b.serve(ctx); err != nil {
		return nil, "", "", err
	}
	v, err := signIn(ctx, s, "rhian")
	if err == nil {
		path, err = lesson(ctx, v)
	}
	if err == nil {
		cookie = "Cookie: " + v.Cookies()
		_, err = b.calls(ctx, s, path, cookie)
	}
	if err != nil {
		s.stop()
		return nil, "", "", err
	}
	return s, path, cookie, nil
}
