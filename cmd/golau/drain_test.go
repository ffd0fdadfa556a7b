package main

import (
	"io"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
)

// Asked to stop, the program says so to whoever balances load, closes what is
// kept alive, answers what is under way, and only then ends.
func TestDrain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun, release := make(chan struct{}), make(chan struct{})
	server := web.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(begun)
			<-release
			_, _ = io.WriteString(w, "whole")
			return
		}
		h.handler.ServeHTTP(w, r)
	}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	base := "http://" + l.Addr().String()
	get := func(path string) (status int, closes bool) {
		t.Helper()
		resp, err := http.Get(base + path)
		if err != nil {
			t.Error(err)
			return 0, false
		}
		defer resp.Body.Close()
		_, _ = io.Copy(io.Discard, resp.Body)
		return resp.StatusCode, resp.Close
	}
	if status, closes := get("/readyz"); status != http.StatusOK || closes {
		t.Errorf("before: %d, %v", status, closes)
	}
	slow := make(chan string, 1)
	go func() {
		resp, err := http.Get(base + "/slow")
		if err != nil {
			slow <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		slow <- string(body)
	}()
	<-begun
	seen, drained := make(chan time.Time), make(chan error, 1)
	go func() { drained <- h.drain(server, seen) }()
	for !h.draining.Load() {
		runtime.Gosched()
	}
	if status, closes := get("/readyz"); status != http.StatusServiceUnavailable || !closes {
		t.Errorf("/readyz while draining: %d, closes %v", status, closes)
	}
	if status, closes := get("/en"); status != http.StatusOK || !closes {
		t.Errorf("a page while draining: %d, closes %v", status, closes)
	}
	if status, _ := get("/healthz"); status != http.StatusOK {
		t.Errorf("/healthz while draining: %d", status)
	}
	close(seen)
	if err := <-served; err != http.ErrServerClosed {
		t.Error(err)
	}
	select {
	case err := <-drained:
		t.Errorf("ended with a request under way: %v", err)
	default:
	}
	close(release)
	if body := <-slow; body != "whole" {
		t.Errorf("the request under way got %q", body)
	}
	if err := <-drained; err != nil {
		t.Error(err)
	}
	if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
		c.Close()
		t.Error("it still listens")
	}
}

// The service manager is told when the site serves and when it stops; where
// there is none, nothing happens.
func TestNotify(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", "")
	notify("READY=1")
	path := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Skip("no such sockets here:", err)
	}
	defer c.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	if code, _, errs := golau(t, "config"); code != exitDone {
		t.Fatal(errs)
	}
	if started := firstStart(t); started != exitDone {
		t.Fatalf("ended with %d", started)
	}
	for _, want := range []string{"READY=1", "STOPPING=1"} {
		b := make([]byte, 100)
		_ = c.SetReadDeadline(time.Now().Add(patience))
		n, err := c.Read(b)
		if err != nil || string(b[:n]) != want {
			t.Errorf("%q, %v; want %q", b[:n], err, want)
		}
	}
}
