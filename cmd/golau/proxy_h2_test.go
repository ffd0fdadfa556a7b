package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/testneeds"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// tucked is what an attacker puts into the body or a header of HTTP/2, to become
// a request of its own where a proxy writes HTTP/1.1.
const tucked = "0\r\n\r\n" + smuggled

// h2Framings are ways to have a proxy that writes HTTP/1.1 for HTTP/2 disagree
// with the site behind it about where a request ends. Their heads come behind a
// plain POST's; one that begins with a colon takes the place of the plain one.
var h2Framings = []struct {
	name  string
	head  [][2]string
	body  string
	trail [][2]string
	plain bool // nothing is wrong with it but what it asks for: it may be answered
}{
	{"a length of nothing and a body", [][2]string{{"content-length", "0"}}, smuggled, nil, false},
	{"a length that is too short", [][2]string{{"content-length", "5"}}, tucked, nil, false},
	{"a length that is too long", [][2]string{{"content-length", "3000"}}, tucked, nil, false},
	{"two lengths", [][2]string{{"content-length", "0"}, {"content-length", strconv.Itoa(len(smuggled))}}, smuggled, nil, false},
	{"a length with a sign", [][2]string{{"content-length", "+" + strconv.Itoa(len(smuggled))}}, smuggled, nil, false},
	{"a length and a line end", [][2]string{{"content-length", "0\r\nx-odd: a"}}, smuggled, nil, false},
	{"chunks", [][2]string{{"transfer-encoding", "chunked"}}, tucked, nil, false},
	{"chunks and a length", [][2]string{{"transfer-encoding", "chunked"}, {"content-length", strconv.Itoa(len(tucked))}}, tucked, nil, false},
	{"chunks in large letters", [][2]string{{"Transfer-Encoding", "chunked"}}, tucked, nil, false},
	{"chunks behind a line end", [][2]string{{"x-odd", "a\r\nTransfer-Encoding: chunked"}}, tucked, nil, false},
	{"chunks behind half a line end", [][2]string{{"x-odd", "a\nTransfer-Encoding: chunked"}}, tucked, nil, false},
	{"chunks in a name", [][2]string{{"x-odd: a\r\ntransfer-encoding", "chunked"}}, tucked, nil, false},
	{"a name with a colon", [][2]string{{"transfer-encoding:", "chunked"}}, tucked, nil, false},
	{"a whole request in a value", [][2]string{{"x-odd", "a\r\n\r\n" + smuggled}}, "", nil, false},
	{"a zero in a value", [][2]string{{"x-odd", "a\x00\r\n\r\n" + smuggled}}, "", nil, false},
	{"a whole request in the path", [][2]string{{":path", "/en/sign-in HTTP/1.1\r\nHost: " + site + "\r\n\r\n" + smuggled + "\r\nx: "}}, "", nil, false},
	{"another request in the path", [][2]string{{":path", "/en/smuggled HTTP/1.1"}}, "", nil, false},
	{"a whole request in the method", [][2]string{{":method", "GET /en/smuggled HTTP/1.1\r\nHost: " + site + "\r\n\r\nGET"}}, "", nil, false},
	{"a line end in the host", [][2]string{{":authority", site + "\r\nTransfer-Encoding: chunked"}}, tucked, nil, false},
	{"two paths", [][2]string{{":path", "/en/sign-in"}, {":path", "/en/smuggled"}}, "", nil, false},
	{"an upgrade to another protocol", [][2]string{{"connection", "upgrade"}, {"upgrade", "h2c"}}, smuggled, nil, false},
	{"a length behind the body", nil, smuggled, [][2]string{{"content-length", "0"}}, true},
	{"chunks behind the body", nil, tucked, [][2]string{{"transfer-encoding", "chunked"}}, true},
	{"a request in the body, without a length", nil, tucked, nil, true},
}

