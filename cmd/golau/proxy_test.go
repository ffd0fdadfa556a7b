package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/testneeds"
)

// smuggled is what an attacker would have the site take for a request of its own.
const smuggled = "GET /en/smuggled HTTP/1.1\r\nHost: " + site + "\r\nX-Of: victim\r\n\r\n"

// framings are fourteen ways to disagree about where a request ends.
var framings = []struct{ name, head, body string }{
	{"a length and chunks", "Content-Length: 300\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled},
	{"chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "8b\r\n" + smuggled + "\r\n0\r\n\r\n"},
	{"a coding that is nearly chunked", "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled},
	{"a space before the colon", "Content-Length: 5\r\nTransfer-Encoding : chunked\r\n", "0\r\n\r\n" + smuggled},
	{"a tab before the coding", "Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n", "0\r\n\r\n" + smuggled},
	{"two codings", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n" + smuggled},
	{"two lengths", "Content-Length: 0\r\nContent-Length: 100\r\n", smuggled},
	{"a list of lengths", "Content-Length: 0, 100\r\n", smuggled},
	{"a length with a sign", "Content-Length: +0\r\n", smuggled},
	{"a chunk size that is none", "Transfer-Encoding: chunked\r\n", "0x0\r\n\r\n" + smuggled},
	{"chunks without a length", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled},
	{"a folded header", "Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + smuggled},
	{"a bare line end in a header", "X-Odd: a\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + smuggled},
	{"an upgrade to another protocol", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nContent-Length: 0\r\n", smuggled},
}

// seen is what reached the site.
type seen struct {
	mu    sync.Mutex
	paths []string
}

func (s *seen) take() (paths []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	paths, s.paths = s.paths, nil
	return paths
}

// T2-10, attack A30: nothing hides between two requests, through the real nginx
// and the real Caddy with the configurations of docs/running, and straight to Golau. What the site
// answers is what the visitor was answered, one for one, and whoever comes next
// gets their own page.
//
//	go test ./cmd/golau -run TestNothingIsSmuggled -v
func TestNothingIsSmuggled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a real proxy")
	}
	h := newHouse(t)
	var reached seen
	behind := httptest.NewUnstartedServer(nil)
	behind.Config = web.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.mu.Lock()
		reached.paths = append(reached.paths, r.Method+" "+r.URL.Path)
		reached.mu.Unlock()
		h.handler.ServeHTTP(w, r)
	}))
	behind.Start()
	t.Cleanup(behind.Close)
	for name, addr := range map[string]string{"golau itself": behind.Listener.Addr().String(), "nginx": throughNginx(t, behind.Listener.Addr().String()),
		"caddy": throughCaddy(t, behind.Listener.Addr().String())} {
		t.Run(name, func(t *testing.T) {
			if status := clean(t, addr); status != http.StatusOK {
				t.Fatalf("a plain request: %d", status)
			}
			for _, f := range framings {
				reached.take()
				answers := attack(t, addr, "POST /en/sign-in HTTP/1.1\r\nHost: "+site+"\r\nContent-Type: "+formType+"\r\n"+f.head+"\r\n"+f.body)
				got := reached.take()
				for _, path := range got {
					if strings.Contains(path, "smuggled") && len(answers) < 2 {
						t.Errorf("%s: the smuggled request was answered to nobody: %v, answers %v", f.name, got, answers)
					}
				}
				if len(got) > len(answers) {
					t.Errorf("%s: %v reached the site, the visitor was answered %v", f.name, got, answers)
				}
				if name != "golau itself" && (len(got) > 0 || len(answers) != 1 || answers[0] < 400) {
					t.Errorf("%s: %s let it through: %v, answers %v", f.name, name, got, answers)
				}
				for range 3 {
					if status := clean(t, addr); status != http.StatusOK {
						t.Errorf("%s: who came next got %d", f.name, status)
					}
				}
				t.Logf("%s: answered %v, reached the site: %v", f.name, answers, got)
			}
		})
	}
}

// Nowhere does the proxy write down who came and what for: not where it
// passes on, and not where it only leads to the address with TLS.
func TestTheProxyKeepsNoAddresses(t *testing.T) {
	given, err := os.ReadFile("../../docs/running/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	servers := strings.Split(string(given), "\nserver {")[1:]
	if len(servers) != 2 {
		t.Errorf("%d servers", len(servers))
	}
	for _, server := range servers {
		if n := strings.Count(server, "access_log"); n != 1 || !strings.Contains(server, "\n\taccess_log off;") {
			t.Errorf("a server keeps a log of its visitors:\n%s", server)
		}
	}
}

// attack sends bytes as they are and returns the status of every answer.
func attack(t *testing.T, addr, request string) (answers []int) {
	t.Helper()
	c, err := net.DialTimeout("tcp", addr, patience)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	_ = c.(*net.TCPConn).CloseWrite()
	_ = c.SetDeadline(time.Now().Add(patience))
	r := bufio.NewReader(c)
	for {
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			return answers
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		answers = append(answers, resp.StatusCode)
	}
}

// clean is a visitor who means no harm.
func clean(t *testing.T, addr string) int {
	t.Helper()
	status, body := wire(t, addr, "GET /en HTTP/1.1\r\nHost: "+site+"\r\nConnection: close\r\n\r\n")
	if status == http.StatusOK && !strings.Contains(body, "<h1") {
		return 0
	}
	return status
}

// throughNginx starts nginx with the configuration that operators are given, but
// for names, ports and TLS, and what else is to be replaced in it, and returns
// where it listens.
func throughNginx(t *testing.T, upstream string, other ...string) string {
	t.Helper()
	nginx := testneeds.Tool(t, "nginx", "nginx-light")
	given, err := os.ReadFile("../../docs/running/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	addr := freePort(t)
	text := strings.NewReplacer("127.0.0.1:8080", upstream, "golau.example.org", site, "listen 443 ssl http2;", "listen "+addr+";",
		"listen 80 default_server;", "listen "+freePort(t)+" default_server;",
		"listen [::]:443 ssl http2;", "", "listen [::]:80 default_server;", "").Replace(string(given))
	text = strings.NewReplacer(other...).Replace(text)
	var plain []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "ssl_") {
			plain = append(plain, line)
		}
	}
	return startNginx(t, nginx, addr, strings.Join(plain, ""))
}

// startNginx starts nginx with servers that listen at addr.
func startNginx(t *testing.T, nginx, addr, servers string) string {
	t.Helper()
	dir := t.TempDir()
	conf := filepath.Join(dir, "nginx.conf")
	whole := fmt.Sprintf("daemon off; master_process off; pid %[1]s/pid; error_log stderr;\nevents {}\nhttp {\n"+
		"client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;\n%[2]s}\n", dir, servers)
	if err := os.WriteFile(conf, []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	return running(t, addr, exec.Command(nginx, "-c", conf, "-p", dir))
}

// throughCaddy is throughNginx for Caddy.
func throughCaddy(t *testing.T, upstream string) string {
	t.Helper()
	caddy := testneeds.Tool(t, "caddy", "caddy")
	given, err := os.ReadFile("../../docs/running/Caddyfile")
	if err != nil {
		t.Fatal(err)
	}
	addr, dir := freePort(t), t.TempDir()
	_, port, _ := net.SplitHostPort(addr)
	text := strings.NewReplacer("127.0.0.1:8080", upstream, "golau.example.org {", "http://"+site+":"+port+" {\n\tbind 127.0.0.1",
		"\tservers {", "\tadmin off\n\tauto_https off\n\tservers {").Replace(string(given))
	conf := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(caddy, "run", "--config", conf, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir)
	return running(t, addr, cmd)
}

// running starts a proxy, waits until it listens, and ends it with the test.
func running(t *testing.T, addr string, cmd *exec.Cmd) string {
	t.Helper()
	said := &logBook{}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() })
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return addr
		}
	}
	t.Fatalf("%s does not listen: %s", cmd.Path, said)
	return ""
}

// freePort is a port that was free a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
