package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
)

// listen serves the house on this machine with the server that serve uses, and
// returns its address.
func (h *house) listen() string {
	h.t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.Config = web.NewServer(h.handler)
	s.Start()
	h.t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// wire sends bytes as they are and returns the first answer's status and body.
func wire(t *testing.T, addr, request string) (int, string) {
	t.Helper()
	c, err := net.DialTimeout("tcp", addr, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	go func() { _, _ = io.WriteString(c, request) }()
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%.80q: %v", request, err)
	}
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body)
}

// T1-22, attacks A14, A26, A30: requests that only raw bytes can make. A target
// with a host of its own (RFC 9112, 3.2.2) overrides Host, and is no way round
// the guard; two Hosts, huge headers and broken chunks are the client's fault.
func TestOddRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	addr := h.listen()
	post := "POST /en/sign-in HTTP/1.1\r\nHost: " + addr + "\r\nContent-Type: " + formType + "\r\nConnection: close\r\n"
	for name, c := range map[string]struct {
		request string
		status  int
	}{
		"plain":                         {"GET /en HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 200},
		"absolute form of ours":         {"GET http://" + addr + "/en HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 200},
		"absolute form of another":      {"GET http://evil.example/en HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 421},
		"absolute form, https":          {"GET https://evil.example/en/sign-in HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 421},
		"two hosts":                     {"GET /en HTTP/1.1\r\nHost: " + addr + "\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400},
		"no host":                       {"GET /en HTTP/1.1\r\nConnection: close\r\n\r\n", 400},
		"an old protocol without host":  {"GET /en HTTP/1.0\r\n\r\n", 421},
		"a header of 64 kB":             {"GET /en HTTP/1.1\r\nHost: " + addr + "\r\nX-Long: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", 431},
		"an address of 64 kB":           {"GET /en?" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\nHost: " + addr + "\r\n\r\n", 431},
		"10,000 headers":                {"GET /en HTTP/1.1\r\nHost: " + addr + "\r\n" + strings.Repeat("X-A: b\r\n", 10_000) + "\r\n", 431},
		"a gigabyte declared":           {post + "Content-Length: 1073741824\r\n\r\nemail=", 413},
		"chunks without end":            {post + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1000\r\n"+strings.Repeat("a", 4096)+"\r\n", 40), 413},
		"a broken chunk":                {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nemail=\r\n0\r\n\r\n", 400},
		"a chunk that is cut off":       {post + "Transfer-Encoding: chunked\r\n\r\n5\r\nemail=a@b.example\r\n0\r\n\r\n", 400},
		"another transfer encoding":     {post + "Transfer-Encoding: gzip\r\n\r\n", 501},
		"two lengths":                   {post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na", 400},
		"a method of its own":           {"STEAL /en HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 405},
		"a path that climbs":            {"GET /en/../static/../../etc/passwd HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a path that climbs in a file":  {"GET " + h.stylesheet() + "/../../../etc/passwd HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a NUL in the path":             {"GET /en/%00 HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a folder of the look":          {"GET /static/ HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a page, its name in escapes":   {"GET /en/%61ccount HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a page behind an escaped path": {"GET /en%2Faccount HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a page behind backslashes":     {"GET /en%5Caccount HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
		"a page behind two slashes":     {"GET //en/account HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", 404},
	} {
		status, body := wire(t, addr, c.request)
		if status != c.status {
			t.Errorf("%s: %d, want %d\n%.300s", name, status, c.status, body)
		}
		if strings.Contains(body, "evil.example") || strings.Contains(body, "root:") {
			t.Errorf("%s: the answer repeats what was sent, or tells a file:\n%s", name, body)
		}
	}
}

// Attack A28 on the wire: Go adds nothing that says what serves, HEAD has the
// length of GET and no body.
func TestHEADOnTheWire(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	addr := h.listen()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, path := range []string{"/", "/en", "/cy/privacy", "/healthz", "/nowhere", h.stylesheet()} {
		var lengths []string
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			req, _ := http.NewRequest(method, "http://"+addr+path, nil)
			res, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			lengths = append(lengths, fmt.Sprint(res.StatusCode, " ", res.Header.Get("Content-Type")))
			if method == http.MethodHead && len(body) > 0 || res.Header.Get("Server") != "" {
				t.Errorf("%s %s: %d bytes, %v", method, path, len(body), res.Header)
			}
		}
		if lengths[0] != lengths[1] {
			t.Errorf("%s: GET %s, HEAD %s", path, lengths[0], lengths[1])
		}
	}
}