// T2-10, attack A30, from HTTP/2: through nginx and Caddy with TLS as the examples
// of docs/running set it, and straight to Golau. What is malformed does not pass
// nginx; what reaches the site is one request for one stream, without chunks; and
// whoever comes next gets their own page.
func TestNothingIsSmuggledFromHTTP2(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a real proxy")
	}
	h := newHouse(t)
	var reached seen
	door := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.mu.Lock()
		what := r.Method + " " + r.URL.Path
		if r.ProtoMajor == 1 && (len(r.TransferEncoding) > 0 || r.ContentLength < 0 || r.Trailer != nil) {
			what += " in chunks"
		}
		if r.Header.Get("X-Of") != "" {
			what += " for a victim"
		}
		reached.paths = append(reached.paths, what)
		reached.mu.Unlock()
		h.handler.ServeHTTP(w, r)
	})
	behind := httptest.NewUnstartedServer(nil)
	behind.Config = web.NewServer(door)
	behind.Start()
	t.Cleanup(behind.Close)
	k := selfSigned(t)
	alone := httptest.NewUnstartedServer(nil)
	alone.Config, alone.EnableHTTP2 = web.NewServer(door), true
	alone.TLS = &tls.Config{Certificates: []tls.Certificate{k.pair}}
	alone.Config.ErrorLog = log.New(io.Discard, "", 0) // of what it refuses
	alone.StartTLS()
	t.Cleanup(alone.Close)
	for name, addr := range map[string]string{"golau itself": alone.Listener.Addr().String(), "nginx": k.throughNginx(t, behind.Listener.Addr().String()),
		"caddy": k.throughCaddy(t, behind.Listener.Addr().String())} {
		t.Run(name, func(t *testing.T) {
			if status, body := k.stream(t, addr, get2("/en"), "", nil); status != http.StatusOK || !strings.Contains(body, "<h1") {
				t.Fatalf("a plain request: %d", status)
			}
			for _, f := range h2Framings {
				reached.take()
				status, _ := k.stream(t, addr, post2(f.head), f.body, f.trail)
				got := reached.take()
				for _, what := range got {
					if len(got) > 1 || !strings.HasPrefix(what, "POST ") || what == "POST /en/smuggled" || strings.Contains(what, "victim") || strings.Contains(what, "chunks") {
						t.Errorf("%s: %q reached the site", f.name, got)
					}
				}
				// nginx reads a request whole before it passes anything on. Go's own
				// server, which Caddy is too, passes it on and then resets the stream,
				// which nobody else reads.
				if name == "nginx" && len(got) > 0 && (!f.plain || status == 0) {
					t.Errorf("%s: nginx let it through: %v, answered %d", f.name, got, status)
				}
				if !f.plain && status != 0 && status < 400 {
					t.Errorf("%s: answered %d", f.name, status)
				}
				for range 2 {
					if status, body := k.stream(t, addr, get2("/en"), "", nil); status != http.StatusOK || !strings.Contains(body, "<h1") {
						t.Errorf("%s: who came next got %d", f.name, status)
					}
				}
				t.Logf("%s: answered %d, reached the site: %v", f.name, status, got)
			}
		})
	}
}

func get2(path string) [][2]string {
	return [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", site}, {":path", path}}
}

// post2 is a plain POST with more, and other, heads.
func post2(more [][2]string) [][2]string {
	head := [][2]string{{":method", "POST"}, {":scheme", "https"}, {":authority", site}, {":path", "/en/sign-in"}}
	var rest [][2]string
	for _, m := range more {
		if !strings.HasPrefix(m[0], ":") {
			rest = append(rest, m)
			continue
		}
		for i := range head {
			if head[i][0] == m[0] {
				if head[i][1] == m[1] { // the first of two
					break
				}
				if len(more) > 1 {
					head = append(head, m)
				} else {
					head[i] = m
				}
				break
			}
		}
	}
	return append(append(head, [2]string{"content-type", formType}), rest...)
}

// known is a certificate that only the test trusts.
type known struct {
	pair      tls.Certificate
	roots     *x509.CertPool
	cert, key string // files
}

func selfSigned(t *testing.T) known {
	t.Helper()
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	fail(err)
	is := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: site}, DNSNames: []string{site}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, is, is, private.Public(), private)
	fail(err)
	pkcs, err := x509.MarshalPKCS8PrivateKey(private)
	fail(err)
	dir := t.TempDir()
	k := known{roots: x509.NewCertPool(), cert: filepath.Join(dir, "fullchain.pem"), key: filepath.Join(dir, "privkey.pem")}
	cert, key := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs})
	fail(os.WriteFile(k.cert, cert, 0o600))
	fail(os.WriteFile(k.key, key, 0o600))
	k.pair, err = tls.X509KeyPair(cert, key)
	fail(err)
	k.roots.AppendCertsFromPEM(cert)
	return k
}

