package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
)

// crowd counts the connections of a server by what they are doing.
type crowd struct {
	mu    sync.Mutex
	state map[net.Conn]http.ConnState
	moved chan struct{}
}

func (c *crowd) note(conn net.Conn, s http.ConnState) {
	c.mu.Lock()
	if s == http.StateClosed || s == http.StateHijacked {
		delete(c.state, conn)
	} else {
		c.state[conn] = s
	}
	c.mu.Unlock()
	select {
	case c.moved <- struct{}{}:
	default:
	}
}

func (c *crowd) count() (begun, active, idle int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.state {
		switch s {
		case http.StateNew: // its headers are not all there
			begun++
		case http.StateActive:
			active++
		case http.StateIdle:
			idle++
		}
	}
	return begun, active, idle
}

// T1-09: clients that never finish their headers, clients that never finish
// their bodies, and many that are connected and silent, all held at once: every
// page that somebody asks for meanwhile is served, with its changes. Here no
// limit of time sends them away, which is harder than it is: web.NewServer ends
// them after seconds (TestTheServerDoesNotWaitForEver). Each may cost a few
// kilobytes, those of its other end included, which is in this program, too. How
// quick the pages are is the bench's to say (go run ./cmd/bench -only held).
//
// The drill is the whole of it, 500, 500 and 5,000; the ordinary tests take a
// tenth:
//
//	go test ./cmd/golau -run TestSlowClientsHoldUpNobody -v
func TestSlowClientsHoldUpNobody(t *testing.T) {
	slow, idle := 500, 5000
	if testing.Short() {
		slow, idle = 50, 500
	}
	h := livedIn(t)
	c := &crowd{state: map[net.Conn]http.ConnState{}, moved: make(chan struct{}, 1)}
	site := httptest.NewUnstartedServer(nil)
	site.Config = web.NewServer(h.handler)
	site.Config.ReadHeaderTimeout, site.Config.ReadTimeout, site.Config.WriteTimeout, site.Config.IdleTimeout = time.Hour, time.Hour, time.Hour, time.Hour
	site.Config.ConnState = c.note
	site.Start()
	addr := site.Listener.Addr().String()
	var open []net.Conn
	t.Cleanup(func() {
		for _, conn := range open {
			conn.Close()
		}
		site.Config.Close()
		site.Close()
	})
	hold := func(n int, says string) {
		t.Helper()
		for range n {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatalf("after %d connections: %v", len(open), err)
			}
			open = append(open, conn)
			if _, err := conn.Write([]byte(says)); err != nil {
				t.Fatal(err)
			}
		}
	}
	until := func(begun, active, silent int) {
		t.Helper()
		for patient := time.After(6 * patience); ; {
			b, a, i := c.count()
			if b >= begun && a >= active && i >= silent {
				return
			}
			select {
			case <-c.moved:
			case <-patient:
				t.Fatalf("%d begun, %d at work, %d silent, want %d, %d and %d", b, a, i, begun, active, silent)
			}
		}
	}
	before := kept()
	hold(idle, "GET /healthz HTTP/1.1\r\nHost: "+h.host()+"\r\n\r\n")
	until(0, 0, idle)
	hold(slow, "POST /en/sign-in HTTP/1.1\r\nHost: "+h.host()+"\r\nContent-Type: "+formType+"\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 4000\r\n\r\nemail=")
	hold(slow, "GET /en HTTP/1.1\r\nHost: "+h.host()+"\r\nX-Slow: ")
	until(slow, slow, idle)

	each := (kept() - before) / int64(len(open))
	if t.Logf("a slow client costs %d bytes", each); each > 32<<10 && !testing.Short() { // of a few, what else is made weighs too much
		t.Error("that is too much")
	}
	served := 0
	for n := range 20 {
		for _, l := range i18n.Langs {
			if clean(t, addr) == http.StatusOK {
				served++
			}
			h.as("nia").get("/" + string(l) + "/learn").want(http.StatusOK)
		}
		h.as("huw").post("/en/account/name", map[string][]string{"name": {fmt.Sprint("Huw the ", n, "th")}}).want(http.StatusSeeOther)
	}
	if served != 40 {
		t.Errorf("%d of 40 visitors got their page", served)
	}
	if b, a, i := c.count(); b < slow || a < slow || i < idle {
		t.Errorf("only %d had begun, %d were at work and %d silent meanwhile", b, a, i)
	}
	t.Logf("%d slow and %d silent, %d pages served meanwhile", 2*slow, idle, served)
}

// kept is how many bytes are in use once the garbage is collected.
func kept() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// host is how requests on the wire name the site.
func (h *house) host() string { return site }
