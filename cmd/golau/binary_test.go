package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// binary builds the program as it is delivered, once for all tests that start it.
var binary = sync.OnceValues(func() (string, error) {
	path := filepath.Join(templates, "golau")
	cmd := exec.Command("go", "build", "-o", path, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// command is the built program with an environment of its own.
func command(t testing.TB, ctx context.Context, env []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir()}, env...)
	cmd.Dir = t.TempDir()
	return cmd
}

// process is the program, running.
type process struct {
	cmd    *exec.Cmd
	base   string        // where it is
	took   time.Duration // from its start until it was ready
	errors *bytes.Buffer // its log; to be read when it has ended
	ended  chan struct{}
}

// errEnded is a program that ended before it was ready.
var errEnded = errors.New("the program ended")

// startDemo starts the demonstration on a free port and waits until it is ready.
func startDemo(t testing.TB, data string) (*process, error) {
	t.Helper()
	return startServe(t, nil, "--demo", "--data", data)
}

// startServe starts the program on a free port and waits until it is ready.
func startServe(t testing.TB, env []string, args ...string) (*process, error) {
	t.Helper()
	return startAs(t, command(t, context.Background(), env, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...))
}

// startAs runs a command that serves and waits until it is ready.
func startAs(t testing.TB, cmd *exec.Cmd) (*process, error) {
	t.Helper()
	p := &process{cmd: cmd, errors: &bytes.Buffer{}, ended: make(chan struct{})}
	p.cmd.Stderr = p.errors
	said, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	t.Cleanup(p.kill)
	lines := bufio.NewScanner(said)
	for p.base == "" && lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "Golau is at "); ok {
			p.base = at
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, said)
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	if p.base == "" {
		<-p.ended
		return nil, fmt.Errorf("%w: %s", errEnded, p.errors)
	}
	for {
		resp, err := http.Get(p.base + "/readyz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				p.took = time.Since(began)
				return p, nil
			}
		}
		if time.Since(began) > time.Minute {
			return nil, fmt.Errorf("not ready after a minute: %v", err)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// kill ends the process as a power switch would, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}