// throughNginx starts nginx with the example as it is, TLS and HTTP/2 with it, but
// for names, ports and the place of the certificate.
func (k known) throughNginx(t *testing.T, upstream string) string {
	t.Helper()
	nginx := testneeds.Tool(t, "nginx", "nginx-light")
	given, err := os.ReadFile("../../docs/running/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	addr, live := freePort(t), "/etc/letsencrypt/live/golau.example.org/"
	for _, is := range []string{"listen 443 ssl http2;", live + "fullchain.pem", live + "privkey.pem"} {
		if !bytes.Contains(given, []byte(is)) {
			t.Fatalf("the example has no %q any more: what is tried here is not what operators are given", is)
		}
	}
	return startNginx(t, nginx, addr, strings.NewReplacer("127.0.0.1:8080", upstream, live+"fullchain.pem", k.cert, live+"privkey.pem", k.key,
		"golau.example.org", site, "listen 443 ssl http2;", "listen "+addr+" ssl http2;", "listen 80 default_server;", "listen "+freePort(t)+" default_server;",
		"listen [::]:443 ssl http2;", "", "listen [::]:80 default_server;", "").Replace(string(given)))
}

// throughCaddy is throughNginx for Caddy, which gets its certificate from a file
// instead of asking for one.
func (k known) throughCaddy(t *testing.T, upstream string) string {
	t.Helper()
	caddy := testneeds.Tool(t, "caddy", "caddy")
	given, err := os.ReadFile("../../docs/running/Caddyfile")
	if err != nil {
		t.Fatal(err)
	}
	addr, dir := freePort(t), t.TempDir()
	_, port, _ := net.SplitHostPort(addr)
	text := strings.NewReplacer("127.0.0.1:8080", upstream, "golau.example.org {", "https://"+site+":"+port+" {\n\tbind 127.0.0.1\n\ttls "+k.cert+" "+k.key,
		"\tservers {", "\tadmin off\n\tauto_https disable_redirects\n\tservers {").Replace(string(given))
	conf := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(caddy, "run", "--config", conf, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir)
	return running(t, addr, cmd)
}

// stream sends one request on a connection of its own, heads and body as they are,
// and returns the answer; 0 when the stream or the connection was closed instead.
func (k known) stream(t *testing.T, addr string, head [][2]string, body string, trail [][2]string) (status int, answer string) {
	t.Helper()
	c, err := tls.DialWithDialer(&net.Dialer{Timeout: patience}, "tcp", addr, &tls.Config{RootCAs: k.roots, ServerName: site, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got := c.ConnectionState().NegotiatedProtocol; got != "h2" {
		t.Fatalf("%s speaks %q", addr, got)
	}
	_ = c.SetDeadline(time.Now().Add(patience))
	var sent bytes.Buffer // at once, so that an early refusal cuts nothing off
	sent.WriteString(http2.ClientPreface)
	w := http2.NewFramer(&sent, nil)
	var packed bytes.Buffer
	pack := hpack.NewEncoder(&packed)
	block := func(fields [][2]string) []byte {
		packed.Reset()
		for _, f := range fields {
			_ = pack.WriteField(hpack.HeaderField{Name: f[0], Value: f[1]})
		}
		return bytes.Clone(packed.Bytes())
	}
	_ = w.WriteSettings()
	_ = w.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block(head), EndHeaders: true, EndStream: body == "" && trail == nil})
	if body != "" || trail != nil {
		_ = w.WriteData(1, trail == nil, []byte(body))
	}
	if trail != nil {
		_ = w.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block(trail), EndHeaders: true, EndStream: true})
	}
	_, _ = c.Write(sent.Bytes())
	r := http2.NewFramer(c, c)
	r.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	var b strings.Builder
	for {
		frame, err := r.ReadFrame()
		if err != nil {
			return status, b.String()
		}
		switch f := frame.(type) {
		case *http2.SettingsFrame:
			if !f.IsAck() {
				_ = r.WriteSettingsAck()
			}
		case *http2.MetaHeadersFrame:
			if n, err := strconv.Atoi(f.PseudoValue("status")); err == nil {
				status = n
			}
			if f.StreamEnded() {
				return status, b.String()
			}
		case *http2.DataFrame:
			b.Write(f.Data())
			if f.StreamEnded() {
				return status, b.String()
			}
		case *http2.RSTStreamFrame, *http2.GoAwayFrame:
			return status, b.String()
		}
	}
}
