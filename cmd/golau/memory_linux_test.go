package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"golau/internal/testneeds"
)

// A26: what is too large costs the built program next to nothing: its memory, as
// the system counts it, grows by less than 64 MB while sixteen clients at once send
// bodies without end, long headers, very many values and nested text. What it
// answers to each is TestTooMuchIsRefused's. GOLAU_BODIES sets how many of each; a
// hundred are the named drill:
//
//	GOLAU_BODIES=100 go test ./cmd/golau -run TestOversizedBodiesTakeLittleMemory -v
func TestOversizedBodiesTakeLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program")
	}
	rounds := number(t, "GOLAU_BODIES", 1)
	p, err := startDemo(t, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(p.base)
	if err != nil {
		t.Fatal(err)
	}
	head := "Host: " + target.Host + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	kinds := map[string]func(w io.Writer){
		"a gigabyte, as it says": func(w io.Writer) {
			fmt.Fprintf(w, "POST /en/sign-in HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n", head, 1<<30)
			pour(w, strings.Repeat("a", 64<<10), 512)
		},
		"chunks without end": func(w io.Writer) {
			fmt.Fprintf(w, "POST /en/sign-in HTTP/1.1\r\n%sTransfer-Encoding: chunked\r\n\r\n", head)
			pour(w, "10000\r\n"+strings.Repeat("a", 64<<10)+"\r\n", 512)
		},
		"a header of two megabytes": func(w io.Writer) {
			fmt.Fprintf(w, "GET /en/sign-in HTTP/1.1\r\n%sX-Long: %s\r\n\r\n", head, strings.Repeat("a", 2<<20))
		},
		"a hundred thousand values": func(w io.Writer) {
			fmt.Fprintf(w, "GET /en/sign-in?%s HTTP/1.1\r\n%s\r\n", strings.Repeat("a=1&", 100_000), head)
		},
		"values in the body": func(w io.Writer) {
			body := strings.Repeat("a=1&", 16_000)
			fmt.Fprintf(w, "POST /en/sign-in HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s", head, len(body), body)
		},
		"nested without end": func(w io.Writer) {
			body := strings.Repeat("[", 64<<10)
			fmt.Fprintf(w, "POST /en/sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", target.Host, len(body), body)
		},
	}
	storm := func(times int) {
		var all sync.WaitGroup
		places := make(chan bool, 16)
		for _, send := range kinds {
			for range times {
				all.Go(func() {
					places <- true
					defer func() { <-places }()
					conn, err := net.Dial("tcp", target.Host)
					if err != nil {
						t.Error(err)
						return
					}
					defer conn.Close()
					go send(conn) // until it is told to stop, or cut off
					_, _ = conn.Read(make([]byte, 512))
				})
			}
		}
		all.Wait()
	}
	for range 50 { // what it keeps anyway
		if resp, err := http.Get(p.base + "/en/sign-in"); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}
	// From here on the system counts the most anew, without what the start took.
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.cmd.Process.Pid), []byte("5"), 0); err != nil {
		testneeds.Missing(t, "a system that counts the memory of a program anew: "+err.Error())
	}
	before := memory(t, p, "VmHWM")
	storm(rounds)
	after := memory(t, p, "VmHWM")
	t.Logf("%d of each kind: %d kB at most before, %d kB with them", rounds, before, after)
	if after-before > 64<<10 {
		t.Errorf("it grew by %d kB", after-before)
	}
	if resp, err := http.Get(p.base + "/readyz"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("it does not answer any more: %v", err)
	} else {
		resp.Body.Close()
	}
}

// pour writes a text so often, or until nobody takes it.
func pour(w io.Writer, text string, times int) {
	for range times {
		if _, err := io.WriteString(w, text); err != nil {
			return
		}
	}
}

// memory is what the system says of the memory of the program, in kB.
func memory(t *testing.T, p *process, what string) (kB int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, what+":"); ok {
			if _, err := fmt.Sscan(rest, &kB); err != nil {
				t.Fatal(err)
			}
		}
	}
	return kB
}
